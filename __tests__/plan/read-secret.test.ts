import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecret } from '../../lib/plan/read-secret';
import { makeHome } from '../disk/temporary-home';

describe('readSecret', () => {
  test.each([
    ['secret', 'secret'],
    ['secret\n', 'secret'],
    ['secret\r\n', 'secret'],
    ['secret\n\n', 'secret\n'],
    ['  se cret\t\n', '  se cret\t'],
    ['größe€', 'größe€'],
  ])('%j gives %j', async (content, secret) => {
    expect(await readSecret(join(makeHome({ password: content }), 'password'))).toBe(secret);
  });

  test.each(['', '\n', '\r\n'])('%j is refused', async (content) => {
    const path = join(makeHome({ password: content }), 'password');
    await expect(readSecret(path)).rejects.toThrow(
      new Error(`${path}: cannot be read: it is empty, but should hold a password`),
    );
  });

  test('bytes that are no UTF-8 are refused, and not replaced', async () => {
    const path = join(makeHome({ password: '' }), 'password');
    writeFileSync(path, Buffer.from('p\xfcss', 'latin1'));
    await expect(readSecret(path)).rejects.toThrow(
      new Error(`${path}: cannot be read: it is not UTF-8; save the password as UTF-8`),
    );
  });

  test('a file that is not there is refused by its name', async () => {
    const path = join(makeHome({}), 'none');
    await expect(readSecret(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', details: { path } });
  });
});
