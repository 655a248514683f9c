import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, fileExists, folderExists, readFile } from '../../lib/disk/read-file';
import { makeFolder, rejectionOf } from './temporary-home';

describe('readFile', () => {
  test('gives the bytes as they are, with their digest', async () => {
    const path = join(makeFolder(), 'a.xml');
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0d, 0x0a]);
    writeFileSync(path, bytes);
    const content = await readFile(path);
    expect(Buffer.from(content.bytes).equals(bytes)).toBe(true);
    expect(content.digest).toBe(digestOf(bytes));
  });

  test('follows links', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'true.xml'), 'x');
    symlinkSync('true.xml', join(folder, 'link.xml'));
    expect(Buffer.from((await readFile(join(folder, 'link.xml'))).bytes).toString()).toBe('x');
  });

  test.each([
    ['a missing file', 'missing.xml', 'no such file or directory (ENOENT)'],
    ['a folder', 'folder', 'it is a folder, not a regular file'],
    ['a named pipe, without waiting for it', 'pipe', 'it is a named pipe, not a regular file'],
    ['a path through a file', 'file/a.xml', 'not a directory (ENOTDIR)'],
    ['a link that leads in a circle', 'circle', 'too many symbolic links encountered (ELOOP)'],
  ])('refuses %s', async (_, name, problem) => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('circle', join(folder, 'circle'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const error = await rejectionOf(readFile(join(folder, name), 'conf/a.xml'));
    expect(error).toMatchObject({ code: 'FILE_UNREADABLE', message: `conf/a.xml: cannot be read: ${problem}` });
  });
});

test('digestOf is SHA-256 in hexadecimal', () => {
  expect(digestOf(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('fileExists and folderExists tell the two apart, follow links, and fail where they cannot find out', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('file', join(folder, 'link'));
  symlinkSync('.', join(folder, 'folder'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  symlinkSync('circle', join(folder, 'circle'));
  const names = ['file', 'link', 'folder', 'dangling', 'missing', 'file/inside'];
  const files = await Promise.all(names.map((name) => fileExists(join(folder, name))));
  expect(files).toEqual([true, true, false, false, false, false]);
  const folders = await Promise.all(names.map((name) => folderExists(join(folder, name))));
  expect(folders).toEqual([false, false, true, false, false, false]);
  expect(await rejectionOf(fileExists(join(folder, 'circle')))).toMatchObject({ code: 'FILE_UNREADABLE' });
});
