import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTime, freshBuild, program, root } from '../fresh-build';
import { makeFolder } from './home-copy';
import { runCli } from './memory-io';

const env = { CARBON_PATCH_DB_PASSWORD: 'correct horse' };
const original = readFileSync(join(root, 'fixtures/clusters/worked-example.yaml'), 'utf8');
const workshop = '.worker9.carbon-patch-clone';
/** So many that the signal comes while they are copied. */
const fileCount = 600;
let folder: string;

beforeAll(freshBuild, buildTime);

beforeEach(() => {
  folder = makeFolder();
  writeFileSync(join(folder, 'c.yaml'), original);
  cpSync(join(root, 'fixtures/homes/esb-5.0.0'), join(folder, 'worker1'), { recursive: true });
  mkdirSync(join(folder, 'worker1/aaa'));
  for (let index = 0; index < fileCount; index++) writeFileSync(join(folder, `worker1/aaa/${index}`), 'x');
});

const words = (): readonly string[] => [
  ...['clone', '--cluster', join(folder, 'c.yaml'), '--from', 'worker1'],
  ...['--to', join(folder, 'worker9'), '--name', 'worker9', '--yes'],
];

/** Runs a clone in a process of its own that gets the signal once it has copied some files; gives what it ended with. */
async function interrupted(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
  const child = spawn(process.execPath, [program, ...words()], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const copied = join(folder, workshop, 'home/aaa');
  const timer = setInterval(() => {
    if (existsSync(copied) && readdirSync(copied).length > 20) child.kill(signal);
  }, 5);
  return new Promise((resolve) => {
    child.on('close', (code, killedBy) => {
      clearInterval(timer);
      resolve(killedBy ?? code);
    });
  });
}

describe('a clone in a process of its own', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves nothing at %s',
    async (signal) => {
      expect(await interrupted(signal)).toBe(2);
      expect(readdirSync(folder).sort()).toEqual(['c.yaml', 'worker1']);
      expect(readFileSync(join(folder, 'c.yaml'), 'utf8')).toBe(original);
    },
    30_000,
  );

  test('that is killed leaves a folder, which the next one knows and removes', async () => {
    expect(await interrupted('SIGKILL')).toBe('SIGKILL');
    expect(readdirSync(folder).sort()).toEqual([workshop, 'c.yaml', 'worker1']);
    expect(readFileSync(join(folder, 'c.yaml'), 'utf8')).toBe(original);
    const ran = await runCli(words(), { env });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('a clone to this folder was killed; what it left is removed first');
    expect(readdirSync(folder).sort()).toEqual(['.carbon-patch', 'c.yaml', 'worker1', 'worker9']);
    expect(readdirSync(join(folder, 'worker9/aaa'))).toHaveLength(fileCount);
  }, 60_000);
});
