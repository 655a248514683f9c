import { posix } from 'node:path';
import { recogniseProduct, type CarbonHome } from '../carbon/carbon-home';
import { listFolder, modifiedAt } from '../disk/list-folder';
import { fileExists, folderExists, readFile } from '../disk/read-file';
import { realPathOf } from '../disk/real-path';
import { CarbonPatchError, expectedError } from '../errors';
import type { SourceDocument } from '../xml/document';
import { createPlanningCache, type PlanningCache } from './planning-cache';

/** What makes opening many homes fast. */
export interface OpenHomeOptions {
  /** Shared with the plans of one run; see `createPlanningCache`. */
  readonly cache?: PlanningCache;
}

/**
 * Recognises the Carbon home at a path; reads, never writes.
 * Throws HOME_NOT_FOUND where there is none, also for Carbon 5, which has other files; HOME_GENERATED where the files are made
 * anew at each start (deployment.toml), FILE_UNREADABLE.
 */
export async function openHome(path: string, options: OpenHomeOptions = {}): Promise<CarbonHome> {
  if (!(await folderExists(path)))
    throw new CarbonPatchError('HOME_NOT_FOUND', { home: path, problem: 'there is no such folder' });
  await refuseLaterGenerations(path);
  const confFolder = await findConfFolder(path);
  const cache = options.cache ?? createPlanningCache();
  const profile = confFolder === 'conf' ? await profileOf(path) : undefined;
  const folders = profile === undefined ? [path] : [path, profile.integrator];
  const product = recogniseProduct({
    version: await readFirst(folders, 'bin/version.txt'),
    carbonVersion: await readFirst(folders, 'bin/wso2carbon-version.txt'),
    carbonXml: await parseQuietly(path, posix.join(confFolder, 'carbon.xml'), cache),
    axis2Xml: await parseQuietly(path, posix.join(confFolder, 'axis2/axis2.xml'), cache),
  });
  return {
    path,
    confFolder,
    profile: profile?.name,
    ...product,
    isLoadBalancer: await fileExists(posix.join(path, confFolder, 'loadbalancer.conf')),
    hasBeenStarted: await hasBeenStarted(path, folders),
  };
}

/** EI 6 keeps its own profile in `conf`; a home that has both folders is not known, and the older layout is taken. */
const confFolders = ['repository/conf', 'conf'] as const;

/** The toml counts in either folder; the yaml of Carbon 5 only where the files of Carbon 4 are not there. */
async function refuseLaterGenerations(home: string): Promise<void> {
  for (const folder of confFolders) {
    const toml = posix.join(folder, 'deployment.toml');
    if (await fileExists(posix.join(home, toml))) throw new CarbonPatchError('HOME_GENERATED', { home, path: toml });
  }
  for (const folder of confFolders) {
    const yaml = posix.join(folder, 'deployment.yaml');
    const isCarbon5 =
      (await fileExists(posix.join(home, yaml))) && !(await fileExists(posix.join(home, folder, 'carbon.xml')));
    const problem = `${yaml} makes it a home of Carbon 5, which has none of the XML files`;
    if (isCarbon5) throw new CarbonPatchError('HOME_NOT_FOUND', { home, problem });
  }
}

async function findConfFolder(home: string): Promise<string> {
  for (const folder of confFolders) {
    if (await hasConf(posix.join(home, folder))) return folder;
  }
  const problem = 'holds no carbon.xml or axis2/axis2.xml in repository/conf or conf';
  throw new CarbonPatchError('HOME_NOT_FOUND', { home, problem });
}

async function hasConf(folder: string): Promise<boolean> {
  for (const name of ['carbon.xml', 'axis2/axis2.xml']) {
    if (await fileExists(posix.join(folder, name))) return true;
  }
  return false;
}

/** A profile of EI 6, with the home that it belongs to. */
interface Profile {
  readonly name: string;
  readonly integrator: string;
}

/** EI 6 has the other products in `wso2/NAME` of its home; a link may lead there. */
async function profileOf(home: string): Promise<Profile | undefined> {
  const place = await realPathOf(home);
  const integrator = posix.dirname(posix.dirname(place));
  const isBelow = posix.basename(posix.dirname(place)) === 'wso2' && (await hasConf(posix.join(integrator, 'conf')));
  return isBelow ? { name: posix.basename(place), integrator } : undefined;
}

/** The first of these folders that has the file; what only describes a home is left out where it cannot be read. */
async function readFirst(folders: readonly string[], file: string): Promise<Uint8Array | undefined> {
  for (const folder of folders) {
    if (await fileExists(posix.join(folder, file))) return (await readFile(posix.join(folder, file))).bytes;
  }
  return undefined;
}

/** A file that a role needs is read again, and refused, when it is planned. */
async function parseQuietly(home: string, path: string, cache: PlanningCache): Promise<SourceDocument | undefined> {
  const place = posix.join(home, path);
  if (!(await fileExists(place))) return undefined;
  const content = await readFile(place, path);
  try {
    return cache.document(content, path);
  } catch (error) {
    expectedError(error);
    return undefined;
  }
}

/**
 * A server that was started has written its log, or else its local registry: products ship an empty one, which is as old as
 * the file in bin that tells their version, so one that was changed more than an hour after that is in use. The hour is
 * for copies and archives that give each file the time at which it was unpacked.
 */
async function hasBeenStarted(home: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    if (await fileExists(posix.join(folder, 'repository/logs/wso2carbon.log'))) return true;
  }
  const shipped = await latestOf(folders.flatMap((folder) => versionFiles.map((file) => posix.join(folder, file))));
  const names = (await listFolder(posix.join(home, 'repository/database'))) ?? [];
  const databases = names.filter((name) => /^WSO2CARBON_DB\.(?:h2|mv|data)\.db$/.test(name));
  const changed = await latestOf(databases.map((name) => posix.join(home, 'repository/database', name)));
  return shipped !== undefined && changed !== undefined && changed - shipped > anHour;
}

const versionFiles = ['bin/version.txt', 'bin/wso2carbon-version.txt'] as const;

/** In ms. */
const anHour = 60 * 60 * 1000;

async function latestOf(paths: readonly string[]): Promise<number | undefined> {
  const times: number[] = [];
  for (const path of paths) times.push((await modifiedAt(path)) ?? -Infinity);
  const latest = Math.max(-Infinity, ...times);
  return latest === -Infinity ? undefined : latest;
}
