import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import { driverFolderOf, driverPlaces, isMadeOf, neededDrivers, type NeededDriver } from '../carbon/driver-jars';
import type { DatasourceFacts } from '../carbon/facts/datasource-facts';
import type { HomeFacts } from '../carbon/facts/home-facts';
import type { ClusterTopology } from '../cluster/topology';
import { databaseKinds } from '../database/kinds';
import { fileExists, readFile } from '../disk/read-file';
import { CarbonPatchError } from '../errors';
import { driverNotes } from './driver-notes';
import { homeReader } from './home-reader';
import type { Driver } from './load-drivers';
import type { NewFile } from './plan';
import { surveyJars } from './survey-jars';

/** What a home needs to get drivers, and what the operator should know about them. */
export interface DriverPlan {
  readonly newFiles: readonly NewFile[];
  /** Whole sentences. */
  readonly notes: readonly string[];
}

/**
 * The drivers that a home does not have yet; `datasources` are those that it will have.
 * Throws DRIVER_UNUSABLE with every driver of which the home has another version, or another file of that name: two
 * versions in one home are a fault, and which one is right only a person knows.
 */
export async function planDrivers(
  home: CarbonHome,
  drivers: readonly Driver[],
  datasources: readonly DatasourceFacts[],
  topology: ClusterTopology,
): Promise<DriverPlan> {
  // Of a profile of EI 6 the folder lies in the home around it, which is another one to lock and to undo.
  if (home.profile !== undefined) return { newFiles: [], notes: [profileNote(home.profile)] };
  const jars = await surveyJars(homeReader(home));
  const newFiles: NewFile[] = [];
  const problems: string[] = [];
  for (const driver of drivers) {
    if (await isThere(home, driver, jars)) continue;
    const inTheWay = findInTheWay(home, driver, jars);
    if (inTheWay === undefined) newFiles.push(newFileOf(home, driver));
    else problems.push(`${driver.source}: ${inTheWay}`);
  }
  if (problems.length > 0) throw new CarbonPatchError('DRIVER_UNUSABLE', { problems });
  const needed = neededDrivers(datasources);
  return { newFiles, notes: drivers.flatMap((driver) => notesOf(driver, needed, topology)) };
}

function notesOf(driver: Driver, needed: readonly NeededDriver[], { database }: ClusterTopology): readonly string[] {
  return driverNotes(driver, needed, database.kind);
}

function profileNote(profile: string): string {
  return `No driver is copied here: profile ${profile} loads drivers from lib of the home around it; apply to that home with --jdbc-driver.`;
}

function newFileOf(home: CarbonHome, { name, bytes, digest, source }: Driver): NewFile {
  return { path: posix.join(driverFolderOf(home), name), digest, bytes, source };
}

/** True where the folder holds the very same bytes, under whatever name; links to a shared jar count. */
async function isThere(home: CarbonHome, { name, digest, kinds }: Driver, jars: HomeFacts['jars']): Promise<boolean> {
  const folder = driverFolderOf(home);
  const candidates = (jars.get(folder) ?? []).filter(
    (one) => one === name || kinds.some((kind) => databaseKinds[kind].driverJar.test(one)),
  );
  for (const candidate of candidates) {
    const path = posix.join(folder, candidate);
    const place = posix.join(home.path, path);
    if ((await fileExists(place)) && (await readFile(place, path)).digest === digest) return true;
  }
  return false;
}

/** Why a driver must not be put beside what a home has; `undefined` where nothing is in its way. */
function findInTheWay(home: CarbonHome, { name, kinds }: Driver, jars: HomeFacts['jars']): string | undefined {
  const folder = driverFolderOf(home);
  const where = posix.join(home.path, folder);
  if (jars.get(folder)?.includes(name) === true)
    return `${where} has a jar of this name with other content; move that one away first, if this one is to replace it`;
  for (const kind of kinds) {
    const { label, driverJar } = databaseKinds[kind];
    const { inPlace, loadedElsewhere } = driverPlaces(home, jars, driverJar);
    // What the server makes of a jar on its first start is no other version.
    const bundles = loadedElsewhere.filter((path) => !isMadeOf(posix.basename(path), name));
    const [other] = [...inPlace.map((one) => posix.join(folder, one)), ...bundles];
    if (other !== undefined)
      return `${home.path} has a driver of ${label} already, ${other}, and of two versions nobody knows which one is loaded; move that one away first, or leave this one out`;
  }
  return undefined;
}
