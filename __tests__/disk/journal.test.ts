import { describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../lib/disk/commit';
import { readApplies, readJournal, writeJournal } from '../../lib/disk/journal';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import { makeFolder, makeHome, rejectionOf, replacements, treeOf } from './temporary-home';

const digest = 'ab'.repeat(32);
const file = { path: 'conf/a.xml', before: digest, after: digest };
const record = { number: 1, time: '2026-01-01T00:00:00.000Z', label: { role: 'worker' }, files: [file] };
const temporary = '.carbon-patch-0123456789abcdef.tmp';
const transaction = { kind: 'apply', phase: 'committing', record, files: [{ ...file, temporary, inPlace: false }] };
const whole = { formatVersion: 1, applies: [record], transaction };
const wrong = 'a field is missing or wrong';

describe('readApplies', () => {
  test('is empty for a home that was never touched, and makes nothing there', async () => {
    const home = makeHome({ 'conf/a.xml': 'old' });
    expect(await readApplies(home)).toEqual([]);
    expect(treeOf(home)).toEqual({ 'conf/a.xml': '0644 old' });
  });

  test('tells what was applied, the last one last', async () => {
    const home = makeHome({ 'conf/a.xml': 'old', 'conf/b.xml': 'old' });
    await commit(home, replacements(home, { 'conf/a.xml': 'new' }), { role: 'manager', node: 'manager-1' });
    await commit(home, replacements(home, { 'conf/a.xml': 'newer', 'conf/b.xml': 'new' }), { role: 'worker' });
    const applies = await readApplies(home);
    expect(
      applies.map(({ number, label, files }) => ({ number, label, paths: files.map(({ path }) => path) })),
    ).toEqual([
      { number: 1, label: { role: 'manager', node: 'manager-1' }, paths: ['conf/a.xml'] },
      { number: 2, label: { role: 'worker' }, paths: ['conf/a.xml', 'conf/b.xml'] },
    ]);
    expect(Math.abs(Date.now() - Date.parse(applies[1]?.time ?? ''))).toBeLessThan(60_000);
  });
});

describe('a journal that cannot be used', () => {
  test.each([
    ['is cut short', JSON.stringify(whole).slice(0, -10), 'it is not JSON'],
    ['is empty', '', 'it is not JSON'],
    ['is of a newer version', JSON.stringify({ formatVersion: 2 }), 'its format 2 is that of a newer carbon-patch'],
    ['is a list', '[]', wrong],
    ['has no list of applies', JSON.stringify({ formatVersion: 1 }), wrong],
    ['has an unknown phase', variant({ phase: 'thinking' }), wrong],
    ['has an unknown kind', variant({ kind: 'redo' }), wrong],
    ['leads out of the home', variantOfFile({ path: '../../etc/passwd' }), wrong],
    ['has an absolute path', variantOfFile({ path: '/etc/passwd' }), wrong],
    ['has a staged file elsewhere', variantOfFile({ temporary: '../a.tmp' }), wrong],
    ['has a staged file that is not one of ours', variantOfFile({ temporary: 'b.xml' }), wrong],
    ['has no digest', variantOfFile({ before: 'abc' }), wrong],
    ['has no flag', variantOfFile({ inPlace: null }), wrong],
  ])('because it %s stops every action', async (_, text, problem) => {
    const home = makeHome({ 'conf/a.xml': 'old', '.carbon-patch/journal.json': text });
    const message = `.carbon-patch/journal.json: the journal cannot be used: ${problem}; where nothing else helps, the originals lie beside it to be copied back by hand`;
    const before = treeOf(home);
    const actions = [recover, undo, readApplies, () => commit(home, replacements(home, { 'conf/a.xml': 'new' }), {})];
    for (const action of actions) {
      expect(await rejectionOf(action(home))).toMatchObject({ code: 'JOURNAL_DAMAGED', message });
      expect(treeOf(home)).toEqual(before);
    }
  });

  test.each(['a file', 'a link'])('because %s has the name of the state folder stops every action', async (what) => {
    const home = makeHome({ 'conf/a.xml': 'old' });
    if (what === 'a file') writeFileSync(join(home, '.carbon-patch'), '');
    else symlinkSync(makeFolder(), join(home, '.carbon-patch'));
    const before = treeOf(home);
    for (const action of [recover, undo, () => commit(home, replacements(home, { 'conf/a.xml': 'new' }), {})]) {
      expect(await rejectionOf(action(home))).toMatchObject({
        code: 'JOURNAL_DAMAGED',
        details: { path: '.carbon-patch', problem: 'it is not a folder' },
      });
    }
    expect(treeOf(home)).toEqual(before);
  });
});

describe('writeJournal', () => {
  test('gives back what it was given', async () => {
    const home = makeHome({});
    mkdirSync(join(home, '.carbon-patch'));
    await writeJournal(home, { formatVersion: 1, applies: [record] });
    expect(await readJournal(home)).toEqual({ formatVersion: 1, applies: [record] });
    expect(readFileSync(join(home, '.carbon-patch/journal.json'), 'utf8').endsWith('}\n')).toBe(true);
  });

  test('refuses what it could not read again', async () => {
    const home = makeHome({ 'conf/a.xml': 'old' });
    const label = { port: 4000 } as unknown as Record<string, string>;
    expect(await rejectionOf(commit(home, replacements(home, { 'conf/a.xml': 'new' }), label))).toMatchObject({
      code: 'INTERNAL_MISMATCH',
    });
    expect(treeOf(home)).toEqual({ 'conf/a.xml': '0644 old' });
  });
});

function variant(change: object): string {
  return JSON.stringify({ ...whole, transaction: { ...transaction, ...change } });
}

function variantOfFile(change: object): string {
  return variant({ files: [{ ...transaction.files[0], ...change }] });
}
