import { checkClusterFile, checkClusterText } from './check-cluster';
import { checkConf, drawnDomain } from './check-conf';
import { checkSecrets } from './check-secrets';
import { checkXml } from './check-xml';
import { drawnOperations } from './drawn-operations';
import { mutate } from './mutate';
import { randomOf } from './random';
import { BrokenPromise } from './refusal';
import type { Seed, SeedKind } from './seeds';

/** One input, and what is done with it. */
export interface FuzzCase {
  readonly index: number;
  readonly seed: Seed;
  readonly bytes: Buffer;
  /** For people: the arguments that go with the bytes. */
  readonly told: unknown;
  /** Reads the bytes, or others in their place; true where they are accepted. Throws what must not be thrown. */
  readonly check: (bytes: Buffer) => Promise<boolean>;
}

/** The case of a number; the same seed and files give the same case. */
export function caseOf(run: number, index: number, seeds: readonly Seed[], file: string): FuzzCase {
  const random = randomOf(run, index);
  const kind: SeedKind = random.pick(['xml', 'xml', 'xml', 'conf', 'cluster']);
  const ofKind = seeds.filter((seed) => seed.kind === kind);
  // Files that are refused as they are come seldom.
  const sound = ofKind.filter(({ path }) => !/broken|refuses|not-utf-8/.test(path) || random.isOneIn(6));
  // Of two the smaller, as most of what can go wrong goes wrong in small files too.
  const seed = sound[Math.min(random.below(sound.length), random.below(sound.length))] as Seed;
  const bytes = mutate(random, seed, ofKind);
  if (kind === 'xml') {
    const wanted = drawnOperations(random, seed.xpaths);
    const reads = random.isOneIn(4);
    const check = (input: Buffer): boolean => {
      if (reads) checkSecrets(input.toString('utf8'));
      return checkXml(input, wanted);
    };
    return { index, seed, bytes, told: wanted, check: timely(kind, check) };
  }
  if (kind === 'conf') {
    const wanted = drawnDomain(random);
    const check = (input: Buffer): boolean => (checkSecrets(input.toString('utf8')), checkConf(input, wanted));
    return { index, seed, bytes, told: wanted, check: timely(kind, check) };
  }
  const isOnDisk = random.isOneIn(10);
  const check = (input: Buffer): boolean | Promise<boolean> => {
    checkSecrets(input.toString('utf8'));
    return isOnDisk ? checkClusterFile(input, file) : checkClusterText(input.toString('utf8'));
  };
  return { index, seed, bytes, told: isOnDisk ? 'on disk' : 'text', check: timely(kind, check) };
}

/**
 * Fails what takes more than a second for each megabyte, or for all of a smaller input, and for each of the three times at
 * least that the checks read it, patch it and read the result; asked three times, as others use the machine too.
 */
function timely(kind: SeedKind, check: (bytes: Buffer) => boolean | Promise<boolean>): FuzzCase['check'] {
  return async (bytes) => {
    const limit = 3 * 1000 * Math.max(1, bytes.length / 1e6);
    for (let tries = 1; ; tries++) {
      const start = process.cpuUsage();
      const isAccepted = await check(bytes);
      const { user, system } = process.cpuUsage(start);
      const time = (user + system) / 1000;
      if (time <= limit) return isAccepted;
      if (tries === 3 || time > 3 * limit)
        throw new BrokenPromise(`slow ${kind}: ${Math.round(time)} ms for ${bytes.length} bytes`);
    }
  };
}
