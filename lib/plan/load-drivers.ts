import { posix } from 'node:path';
import { type JarContents, kindsOfJar } from '../database/driver-jar';
import { databaseKinds, type DatabaseKindName } from '../database/kinds';
import { readFile } from '../disk/read-file';
import { CarbonPatchError, isCarbonPatchError } from '../errors';
import { readJar } from './read-jar';

/** A jar with a JDBC driver that homes are to get. Its bytes are in memory once, however many homes get it. */
export interface Driver {
  /** As the caller gave it. */
  readonly source: string;
  /** The name that it keeps in the homes. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: string;
  readonly contents: JarContents;
  /** The database products that it is a driver of; empty where none is known by its name or its classes. */
  readonly kinds: readonly DatabaseKindName[];
}

/**
 * Reads the jars of JDBC drivers at these paths; one that is named twice counts once.
 * Throws DRIVER_UNUSABLE with everything that is wrong: a file that cannot be read or is no jar, a name that no server loads,
 * and two jars of one driver, of which nobody knows which one a server would load.
 */
export async function loadDrivers(paths: readonly string[]): Promise<readonly Driver[]> {
  const drivers: Driver[] = [];
  const problems: string[] = [];
  for (const source of new Set(paths)) {
    const driver = await loadDriver(source);
    if ('problem' in driver) problems.push(`${source}: ${driver.problem}`);
    else if (!drivers.some(({ name, digest }) => name === driver.name && digest === driver.digest))
      drivers.push(driver);
  }
  problems.push(...doubledDrivers(drivers));
  if (problems.length > 0) throw new CarbonPatchError('DRIVER_UNUSABLE', { problems });
  return drivers;
}

async function loadDriver(source: string): Promise<Driver | { readonly problem: string }> {
  const name = posix.basename(source);
  if (!/^[^.\p{Cc}\\][^\p{Cc}\\]*\.jar$/u.test(name))
    return { problem: 'a server loads only files whose names end in .jar; name the jar of the driver itself' };
  try {
    const { bytes, digest } = await readFile(source);
    const contents = await readJar(bytes);
    if ('problem' in contents) return { problem: `${contents.problem}; fetch it from the vendor again` };
    return { source, name, bytes, digest, contents, kinds: kindsOfJar(name, contents) };
  } catch (error) {
    if (isCarbonPatchError(error, 'FILE_UNREADABLE')) return { problem: `it cannot be read: ${error.details.problem}` };
    throw error;
  }
}

function doubledDrivers(drivers: readonly Driver[]): readonly string[] {
  return drivers.flatMap((driver, index) => {
    const other = drivers
      .slice(0, index)
      .find(({ name, kinds }) => name === driver.name || kinds.some((kind) => driver.kinds.includes(kind)));
    if (other === undefined) return [];
    const [kind] = driver.kinds;
    const what = kind === undefined ? 'the same name' : `the driver of ${databaseKinds[kind].label}`;
    return [`${driver.source}: it is ${what} as ${other.source} is; give one of them`];
  });
}
