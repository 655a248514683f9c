import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isTemporaryName, overwriteFile, replaceFile, temporaryName } from '../../lib/disk/replace-file';
import { makeFolder, modeOf, rejectionOf } from './temporary-home';

const umask = process.umask();
afterEach(() => {
  process.umask(umask);
});

const modes = [0o400, 0o600, 0o640, 0o644, 0o664, 0o755, 0o2644, 0o2770, 0o4755, 0o6755];
const umasks = [0o000, 0o022, 0o077, 0o277];
const permissions = modes.flatMap((mode) =>
  umasks.map((mask) => ({ mode, mask, title: octal(mode), maskTitle: octal(mask) })),
);

describe('replaceFile', () => {
  test.each(permissions)('keeps mode $title under umask $maskTitle', async ({ mode, mask }) => {
    const path = join(makeFolder(), 'a.xml');
    writeFileSync(path, 'old');
    chmodSync(path, mode);
    process.umask(mask);
    await replaceFile(path, Buffer.from('new'));
    process.umask(umask);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(modeOf(path)).toBe(octal(mode));
  });

  test('keeps the owner and the group', async () => {
    const path = join(makeFolder(), 'a.xml');
    writeFileSync(path, 'old');
    // Only root can give files away; another user keeps its own here.
    if (process.getuid?.() === 0) chownSync(path, 12345, 23456);
    chmodSync(path, 0o6750);
    const { uid, gid } = statSync(path);
    await replaceFile(path, Buffer.from('new'));
    expect(statSync(path)).toMatchObject({ uid, gid });
    expect(modeOf(path)).toBe('6750');
  });

  test('makes a missing file for its owner only', async () => {
    const path = join(makeFolder(), 'a.xml');
    await replaceFile(path, Buffer.from('new'));
    expect(modeOf(path)).toBe('0600');
  });

  test.each(['true.xml', '../conf/true.xml', 'second.xml'])('follows a link to %s, which stays a link', async (to) => {
    const folder = join(makeFolder(), 'conf');
    mkdirSync(folder);
    writeFileSync(join(folder, 'true.xml'), 'old');
    symlinkSync('true.xml', join(folder, 'second.xml'));
    symlinkSync(to, join(folder, 'link.xml'));
    await replaceFile(join(folder, 'link.xml'), Buffer.from('new'));
    expect(readlinkSync(join(folder, 'link.xml'))).toBe(to);
    expect(lstatSync(join(folder, 'true.xml')).isFile()).toBe(true);
    expect(readFileSync(join(folder, 'true.xml'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['link.xml', 'second.xml', 'true.xml']);
  });

  test('breaks a hard link: the other name keeps the old content', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'a.xml'), 'old');
    linkSync(join(folder, 'a.xml'), join(folder, 'b.xml'));
    await replaceFile(join(folder, 'a.xml'), Buffer.from('new'));
    expect(readFileSync(join(folder, 'b.xml'), 'utf8')).toBe('old');
  });

  test.each([
    ['a folder', 'folder', 'it is a folder, not a regular file'],
    ['a device', 'device', 'it is a device, not a regular file'],
    ['a path through a file', 'file/a.xml', 'not a directory (ENOTDIR)'],
    ['a path through a missing folder', 'missing/a.xml', 'no such file or directory (ENOENT)'],
  ])('refuses %s and leaves nothing behind', async (_, name, problem) => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'file'), 'old');
    symlinkSync('/dev/null', join(folder, 'device'));
    const before = readdirSync(folder);
    expect(await rejectionOf(replaceFile(join(folder, name), Buffer.from('new'), 'conf/a.xml'))).toMatchObject({
      code: 'WRITE_FAILED',
      message: `conf/a.xml: cannot be written: ${problem}; every file is as it was before`,
    });
    expect(readdirSync(folder)).toEqual(before);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('writes any bytes', async () => {
    const path = join(makeFolder(), 'a.xml');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        await replaceFile(path, bytes);
        expect(readFileSync(path).equals(bytes)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

test('overwriteFile leaves exactly the new bytes in the same file, shorter or longer than before', async () => {
  const path = join(makeFolder(), 'a.xml');
  writeFileSync(path, 'the old content', { mode: 0o640 });
  const { ino } = statSync(path);
  for (const content of ['short', 'much longer than the old content was', '']) {
    await overwriteFile(path, Buffer.from(content));
    expect(readFileSync(path, 'utf8')).toBe(content);
  }
  expect(statSync(path).ino).toBe(ino);
});

test('temporary names are new each time, and known again', () => {
  const names = Array.from({ length: 100 }, temporaryName);
  expect(new Set(names).size).toBe(100);
  expect(names.every(isTemporaryName)).toBe(true);
  expect(['carbon.xml', '.carbon-patch', `${temporaryName()}.xml`, `../${temporaryName()}`].some(isTemporaryName)).toBe(
    false,
  );
});

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
