import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { CarbonPatchError, expectedError } from '../errors';
import { problemOf } from './system-error';

/** A home as a transaction sees it. */
export interface Home {
  readonly path: string;
  /** What errors put before the paths of its files; missing where it is the only home, whose paths stand alone. */
  readonly prefix?: string;
}

/**
 * The homes at these paths, in the order given. A home that is alone is taken as it is; several get their true paths, and
 * errors call them as they were given.
 * Throws WRITE_FAILED where one of several is not there or is the same as another.
 */
export async function homesAt(paths: readonly string[]): Promise<readonly Home[]> {
  if (paths.length < 2) return paths.map((path) => ({ path }));
  const homes = new Map<string, Home>();
  for (const prefix of paths) {
    const path = await truePathOf(prefix);
    const other = homes.get(path)?.prefix;
    if (other !== undefined) {
      const problem = other === prefix ? 'it is named twice' : `it is the same home as ${other}`;
      throw new CarbonPatchError('WRITE_FAILED', { path: prefix, problem, restored: true });
    }
    homes.set(path, { path, prefix });
  }
  return [...homes.values()];
}

/** The path of a home with all links followed. Throws WRITE_FAILED where it is not there. */
export async function truePathOf(path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    throw new CarbonPatchError('WRITE_FAILED', { path, problem: problemOf(error), restored: true }, { cause: error });
  }
}

/** A path in a home, as errors call it. */
export function nameIn({ prefix }: Home, path: string): string {
  return prefix === undefined ? path : join(prefix, path);
}

/** What `work` gives; its errors, which know one home only, are made to say which of several they are about. */
export async function inHome<Result>(home: Home, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (home.prefix === undefined) throw error;
    throw withHome(home, home.prefix, expectedError(error));
  }
}

function withHome(home: Home, prefix: string, { code, details, cause }: CarbonPatchError): CarbonPatchError {
  return new CarbonPatchError(
    code,
    {
      ...details,
      ...('path' in details && { path: nameIn(home, details.path) }),
      ...('paths' in details && { paths: details.paths.map((path) => nameIn(home, path)) }),
      ...('home' in details && { home: prefix }),
    },
    { cause },
  );
}
