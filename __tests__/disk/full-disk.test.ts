import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { commit, commitAll } from '../../lib/disk/commit';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import { noteFigure } from '../prove/figures';
import { makeFolder, rejectionOf, replacements, treeOf } from './temporary-home';

// A program is started for each apply: a busy machine takes its time.
jest.setTimeout(120_000);

/** In bytes. */
const sizeOfDisk = 256 * 1024;
const paths = ['conf/a.xml', 'conf/b.xml', 'conf/c.xml'];
const contentOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(paths.map((path) => [path, text.repeat(8192)]));

const mounted: string[] = [];

afterEach(unmountAll);

function unmountAll(): void {
  for (const folder of mounted.splice(0)) spawnSync('umount', [folder]);
}

function mountDisk(...options: readonly string[]): string | undefined {
  const folder = makeFolder();
  const words = ['-t', 'tmpfs', '-o', [`size=${sizeOfDisk}`, ...options].join(','), 'none', folder];
  if (spawnSync('mount', words).status !== 0) return undefined;
  mounted.push(folder);
  return folder;
}

function homeOn(disk: string): string {
  const home = join(disk, 'home');
  mkdirSync(join(home, 'conf'), { recursive: true });
  for (const [path, content] of Object.entries(contentOf('a'))) writeFileSync(join(home, path), content);
  return home;
}

const canMount = mountDisk() !== undefined;
unmountAll();

// Only root may mount, and not in every container: elsewhere the run says "skipped".
(canMount ? describe : describe.skip)('a disk that is really full', () => {
  test('at any byte refuses the apply, leaves every file, and is as empty as before', async () => {
    // The three originals and their copies take 24 KiB together; with less and less left, every step meets the end once.
    const outcomes = new Set<string>();
    for (let left = 0; left <= 104; left += 4) {
      const disk = mountDisk() ?? '';
      const home = homeOn(disk);
      fill(disk, left);
      const before = treeOf(home);
      const result = await commit(home, replacements(home, contentOf('b')), {}).catch((error: unknown) => error);
      const isWritten = typeof result === 'object' && result !== null && 'paths' in result;
      outcomes.add(isWritten ? 'written' : 'refused');
      if (isWritten) {
        // An undo keeps what it replaces, so it needs room of its own.
        rmSync(join(disk, 'filler'));
        await undo(home);
      } else expect(result).toMatchObject({ code: 'WRITE_FAILED', details: { restored: true } });
      expect(treeOf(home)).toEqual(before);
      expect(await recover(home)).toEqual({ outcome: 'nothing' });
      spawnSync('umount', [disk]);
      noteFigure('faults', 'full disks', 1);
    }
    expect(outcomes).toEqual(new Set(['written', 'refused']));
  });

  test('of one home refuses the apply over three, and leaves every file of all', async () => {
    const homes = [mountDisk(), mountDisk(), mountDisk()].map((disk) => homeOn(disk ?? ''));
    fill(join(homes[1] ?? '', '..'), 40);
    const before = homes.map(treeOf);
    const parts = homes.map((home) => ({ home, replacements: replacements(home, contentOf('b')), label: {} }));
    expect(await rejectionOf(commitAll(parts))).toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('no space left on device (ENOSPC); every file is as it was before'),
    });
    expect(homes.map(treeOf)).toEqual(before);
    noteFigure('faults', 'full disks', 1);
  });

  test('that is mounted read-only is left as it is', async () => {
    const disk = mountDisk() ?? '';
    const home = homeOn(disk);
    const plan = replacements(home, contentOf('b'));
    expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0);
    const before = treeOf(home);
    expect(await rejectionOf(commit(home, plan, {}))).toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('(EROFS)'),
    });
    expect(treeOf(home)).toEqual(before);
    noteFigure('faults', 'full disks', 1);
  });
});

/** Fills a disk until so many KiB are left. */
function fill(disk: string, left: number): void {
  const used = 4 * 1024 * 3 + paths.length * 8192;
  writeFileSync(join(disk, 'filler'), Buffer.alloc(0));
  let size = sizeOfDisk - used - left * 1024;
  for (;;) {
    try {
      writeFileSync(join(disk, 'filler'), Buffer.alloc(size));
      return;
    } catch {
      size -= 1024;
    }
  }
}
