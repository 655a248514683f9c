import { describe, expect, test } from '@jest/globals';
import { symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { listFolder, modifiedAt } from '../../lib/disk/list-folder';
import { makeHome, rejectionOf } from './temporary-home';

describe('the names in a folder', () => {
  test('are sorted by code unit, files and folders alike', async () => {
    const folder = makeHome({ 'b.xml': '', 'a/c.xml': '', 'Z.xml': '' });
    expect(await listFolder(folder)).toEqual(['Z.xml', 'a', 'b.xml']);
  });

  test('of a link are those of what it leads to', async () => {
    const folder = makeHome({ 'a/b.xml': '' });
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    expect(await listFolder(join(folder, 'link'))).toEqual(['b.xml']);
  });

  test('are undefined where there is no folder, and what is in the way is no folder', async () => {
    const folder = makeHome({ file: '' });
    expect(await listFolder(join(folder, 'missing'))).toBeUndefined();
    expect(await listFolder(join(folder, 'file'))).toBeUndefined();
  });

  test('of a folder that cannot be looked at are an error that names it', async () => {
    const folder = makeHome({});
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    expect(await rejectionOf(listFolder(join(folder, 'loop'), 'loop'))).toMatchObject({
      code: 'FILE_UNREADABLE',
      details: { path: 'loop', problem: expect.stringContaining('ELOOP') },
    });
  });
});

describe('the time of the last change', () => {
  test('is in whole milliseconds', async () => {
    const folder = makeHome({ file: '' });
    utimesSync(join(folder, 'file'), 5, 1234.5678);
    expect(await modifiedAt(join(folder, 'file'))).toBe(1_234_567);
  });

  test('is undefined where there is nothing', async () => {
    expect(await modifiedAt(join(makeHome({}), 'missing'))).toBeUndefined();
  });
});
