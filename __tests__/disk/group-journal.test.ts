import { describe, expect, test } from '@jest/globals';
import { readJournal } from '../../lib/disk/journal';
import { isJournal } from '../../lib/disk/journal-format';
import { makeHome, rejectionOf } from './temporary-home';

const digest = 'ab'.repeat(32);
const file = { path: 'conf/a.xml', before: digest, after: digest };
const record = { number: 1, time: '2026-01-01T00:00:00.000Z', label: { role: 'worker' }, files: [file] };
const temporary = '.carbon-patch-0123456789abcdef.tmp';
const coordinator = { home: '/opt/esb', number: 3 };
const group = { id: '0123456789abcdef'.repeat(2), coordinator };
const homes = [coordinator, { home: '/opt/esb2', number: 1 }];

const journalWith = (groupOf: unknown, phase = 'committing', formatVersion = 2): unknown => ({
  formatVersion,
  applies: [record],
  transaction: { kind: 'apply', phase, record, files: [{ ...file, temporary, inPlace: false }], group: groupOf },
});

describe('a journal of a group', () => {
  test.each([
    ['of a participant', journalWith(group)],
    ['of a participant that is prepared', journalWith(group, 'prepared')],
    ['of the coordinator', journalWith({ ...group, homes })],
    ['of the coordinator that replaced all', journalWith({ ...group, homes }, 'replaced')],
    ['that is closed, with an apply of it', { formatVersion: 1, applies: [{ ...record, group: group.id }] }],
  ])('%s is read', (_, journal) => {
    expect(isJournal(JSON.parse(JSON.stringify(journal)))).toBe(true);
  });

  test.each([
    ['has the version of one without a group', journalWith(group, 'committing', 1)],
    ['has no group, but the version of one with', journalWith(undefined)],
    ['has a group that is nothing', journalWith(null)],
    ['has a list for a group', journalWith([])],
    ['has no id', journalWith({ coordinator })],
    ['has an id of another shape', journalWith({ ...group, id: '../x' })],
    ['has no coordinator', journalWith({ id: group.id })],
    ['has a coordinator with a relative path', journalWith({ ...group, coordinator: { ...coordinator, home: 'esb' } })],
    ['has a path with a detour', journalWith({ ...group, coordinator: { ...coordinator, home: '/opt/../esb' } })],
    ['has a path that ends in a slash', journalWith({ ...group, coordinator: { ...coordinator, home: '/opt/esb/' } })],
    ['has a path with a null', journalWith({ ...group, coordinator: { ...coordinator, home: '/opt\0' } })],
    ['has a coordinator without a number', journalWith({ ...group, coordinator: { home: '/opt/esb' } })],
    ['has homes that are no list', journalWith({ ...group, homes: {} })],
    ['has one home only', journalWith({ ...group, homes: [coordinator] })],
    ['has homes that begin with another', journalWith({ ...group, homes: homes.toReversed() })],
    ['has a coordinator with two numbers', journalWith({ ...group, homes: [{ ...coordinator, number: 4 }, homes[1]] })],
    ['has a home twice', journalWith({ ...group, homes: [...homes, homes[1]] })],
    ['has a home that is no home', journalWith({ ...group, homes: [...homes, '/opt/esb3'] })],
    ['is prepared, and decides', journalWith({ ...group, homes }, 'prepared')],
    ['replaced all, and does not decide', journalWith(group, 'replaced')],
    ['has an apply with a group of another shape', { formatVersion: 1, applies: [{ ...record, group: 'x' }] }],
  ])('that %s is refused', async (_, journal) => {
    const home = makeHome({ '.carbon-patch/journal.json': JSON.stringify(journal) });
    expect(await rejectionOf(readJournal(home))).toMatchObject({ code: 'JOURNAL_DAMAGED' });
  });

  test.each(['prepared', 'replaced'])('is needed for the phase %s', (phase) => {
    expect(isJournal(JSON.parse(JSON.stringify(journalWith(undefined, phase, 1))))).toBe(false);
    expect(isJournal(JSON.parse(JSON.stringify(journalWith(undefined, 'committing', 1))))).toBe(true);
  });

  test.each([
    [2, 'a field is missing or wrong'],
    [3, 'its format 3 is that of a newer carbon-patch'],
  ])('that is wrong, with the format %d, says why', async (formatVersion, problem) => {
    const text = JSON.stringify(journalWith({ ...group, id: 'x' }, 'committing', formatVersion));
    const home = makeHome({ '.carbon-patch/journal.json': text });
    expect(await rejectionOf(readJournal(home))).toMatchObject({ details: { problem } });
  });
});
