import { posix } from 'node:path';
import { recogniseProduct, type CarbonHome } from '../carbon/carbon-home';
import { fileExists, folderExists, readFile } from '../disk/read-file';
import { CarbonPatchError } from '../errors';

/**
 * Recognises the Carbon home at a path; reads, never writes.
 * Throws HOME_NOT_FOUND where there is none, also for Carbon 5, which has other files; HOME_GENERATED where the files are made
 * anew at each start (deployment.toml), FILE_UNREADABLE.
 */
export async function openHome(path: string): Promise<CarbonHome> {
  if (!(await folderExists(path)))
    throw new CarbonPatchError('HOME_NOT_FOUND', { home: path, problem: 'there is no such folder' });
  await refuseLaterGenerations(path);
  const confFolder = await findConfFolder(path);
  const product = recogniseProduct({
    version: await readIfThere(posix.join(path, 'bin/version.txt')),
    carbonVersion: await readIfThere(posix.join(path, 'bin/wso2carbon-version.txt')),
    carbonXml: await readIfThere(posix.join(path, confFolder, 'carbon.xml')),
    axis2Xml: await readIfThere(posix.join(path, confFolder, 'axis2/axis2.xml')),
  });
  return {
    path,
    confFolder,
    ...product,
    isLoadBalancer: await fileExists(posix.join(path, confFolder, 'loadbalancer.conf')),
    hasBeenStarted: await fileExists(posix.join(path, 'repository/logs/wso2carbon.log')),
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
    for (const name of ['carbon.xml', 'axis2/axis2.xml']) {
      if (await fileExists(posix.join(home, folder, name))) return folder;
    }
  }
  const problem = 'holds no carbon.xml or axis2/axis2.xml in repository/conf or conf';
  throw new CarbonPatchError('HOME_NOT_FOUND', { home, problem });
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return (await fileExists(path)) ? (await readFile(path)).bytes : undefined;
}
