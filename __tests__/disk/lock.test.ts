import { describe, expect, jest, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasLeftovers, withLock } from '../../lib/disk/lock';
import { runInChild } from './child-process';
import { makeHome, modeOf, rejectionOf, textReplacements, treeOf } from './temporary-home';

// A refusal comes after five seconds of waiting.
jest.setTimeout(30_000);

const name = 'lock-0123456789abcdef';

function homeWithLock(holder: unknown): string {
  const home = makeHome({});
  mkdirSync(join(home, '.carbon-patch'), { mode: 0o700 });
  const text = typeof holder === 'string' ? holder : JSON.stringify(holder);
  writeFileSync(join(home, '.carbon-patch', name), text, { mode: 0o600 });
  return home;
}

function deadProcess(): number {
  return spawnSync('true').pid;
}

describe('withLock', () => {
  test('says who holds the lock, for its owner only, and leaves nothing behind', async () => {
    const home = makeHome({});
    const seen = await withLock(home, () => {
      const [lock = ''] = readdirSync(join(home, '.carbon-patch'));
      const path = join(home, '.carbon-patch', lock);
      return Promise.resolve([modeOf(join(home, '.carbon-patch')), modeOf(path), readFileSync(path, 'utf8')]);
    });
    expect(seen.slice(0, 2)).toEqual(['0700', '0600']);
    expect(JSON.parse(seen[2] ?? '')).toMatchObject({ pid: process.pid, host: hostname() });
    expect(treeOf(home)).toEqual({});
  });

  test('is given back after a failure', async () => {
    const home = makeHome({});
    const failure = new Error('no');
    expect(await rejectionOf(withLock(home, () => Promise.reject(failure)))).toBe(failure);
    expect(await withLock(home, () => Promise.resolve('next'))).toBe('next');
    expect(treeOf(home)).toEqual({});
  });

  test('waits for a short run of another', async () => {
    const home = makeHome({});
    const steps: string[] = [];
    const first = withLock(home, async () => {
      await sleep(300);
      steps.push('first');
    });
    await sleep(50);
    await withLock(home, () => Promise.resolve(steps.push('second')));
    await first;
    expect(steps).toEqual(['first', 'second']);
  });

  test('refuses after five seconds, and says who is at work', async () => {
    const home = makeHome({});
    let end = (): void => undefined;
    const first = withLock(home, () => new Promise<void>((resolve) => (end = resolve)));
    await sleep(50);
    const start = Date.now();
    const error = await rejectionOf(withLock(home, () => Promise.resolve()));
    expect(error).toMatchObject({ code: 'HOME_LOCKED', details: { home } });
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /another carbon-patch is at work here \(pid \d+ on .+ since 20.+Z\); wait for it to end/,
      ),
    });
    expect(Date.now() - start).toBeGreaterThan(4900);
    expect(Date.now() - start).toBeLessThan(15_000);
    end();
    await first;
    expect(treeOf(home)).toEqual({});
  });

  test('never lets two in, however many come at once, also over a dead lock', async () => {
    const home = homeWithLock({ pid: deadProcess(), host: hostname(), startTicks: null, since: 'long ago' });
    let inside = 0;
    let most = 0;
    const runs = Array.from({ length: 12 }, () =>
      withLock(home, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(5);
        inside -= 1;
      }),
    );
    await Promise.all(runs);
    expect(most).toBe(1);
    expect(treeOf(home)).toEqual({});
  });

  test('lets only one of several processes replace the same content', async () => {
    const home = makeHome({ 'conf/a.xml': 'old' });
    const texts = ['one', 'two', 'three', 'four'];
    const outcomes = await Promise.all(
      texts.map((text) =>
        runInChild([{ home, action: 'commit', replacements: textReplacements(home, { 'conf/a.xml': text }) }]),
      ),
    );
    const winners = texts.filter((_, index) => outcomes[index]?.[0]?.result !== undefined);
    expect(winners).toEqual([readFileSync(join(home, 'conf/a.xml'), 'utf8')]);
    const losers = outcomes.flat().flatMap(({ error }) => (error ? [error.code] : []));
    expect(losers).toEqual(['PLAN_STALE', 'PLAN_STALE', 'PLAN_STALE']);
  });
});

describe('a lock that was left', () => {
  test.each([
    ['whose process is dead', { pid: deadProcess(), host: hostname(), startTicks: null, since: 'long ago' }],
    ['that a failing disk cut short', '{"pid":'],
    ['that is empty', ''],
    ['that is not about a process', 'null'],
  ])('%s is removed', async (_, holder) => {
    const home = homeWithLock(holder);
    expect(await hasLeftovers(home)).toBe(true);
    expect(await withLock(home, () => Promise.resolve('in'))).toBe('in');
    expect(treeOf(home)).toEqual({});
  });

  test('by a process whose number another process has now is removed, where the system tells when processes started', async () => {
    const home = homeWithLock({ pid: process.pid, host: hostname(), startTicks: '1', since: 'long ago' });
    const result = await withLock(home, () => Promise.resolve('in')).catch((error: unknown) => error);
    if (existsSync('/proc/self/stat')) expect(result).toBe('in');
    else expect(result).toMatchObject({ code: 'HOME_LOCKED' });
  });

  test('on another host is respected, as nothing can be known about it, and the message says what to remove', async () => {
    const home = homeWithLock({
      pid: deadProcess(),
      host: 'esb-7',
      startTicks: null,
      since: '2026-01-01T00:00:00.000Z',
    });
    expect(await rejectionOf(withLock(home, () => Promise.resolve()))).toMatchObject({
      code: 'HOME_LOCKED',
      details: {
        holder: expect.stringMatching(
          /^pid \d+ on esb-7 since 2026-01-01T00:00:00.000Z; if that run is gone, remove .carbon-patch\/lock-0123456789abcdef$/,
        ),
      },
    });
    expect(readdirSync(join(home, '.carbon-patch'))).toEqual([name]);
  });
});

test('a state folder of another user is refused, as its journal could say anything', async () => {
  const home = makeHome({ 'conf/a.xml': 'old' });
  const replacements = textReplacements(home, { 'conf/a.xml': 'new' });
  const [outcome] = await runInChild([{ home, action: 'commit', replacements, foreign: ['/.carbon-patch'] }]);
  expect(outcome?.error?.message).toMatch(
    /^\.carbon-patch: cannot be written: it belongs to another user \(uid \d+\); run as that user; every file is as it was before$/,
  );
  expect(treeOf(home)).toEqual({ 'conf/a.xml': '0644 old' });
});
