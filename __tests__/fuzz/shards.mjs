// `npm run fuzz` tries a million inputs, on every core. `FUZZ_RUNS` says how many, `FUZZ_SEED` makes others of them, and
// `FUZZ_FIRST` begins at one of them; the same numbers give the same inputs, however many cores there are.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { argv, env, execPath, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const total = Number(env.FUZZ_RUNS ?? 1_000_000);
const begin = Number(env.FUZZ_FIRST ?? 0);
const seed = env.FUZZ_SEED ?? '1';
const shard = 20_000;
const jest = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/jest/bin/jest.js');
const start = Date.now();
let next = begin;
let tried = 0;
let failed = 0;

/** Takes shards until none is left. */
async function work() {
  while (next < begin + total) {
    const first = next;
    const count = Math.min(shard, begin + total - first);
    next += count;
    const { code, output } = await tryShard(first, count);
    tried += count;
    if (code !== 0) {
      failed++;
      stdout.write(`${output}\n`);
    }
    const rate = Math.round((tried / (Date.now() - start)) * 1000);
    stdout.write(`${tried} of ${total} inputs of seed ${seed}, ${rate} a second, ${failed} shards failed\n`);
  }
}

function tryShard(first, count) {
  const more = { FUZZ_RUNS: String(count), FUZZ_FIRST: String(first), FUZZ_SEED: seed };
  const child = spawn(execPath, [jest, '__tests__/fuzz', ...argv.slice(2)], { env: { ...env, ...more } });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
exit(failed === 0 ? 0 : 1);
