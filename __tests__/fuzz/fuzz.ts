import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseOf, type FuzzCase } from './fuzz-case';
import { minimise } from './minimise';
import type { Seed, SeedKind } from './seeds';

/** A way in which the library does not do what it promises. */
export interface FuzzFailure {
  readonly error: string;
  readonly index: number;
  readonly seed: string;
  /** How many inputs fail in this way. */
  count: number;
  /** Where the small input is, as base64 in JSON. */
  readonly report: string;
}

/** What a run finds. */
export interface FuzzResult {
  readonly failures: readonly FuzzFailure[];
  /** How many inputs of each kind were tried, and how many of them accepted. */
  readonly tried: Readonly<Record<SeedKind, number>>;
  readonly accepted: Readonly<Record<SeedKind, number>>;
}

/** Tries the cases of a run from the number `first` on; of failures that look alike one is told. */
export async function fuzz(run: number, first: number, count: number, seeds: readonly Seed[]): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), 'carbon-patch-fuzz-'));
  const failures = new Map<string, FuzzFailure>();
  const tried = { xml: 0, conf: 0, cluster: 0 };
  const accepted = { xml: 0, conf: 0, cluster: 0 };
  for (let index = first; index < first + count; index++) {
    const one = caseOf(run, index, seeds, join(folder, 'cluster.yaml'));
    tried[one.seed.kind]++;
    try {
      if (await one.check(one.bytes)) accepted[one.seed.kind]++;
    } catch (error) {
      const alike = likenessOf(error);
      const known = failures.get(alike);
      if (known) known.count++;
      else failures.set(alike, await failureOf(run, one, error, join(folder, `case-${run}-${index}.json`)));
    }
  }
  if (failures.size === 0) rmSync(folder, { recursive: true, force: true });
  return { failures: [...failures.values()], tried, accepted };
}

async function failureOf(run: number, one: FuzzCase, error: unknown, report: string): Promise<FuzzFailure> {
  const alike = likenessOf(error);
  const fails = async (bytes: Buffer): Promise<boolean> => {
    try {
      await one.check(bytes);
      return false;
    } catch (other) {
      return likenessOf(other) === alike;
    }
  };
  const bytes = await minimise(one.bytes, fails);
  const stack = error instanceof Error ? error.stack : String(error);
  const content = {
    run,
    index: one.index,
    seed: one.seed.path,
    told: one.told,
    stack,
    base64: bytes.toString('base64'),
  };
  writeFileSync(report, JSON.stringify(content, undefined, 2));
  return { error: wordsOf(error), index: one.index, seed: one.seed.path, count: 1, report };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 400) : String(error);
}

/** The error without numbers and quoted words, with the place in the library that threw it. */
function likenessOf(error: unknown): string {
  const place =
    error instanceof Error ? (/\((?:[^()]*[\\/])?(lib[\\/][^()]*):\d+:\d+\)/.exec(error.stack ?? '')?.[1] ?? '') : '';
  const words = wordsOf(error).split('\n', 1)[0] ?? '';
  return `${words
    .replace(/f\.xml: (?:XPath )?\S+/, '')
    .replace(/<[^>]*>|'[^']*'|\d+/g, '…')
    .slice(0, 90)} ${place}`;
}
