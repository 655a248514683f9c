import { afterEach, expect, test } from '@jest/globals';
import { chmodSync, chownSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { commit } from '../../lib/disk/commit';
import { undo } from '../../lib/disk/undo';
import { noteFigure } from '../prove/figures';
import { makeHome, modeOf, replacements } from './temporary-home';

const original = { 'conf/a.xml': '<a/>', 'conf/deep/b.xml': '<b/>', 'conf/c.xml': '<c/>' };
const wanted = { 'conf/a.xml': '<a new=""/>', 'conf/deep/b.xml': '<b new=""/>' };
const longAgo = new Date('2001-02-03T04:05:06.789Z');

const umask = process.umask();
afterEach(() => {
  process.umask(umask);
});

test.each([0o000, 0o022, 0o077, 0o177])('under umask %o what is kept is for its owner only', async (mask) => {
  const home = makeHome(original);
  process.umask(mask);
  await commit(home, replacements(home, wanted), {});
  process.umask(umask);
  const state = join(home, '.carbon-patch');
  const entries = readdirSync(state, { recursive: true, withFileTypes: true });
  expect(entries.length).toBeGreaterThan(6);
  for (const entry of entries) {
    expect([entry.name, modeOf(join(entry.parentPath, entry.name))]).toEqual([
      entry.name,
      // A umask that takes rights from the owner is his own wish.
      entry.isDirectory() ? (0o700 & ~mask).toString(8).padStart(4, '0') : (0o600 & ~mask).toString(8).padStart(4, '0'),
    ]);
  }
  noteFigure('attributes', 'files compared', entries.length);
});

test('times are those of the write, and of files that are not written stay to the nanosecond', async () => {
  const home = makeHome(original);
  for (const path of Object.keys(original)) utimesSync(join(home, path), longAgo, longAgo);
  const began = Date.now();
  const untouched = identityOf(home, 'conf/c.xml');
  await commit(home, replacements(home, wanted), {});
  for (const path of Object.keys(wanted)) expect(statSync(join(home, path)).mtimeMs).toBeGreaterThan(began - 5000);
  expect(identityOf(home, 'conf/c.xml')).toEqual(untouched);

  const after = Object.keys(original).map((path) => identityOf(home, path));
  const folder = statSync(join(home, 'conf'), { bigint: true }).mtimeNs;
  await commit(home, replacements(home, wanted), {});
  expect(Object.keys(original).map((path) => identityOf(home, path))).toEqual(after);
  expect(statSync(join(home, 'conf'), { bigint: true }).mtimeNs).toBe(folder);

  await undo(home);
  expect(identityOf(home, 'conf/c.xml')).toEqual(untouched);
  noteFigure('attributes', 'files compared', 7);
});

test('mode, owner and group are the same after apply and after undo', async () => {
  const home = makeHome(original);
  const place = join(home, 'conf/a.xml');
  // Only root can give files away; another user keeps its own here.
  if (process.getuid?.() === 0) chownSync(place, 12345, 23456);
  chmodSync(place, 0o640);
  const { uid, gid, mode } = statSync(place);
  for (const work of [(): Promise<unknown> => commit(home, replacements(home, wanted), {}), () => undo(home)]) {
    await work();
    expect(statSync(place)).toMatchObject({ uid, gid, mode });
  }
  noteFigure('attributes', 'files compared', 2);
});

function identityOf(home: string, path: string): readonly unknown[] {
  const { ino, mtimeNs, mode } = statSync(join(home, path), { bigint: true });
  return [ino, mtimeNs, mode, readFileSync(join(home, path), 'utf8')];
}
