import { describe, expect, test } from '@jest/globals';
import { notRestored, orWriteFailed, problemOf, systemCode } from '../../lib/disk/system-error';
import { CarbonPatchError } from '../../lib/errors';
import { rejectionOf } from './temporary-home';

describe('an error of the operating system', () => {
  test.each([
    ["ENOENT: no such file or directory, open '/home/conf/a.xml'", 'no such file or directory (ENOENT)'],
    ["EXDEV: cross-device link not permitted, rename '/a' -> '/b'", 'cross-device link not permitted (EXDEV)'],
    ['ENOSPC: no space left on device, write', 'no space left on device (ENOSPC)'],
    ["EACCES: permission denied, open '/home/it's, open 'here'/a.xml'", 'permission denied (EACCES)'],
    ['it is not a regular file', 'it is not a regular file'],
  ])('%s is told without its path', (message, words) => {
    expect(problemOf(new Error(message))).toBe(words);
  });

  test('has its code, which other errors and values do not have', () => {
    expect(systemCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
    expect([new Error('x'), null, undefined, 'ENOENT', { code: 5 }].map(systemCode)).toEqual(Array(5).fill(undefined));
  });
});

describe('orWriteFailed', () => {
  test('turns errors into WRITE_FAILED with the cause, and lets those of the library pass', async () => {
    const cause = new Error('EIO: i/o error, fsync');
    const failed = (await rejectionOf(orWriteFailed('conf/a.xml', () => Promise.reject(cause)))) as CarbonPatchError;
    expect(failed.message).toBe('conf/a.xml: cannot be written: i/o error (EIO); every file is as it was before');
    expect(failed.cause).toBe(cause);
    const own = new CarbonPatchError('PLAN_STALE', { path: 'conf/a.xml', paths: ['conf/a.xml'] });
    expect(await rejectionOf(orWriteFailed('conf/b.xml', () => Promise.reject(own)))).toBe(own);
  });
});

describe('notRestored', () => {
  test.each([
    [
      new CarbonPatchError('WRITE_FAILED', { path: 'conf/a.xml', problem: 'it is gone', restored: true }),
      'conf/a.xml',
      'it is gone',
    ],
    [
      new CarbonPatchError('PLAN_STALE', { path: 'conf/a.xml', paths: ['conf/a.xml'] }),
      'conf/a.xml',
      'it was changed meanwhile',
    ],
    [new Error('EIO: i/o error, read'), '.carbon-patch', 'i/o error (EIO)'],
  ])('says of %s what is left to do', (error, path, problem) => {
    expect(notRestored(error).details).toEqual({ path, problem, restored: false });
    expect(notRestored(error).message).toBe(
      `${path}: cannot be written: ${problem}; run carbon-patch again on this home to bring the other files back`,
    );
  });
});
