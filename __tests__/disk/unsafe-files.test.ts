import { describe, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { cpSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commit, commitAll } from '../../lib/disk/commit';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import { contentOf, copyHome } from '../cli/home-copy';
import { runCli } from '../cli/memory-io';
import { noteFigure } from '../prove/figures';
import type { Fault } from './child';
import { runInChild } from './child-process';
import {
  configurationOf,
  makeFolder,
  makeHome,
  rejectionOf,
  replacements,
  textReplacements,
  treeOf,
} from './temporary-home';

// A busy machine takes its time; a run that hangs is still told from a slow one.
jest.setTimeout(60_000);

const original = { 'conf/a.xml': '<a/>', 'conf/b.xml': '<b/>' };
const wanted = { 'conf/a.xml': '<a new=""/>', 'conf/b.xml': '<b new=""/>' };

interface Kind {
  readonly title: string;
  /** Puts it in the place of a file that is there. */
  readonly put: (path: string) => unknown;
  readonly details: object;
  readonly says: RegExp;
}

const servers: Server[] = [];

const kinds: readonly Kind[] = [
  {
    title: 'a hard link',
    put: (path) => linkSync(path, `${path}.other`),
    details: { reason: 'hardLink', names: 2 },
    says: /: the file has 2 names \(hard links\), and the others would keep the old content; give this name a file of its own: /,
  },
  {
    title: 'a link that leaves the home',
    put: (path) => moveOut(path, makeFolder()),
    details: { reason: 'linkLeavesHome' },
    says: /: a link leads out of the home, to \/.*\/a\.xml; run on the home that /,
  },
  {
    title: 'a link through two others that leaves the home',
    put: (path) => {
      moveOut(path, makeFolder());
      renameSync(path, `${path}.second`);
      symlinkSync(`${path}.second`, path);
    },
    details: { reason: 'linkLeavesHome' },
    says: /: a link leads out of the home, to \//,
  },
  {
    title: 'a named pipe',
    put: (path) => instead(path, () => execFileSync('mkfifo', [path])),
    details: { reason: 'notAFile', found: 'a named pipe' },
    says: /: it is a named pipe, not a file; put a file in its place$/,
  },
  {
    title: 'a socket',
    put: (path) => instead(path, () => listenAt(path)),
    details: { reason: 'notAFile', found: 'a socket' },
    says: /: it is a socket, not a file; /,
  },
  {
    title: 'a folder',
    put: (path) => instead(path, () => mkdirSync(path)),
    details: { reason: 'notAFile', found: 'a folder' },
    says: /: it is a folder, not a file; /,
  },
];

describe('an apply refuses, before it writes anything,', () => {
  test.each(kinds)('$title', async ({ put, details, says }) => {
    const home = makeHome(original);
    const plan = replacements(home, wanted);
    await put(join(home, 'conf/a.xml'));
    const before = shapeOf(home);
    const error = await rejectionOf(commit(home, plan, {}));
    expect(error).toMatchObject({ code: 'FILE_UNSAFE', details: { path: 'conf/a.xml', ...details } });
    expect(error).toMatchObject({ message: expect.stringMatching(says) });
    expect(shapeOf(home)).toEqual(before);
    closeServers();
    noteFigure('paths', 'kinds of files and paths refused', 1);
  });

  test('a folder above the file that is a link out of the home', async () => {
    const home = makeHome(original);
    const plan = replacements(home, wanted);
    moveOut(join(home, 'conf'), makeFolder());
    const before = shapeOf(home);
    expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
      code: 'HOME_FILES_UNUSABLE',
      message: expect.stringMatching(
        /2 needed files are unusable; nothing was written:\n {2}conf\/a\.xml: a link.*\n {2}conf\/b\.xml: a link/,
      ),
    });
    expect(shapeOf(home)).toEqual(before);
    noteFigure('paths', 'kinds of files and paths refused', 1);
  });

  test.each([
    '../outside.xml',
    '/etc/hosts',
    'conf/../../x.xml',
    'conf/..',
    'conf\\a.xml',
    'conf/a.xml\0',
    './a.xml',
    'conf/',
  ])('the path %j', async (path) => {
    const home = makeHome(original);
    const before = treeOf(home);
    const plan = [...replacements(home, wanted), { path, baseDigest: '', bytes: Buffer.from('x') }];
    expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
      code: 'FILE_UNSAFE',
      details: { path, reason: 'pathLeavesHome' },
    });
    expect(treeOf(home)).toEqual(before);
    noteFigure('paths', 'kinds of files and paths refused', 1);
  });

  test('all files of all homes at once', async () => {
    const homes = [makeHome(original), makeHome(original)];
    const parts = homes.map((home) => ({ home, replacements: replacements(home, wanted), label: {} }));
    const [first = '', second = ''] = homes;
    linkSync(join(first, 'conf/a.xml'), join(first, 'other.xml'));
    instead(join(first, 'conf/b.xml'), () => mkdirSync(join(first, 'conf/b.xml')));
    moveOut(join(second, 'conf/b.xml'), makeFolder());
    const before = homes.map(shapeOf);
    const error = await rejectionOf(commitAll(parts));
    expect(error).toMatchObject({ code: 'HOMES_UNUSABLE' });
    for (const path of [
      `${first}/conf/a.xml: the file has`,
      `${first}/conf/b.xml: it is`,
      `${second}/conf/b.xml: a link`,
    ])
      expect(error).toMatchObject({ message: expect.stringContaining(path) });
    expect(homes.map(shapeOf)).toEqual(before);
  });
});

test.each(kinds)('an undo refuses $title, and brings nothing back', async ({ put }) => {
  const home = makeHome(original);
  await commit(home, replacements(home, wanted), {});
  await put(join(home, 'conf/a.xml'));
  const before = shapeOf(home);
  const error = await rejectionOf(undo(home));
  expect(['FILE_UNSAFE', 'UNDO_CONFLICT']).toContain((error as { readonly code: string }).code);
  expect(shapeOf(home)).toEqual(before);
  closeServers();
});

describe('a recovery', () => {
  /** The renames before it are those of the lock, of two journals and of the first target. */
  const beforeSecondTarget: Fault = { kind: 'kill', at: 5, calls: ['rename'] };

  test.each(kinds.slice(1))('writes through no $title, and never waits for one', async ({ put }) => {
    const home = makeHome(original);
    const run = { home, action: 'commit', replacements: textReplacements(home, wanted) } as const;
    await runInChild([{ ...run, fault: beforeSecondTarget }]);
    await put(join(home, 'conf/b.xml'));
    const before = shapeOf(home);
    expect(await rejectionOf(recover(home))).toMatchObject({ code: 'JOURNAL_DAMAGED' });
    expect(configurationShape(shapeOf(home))).toEqual(configurationShape(before));
    closeServers();
  });

  test.each([
    ['a path with ..', 'conf/../../outside.xml'],
    ['an absolute path', '/etc/hosts'],
    ['a backslash', 'conf\\b.xml'],
    ['a NUL', 'conf/b.xml\0'],
  ])('refuses a journal that was given %s', async (_title, path) => {
    const home = makeHome(original);
    const run = { home, action: 'commit', replacements: textReplacements(home, wanted) } as const;
    await runInChild([{ ...run, fault: beforeSecondTarget }]);
    const journal = join(home, '.carbon-patch/journal.json');
    writeFileSync(journal, readFileSync(journal, 'utf8').replaceAll('"conf/b.xml"', JSON.stringify(path)));
    const before = configurationOf(home);
    for (const work of [recover, undo]) {
      expect(await rejectionOf(work(home))).toMatchObject({ code: 'JOURNAL_DAMAGED' });
      expect(configurationOf(home)).toEqual(before);
    }
    noteFigure('paths', 'kinds of files and paths refused', 1);
  });

  test('of a journal whose path leads through a link out of the home leaves the file there alone', async () => {
    const home = makeHome(original);
    const run = { home, action: 'commit', replacements: textReplacements(home, wanted) } as const;
    await runInChild([{ ...run, fault: beforeSecondTarget }]);
    const outside = makeHome({ 'b.xml': '<b/>' });
    symlinkSync(outside, join(home, 'conf/link'));
    const journal = join(home, '.carbon-patch/journal.json');
    writeFileSync(journal, readFileSync(journal, 'utf8').replaceAll('conf/b.xml', 'conf/link/b.xml'));
    const before = treeOf(outside);
    expect(await rejectionOf(recover(home))).toMatchObject({ code: 'JOURNAL_DAMAGED' });
    expect(treeOf(outside)).toEqual(before);
    noteFigure('paths', 'kinds of files and paths refused', 1);
  });
});

describe('the program', () => {
  const worker = ['--role', 'worker'];
  const axis2 = 'repository/conf/axis2/axis2.xml';

  test.each(kinds.filter(({ title }) => title !== 'a hard link' && !title.includes('leaves')))(
    'reads no $title, in no command, and names it',
    async ({ put, details }) => {
      const home = copyHome();
      await put(join(home, axis2));
      const { found } = details as { readonly found: string };
      for (const command of [
        ['diff', ...worker],
        ['plan', ...worker],
        ['apply', ...worker, '--yes'],
        ['show'],
        ['check'],
      ]) {
        const ran = await runCli([...command, '--home', home]);
        expect(ran.code).toBeGreaterThan(0);
        expect(ran.stdout + ran.stderr).toContain(`it is ${found}, not a regular file`);
      }
      closeServers();
      noteFigure('paths', 'commands that name what is no file', 5);
    },
  );

  test.each(kinds.slice(0, 3))(
    'says in a diff and a dry run already that it will not write $title',
    async ({ put, says }) => {
      const home = copyHome();
      await put(join(home, 'repository/conf/registry.xml'));
      const before = shapeOf(home);
      for (const command of [['diff'], ['apply', '--dry-run'], ['apply', '--yes']]) {
        const ran = await runCli([...command, ...worker, '--home', home]);
        expect(ran.code).toBe(2);
        expect(ran.stderr).toMatch(new RegExp(says.source, 'm'));
        expect(shapeOf(home)).toEqual(before);
      }
      expect((await runCli(['show', '--home', home])).code).toBe(0);
    },
  );

  test.each(['../carbon.xml', '/etc/hosts', 'repository\\conf', 'repository/conf/carbon.xml\0'])(
    'refuses a saved plan in which a path is %j, with its place',
    async (path) => {
      const home = copyHome();
      const file = join(makeFolder(), 'plan.json');
      await runCli(['plan', ...worker, '--home', home, '--host', '192.0.2.9', '--out', file]);
      const saved = JSON.parse(readFileSync(file, 'utf8')) as {
        readonly homes: readonly { readonly files: { path: string }[] }[];
      };
      for (const one of saved.homes[0]?.files.slice(1, 2) ?? []) one.path = path;
      writeFileSync(file, JSON.stringify(saved));
      const before = contentOf(home);
      const ran = await runCli(['apply', '--plan', file]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('plan.json: cannot be applied: homes[0].files[1].path "');
      expect(ran.stderr).toContain(' leads out of the home; nothing was written, plan again');
      expect(contentOf(home)).toEqual(before);
      noteFigure('paths', 'kinds of files and paths refused', 1);
    },
  );
});

function moveOut(path: string, folder: string): void {
  const place = join(folder, 'a.xml');
  cpSync(path, place, { recursive: true });
  rmSync(path, { recursive: true });
  symlinkSync(place, path);
}

function instead(path: string, put: () => unknown): unknown {
  rmSync(path);
  return put();
}

async function listenAt(path: string): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
}

function closeServers(): void {
  for (const server of servers.splice(0)) server.close();
}

/** Names, kinds, modes and times of everything below a folder; contents could not be read of a pipe. */
function shapeOf(folder: string): Readonly<Record<string, string>> {
  const format = '%P %y %m %T@ %n %s %l\\n';
  const lines = execFileSync('find', [folder, '-mindepth', '1', '!', '-type', 'd', '-printf', format])
    .toString()
    .split('\n');
  return Object.fromEntries(lines.map((line) => [line.split(' ')[0] ?? '', line]));
}

function configurationShape(shape: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(shape).filter(([path]) => !path.startsWith('.carbon-patch/')));
}
