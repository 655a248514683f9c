import { describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../lib/disk/commit';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import type { Run } from './child';
import { runInChild } from './child-process';
import { configurationOf, makeHome, rejectionOf, replacements, textReplacements, treeOf } from './temporary-home';

const original = { 'conf/a.xml': '<a/>', 'conf/b.xml': '<b/>', 'conf/c.xml': '<c/>' };
const wanted = { 'conf/a.xml': '<a new=""/>', 'conf/b.xml': '<b new=""/>', 'conf/c.xml': '<c new=""/>' };

/** Killed when one of three targets was replaced; the renames before are those of the lock, of two journals and of that target. */
async function killedHome(action: 'commit' | 'undo'): Promise<string> {
  const home = makeHome(original);
  if (action === 'undo') await commit(home, replacements(home, wanted), { role: 'worker' });
  const run: Run =
    action === 'undo' ? { home, action } : { home, action, replacements: textReplacements(home, wanted) };
  await runInChild([{ ...run, fault: { kind: 'kill', calls: ['rename'], at: 5 } }]);
  return home;
}

describe('recover', () => {
  test('makes nothing in a home that was never touched', async () => {
    const home = makeHome(original);
    expect(await recover(home)).toEqual({ outcome: 'nothing' });
    expect(await recover(join(home, 'missing'))).toEqual({ outcome: 'nothing' });
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });

  test('changes nothing after an apply that ended well', async () => {
    const home = makeHome(original);
    await commit(home, replacements(home, wanted), {});
    const before = treeOf(home);
    expect(await recover(home)).toEqual({ outcome: 'nothing' });
    expect(treeOf(home)).toEqual(before);
  });

  test('removes an empty state folder', async () => {
    const home = makeHome(original);
    mkdirSync(join(home, '.carbon-patch'));
    expect(await recover(home)).toEqual({ outcome: 'nothing' });
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });

  test('says what it completed', async () => {
    const home = await killedHome('commit');
    expect(await recover(home)).toMatchObject({
      outcome: 'completed',
      kind: 'apply',
      record: { number: 1, label: { role: 'worker' } },
      paths: Object.keys(wanted),
    });
    expect(configurationOf(home)).toEqual(treeOf(makeHome(wanted)));
  });
});

describe('a file that a person changed after the run was killed', () => {
  test.each(['conf/a.xml', 'conf/c.xml'])('(%s) is never overwritten, and is named', async (path) => {
    const home = await killedHome('commit');
    writeFileSync(join(home, path), 'by hand');
    const before = configurationOf(home);
    for (const action of [recover, undo, () => commit(home, replacements(home, wanted), {})]) {
      expect(await rejectionOf(action(home))).toMatchObject({
        code: 'JOURNAL_DAMAGED',
        details: { path: '.carbon-patch/journal.json', problem: `${path} changed while an apply was unfinished` },
      });
      expect(configurationOf(home)).toEqual(before);
    }
  });

  test('or removed is not made again, and is named', async () => {
    const home = await killedHome('commit');
    rmSync(join(home, 'conf/b.xml'));
    expect(await rejectionOf(recover(home))).toMatchObject({
      code: 'JOURNAL_DAMAGED',
      details: { problem: 'conf/b.xml changed while an apply was unfinished' },
    });
  });

  test.each([
    ['commit', 'rolledBack'],
    ['undo', 'completed'],
  ] as const)('stops a recovery (%s) until the originals are copied back by hand', async (action, outcome) => {
    const home = await killedHome(action);
    writeFileSync(join(home, 'conf/c.xml'), 'by hand');
    expect(await rejectionOf(recover(home))).toMatchObject({ code: 'JOURNAL_DAMAGED' });
    for (const path of Object.keys(original)) {
      writeFileSync(join(home, path), readFileSync(join(home, '.carbon-patch/originals/1', path)));
    }
    expect(await recover(home)).toMatchObject({ outcome });
    expect(treeOf(home)).toEqual(treeOf(makeHome(original)));
  });
});
