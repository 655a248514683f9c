import { describe, expect, jest, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesWithAccessLists } from '../../lib/disk/access-lists';
import { commit } from '../../lib/disk/commit';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import { noteFigure } from '../prove/figures';
import { runInChild } from './child-process';
import { makeFolder, makeHome, modeOf, replacements, textReplacements, treeOf } from './temporary-home';

// Several processes in each test: a busy machine takes its time.
jest.setTimeout(60_000);

/** A list of `system.posix_acl_access`, or `_default` for what a folder gives to new files: user 12345 may write. */
type ListName = 'access' | 'default';

const python = `
import os, struct, sys
action, path, name = sys.argv[1:4]
attribute = 'system.posix_acl_' + name
if action == 'set':
    user, mask = int(sys.argv[4]), int(sys.argv[5])
    entries = [(1, 6, -1), (2, user, 12345), (4, 4, -1), (16, mask, -1), (32, 0, -1)]
    packed = b''.join(struct.pack('<HHi', *entry) for entry in entries)
    os.setxattr(path, attribute, struct.pack('<I', 2) + packed)
try:
    print(os.getxattr(path, attribute).hex())
except OSError:
    print('none')
`;

/** The program itself, as what is found under its name may be a slow script that looks for it. */
const { stdout: pythonPath } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });

function runPython(...words: readonly string[]): string {
  return execFileSync(pythonPath.trim(), ['-I', '-S', '-c', python, ...words], { stdio: 'pipe' })
    .toString()
    .trim();
}

function setList(path: string, name: ListName, user: number, mask = 7): string {
  return runPython('set', path, name, String(user), String(mask));
}

function listOf(path: string): string {
  return runPython('get', path, 'access');
}

const hasLists = ((): boolean => {
  const path = join(makeFolder(), 'probe');
  writeFileSync(path, '');
  try {
    return setList(path, 'access', 6) !== 'none';
  } catch {
    return false;
  }
})();

const original = { 'conf/a.xml': '<a/>', 'conf/b.xml': '<b/>', 'conf/c.xml': '<c/>' };
const wanted = { 'conf/a.xml': '<a new=""/>', 'conf/b.xml': '<b new=""/>' };

// Without python3, or on a file system without lists, there is nothing to lose and nothing to show: the run says "skipped".
(hasLists ? describe : describe.skip)('the access control list of a file', () => {
  test('is kept by apply and undo, with the mode, and others get none', async () => {
    const home = makeHome(original);
    const list = setList(join(home, 'conf/a.xml'), 'access', 6);
    const mode = modeOf(join(home, 'conf/a.xml'));
    for (const work of [(): Promise<unknown> => commit(home, replacements(home, wanted), {}), () => undo(home)]) {
      await work();
      expect(listOf(join(home, 'conf/a.xml'))).toBe(list);
      expect(listOf(join(home, 'conf/b.xml'))).toBe('none');
      expect([modeOf(join(home, 'conf/a.xml')), modeOf(join(home, 'conf/b.xml'))]).toEqual([mode, '0644']);
    }
    noteFigure('attributes', 'lists kept', 2);
  });

  test('is kept by a run that is rolled back, and by one that is completed after it was killed', async () => {
    for (const [at, outcome] of [
      [4, 'rolledBack'],
      [5, 'completed'],
    ] as const) {
      const home = makeHome(original);
      const list = setList(join(home, 'conf/a.xml'), 'access', 4);
      const run = { home, action: 'commit', replacements: textReplacements(home, wanted) } as const;
      await runInChild([{ ...run, fault: { kind: 'kill', calls: ['rename'], at } }]);
      // So that the first one cannot be completed.
      if (outcome === 'rolledBack') removeStagedFiles(join(home, 'conf'));
      expect((await recover(home)).outcome).toBe(outcome);
      expect(listOf(join(home, 'conf/a.xml'))).toBe(list);
      noteFigure('attributes', 'lists kept', 1);
    }
  });

  test('is not taken over from the folder, which gives one to every new file', async () => {
    const home = makeHome(original);
    setList(join(home, 'conf'), 'default', 7);
    await commit(home, replacements(home, wanted), {});
    expect([listOf(join(home, 'conf/a.xml')), modeOf(join(home, 'conf/a.xml'))]).toEqual(['none', '0644']);
    noteFigure('attributes', 'lists kept', 1);
  });

  test('is its own also where the folder gives another one to every new file', async () => {
    const home = makeHome(original);
    const list = setList(join(home, 'conf/a.xml'), 'access', 4);
    setList(join(home, 'conf'), 'default', 7);
    await commit(home, replacements(home, wanted), {});
    expect(listOf(join(home, 'conf/a.xml'))).toBe(list);
    noteFigure('attributes', 'lists kept', 1);
  });

  test('that cannot be kept stops the run, and every file is as it was', async () => {
    const home = makeHome(original);
    const list = setList(join(home, 'conf/b.xml'), 'access', 6);
    const before = treeOf(home);
    const run = { home, action: 'commit', replacements: textReplacements(home, wanted) } as const;
    // A folder with `ls` only, as in an image without cp.
    const [outcome] = await runInChild([run], { commands: folderOf(['ls']) });
    expect(outcome?.error).toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringMatching(
        /^conf\/b\.xml: cannot be written: its access control list or SELinux context cannot be kept: .*cp.*; every file is as it was before$/,
      ),
    });
    expect(treeOf(home)).toEqual(before);
    expect(listOf(join(home, 'conf/b.xml'))).toBe(list);
    noteFigure('attributes', 'refused where not kept', 1);
  });
});

test('files without a list cost one look for all of them, also where one is gone or a name is odd', async () => {
  const home = makeHome({ 'conf/a.xml': '', 'conf/with space  and ü.xml': '' });
  const paths = ['conf/a.xml', 'conf/with space  and ü.xml', 'conf/gone.xml'].map((path) => join(home, path));
  expect(await filesWithAccessLists(paths)).toEqual(new Set());
  if (hasLists) {
    setList(paths[1] ?? '', 'access', 6);
    expect(await filesWithAccessLists(paths)).toEqual(new Set([paths[1]]));
  }
});

test('an image without ls is written all the same', async () => {
  const home = makeHome(original);
  const run = { home, action: 'commit', replacements: textReplacements(home, wanted) } as const;
  const [outcome] = await runInChild([run], { commands: folderOf([]) });
  expect(outcome?.error).toBeUndefined();
  expect(statSync(join(home, 'conf/a.xml')).size).toBe(wanted['conf/a.xml'].length);
});

function removeStagedFiles(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name));
}

/** A folder with these commands only. */
function folderOf(commands: readonly string[]): string {
  const folder = makeFolder();
  for (const name of commands) {
    const { stdout } = spawnSync('bash', ['--norc', '-c', `command -v ${name}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(folder, name));
  }
  return folder;
}
