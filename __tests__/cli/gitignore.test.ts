import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { copyHome } from './home-copy';
import { runCli } from './memory-io';

/** A home in `servers/esb` of a git work tree with these files. */
function homeInTree(files: Readonly<Record<string, string>>): { readonly home: string; readonly tree: string } {
  const copy = copyHome();
  const tree = dirname(copy);
  const home = join(tree, 'servers/esb');
  mkdirSync(join(tree, 'servers'));
  renameSync(copy, home);
  execFileSync('git', ['init', '--quiet', tree]);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(tree, path), text);
  return { home, tree };
}

/** Whether git itself ignores the folder of the originals. */
function gitIgnores(home: string, tree: string): boolean {
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
    cwd: tree,
    encoding: 'utf8',
  });
  expect(existsSync(join(home, '.carbon-patch/originals'))).toBe(true);
  return !status.includes('.carbon-patch');
}

async function applied(home: string): Promise<string> {
  const { code, stderr } = await runCli(['apply', '--role', 'worker', '--home', home, '--only', 'carbon.xml']);
  expect(code).toBe(0);
  return stderr;
}

// Processes of git, many of them: a busy machine takes its time.
jest.setTimeout(60_000);

test.each<[title: string, files: Readonly<Record<string, string>>, isIgnored: boolean]>([
  ['no ignore file', {}, false],
  ['the line that is advised', { '.gitignore': 'dist\n.carbon-patch/\n' }, true],
  ['the line without its slash, and CRLF', { '.gitignore': '.carbon-patch\r\n' }, true],
  ['the file of the repository', { '.git/info/exclude': '.carbon-patch/\n' }, true],
  ['an ignore file in the home', { 'servers/esb/.gitignore': '/.carbon-patch/\n' }, true],
  ['the whole path', { '.gitignore': '/servers/esb/.carbon-patch\n' }, true],
  ['stars', { '.gitignore': 'servers/*/.carbon-*/\n' }, true],
  ['two stars', { '.gitignore': '**/.carbon-patch\n' }, true],
  ['all servers', { '.gitignore': 'servers/\n' }, true],
  ['a comment', { '.gitignore': '# .carbon-patch/\n' }, false],
  ['another folder', { '.gitignore': '/.carbon-patch/\nxcarbon-patch\n' }, false],
  ['a line that is taken back', { '.gitignore': '.carbon-patch/\n!.carbon-patch/\n' }, false],
])('apply in a git work tree with %s', async (_title, files, isIgnored) => {
  const { home, tree } = homeInTree(files);
  const advice = `${home} lies in a git work tree, and its .carbon-patch holds the originals with their passwords: put the line .carbon-patch/ into ${join(tree, '.gitignore')}\n`;
  expect((await applied(home)).includes(advice)).toBe(!isIgnored);
  expect(gitIgnores(home, tree)).toBe(isIgnored);
  if (!isIgnored && files['.gitignore']?.includes('!') !== true) {
    writeFileSync(join(tree, '.gitignore'), '.carbon-patch/\n');
    expect(gitIgnores(home, tree)).toBe(true);
  }
});

test('says it once for all homes of a work tree, also over a link, and not where nothing is written', async () => {
  const { home, tree } = homeInTree({});
  const link = join(dirname(copyHome()), 'linked');
  symlinkSync(home, link);
  const { stderr } = await runCli(['apply', '--role', 'worker', '--home', link, '--only', 'carbon.xml']);
  expect(stderr.split('git work tree')).toHaveLength(2);
  expect(stderr).toContain(join(tree, '.gitignore'));
  expect(await applied(home)).not.toContain('git work tree');
});

test('says nothing outside of a git work tree', async () => {
  expect(await applied(copyHome())).not.toContain('git');
});

test.each([0o000, 0o022, 0o077])('the originals are for their owner only under umask %o', async (mask) => {
  const home = copyHome();
  const before = process.umask(mask);
  try {
    await applied(home);
  } finally {
    process.umask(before);
  }
  const state = join(home, '.carbon-patch');
  expect((statSync(state).mode & 0o777).toString(8)).toBe('700');
  const modes = readdirSync(state, { recursive: true, withFileTypes: true }).map((entry) => {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    return `${entry.isDirectory() ? 'folder' : 'file'} ${mode.toString(8)}`;
  });
  expect(modes.length).toBeGreaterThan(4);
  expect([...new Set(modes)].sort()).toEqual(['file 600', 'folder 700']);
});
