import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import { driverFolderOf, neededDrivers } from '../carbon/driver-jars';
import type { DatasourceFacts } from '../carbon/facts/datasource-facts';
import type { DriverJarFacts, HomeFacts } from '../carbon/facts/home-facts';
import { isJarToRemember, jarFolders } from '../carbon/facts/jars';
import { holdsClass } from '../database/driver-jar';
import { databaseKinds } from '../database/kinds';
import type { HomeReader } from './home-reader';
import { readJar } from './read-jar';

/** The names of the jars in the folders where they belong, and in those where people put them by mistake. */
export async function surveyJars(reader: Pick<HomeReader, 'listIfThere'>): Promise<HomeFacts['jars']> {
  const jars = new Map<string, readonly string[]>();
  for (const folder of jarFolders) {
    const names = await reader.listIfThere(folder);
    if (names !== undefined)
      jars.set(
        folder,
        names.filter((name) => isJarToRemember(folder, name)),
      );
  }
  return jars;
}

/**
 * What the jars of drivers hold of what the datasources need. First those that are named like the driver; the others, which
 * somebody may have renamed, only while a class is not found.
 */
export async function surveyDriverJars(
  reader: Pick<HomeReader, 'bytes'>,
  home: CarbonHome,
  jars: HomeFacts['jars'],
  datasources: readonly DatasourceFacts[],
): Promise<readonly DriverJarFacts[]> {
  const needed = neededDrivers(datasources);
  const isNamedLikeDriver = (name: string): boolean =>
    needed.some(({ kind }) => databaseKinds[kind].driverJar.test(name));
  const wanted = needed.flatMap(({ className }) => className ?? []);
  const folder = driverFolderOf(home);
  const names = jars.get(folder) ?? [];
  const facts: DriverJarFacts[] = [];
  for (const name of names.filter(isNamedLikeDriver)) facts.push(await lookInto(reader, folder, name, wanted));
  for (const name of names.filter((one) => !isNamedLikeDriver(one)).slice(0, mostOthers)) {
    const found = new Set(facts.flatMap(({ classes }) => classes));
    if (wanted.every((className) => found.has(className))) break;
    facts.push(await lookInto(reader, folder, name, wanted));
  }
  return facts;
}

/** A folder for drivers holds a few; one with hundreds is something else. */
const mostOthers = 30;

async function lookInto(
  reader: Pick<HomeReader, 'bytes'>,
  folder: string,
  name: string,
  wanted: readonly string[],
): Promise<DriverJarFacts> {
  const bytes = await reader.bytes(posix.join(folder, name));
  if (bytes === undefined) return { name, problem: 'it cannot be read', classes: [] };
  const contents = await readJar(bytes);
  if ('problem' in contents) return { name, problem: contents.problem, classes: [] };
  return { name, problem: undefined, classes: wanted.filter((className) => holdsClass(contents, className)) };
}
