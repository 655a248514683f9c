import { posix } from 'node:path';
import { recogniseProduct, type CarbonHome } from '../carbon/carbon-home';
import { fileExists, folderExists, readFile } from '../disk/read-file';
import { CarbonPatchError } from '../errors';

/**
 * Recognises the Carbon home at a path; reads, never writes.
 * Throws HOME_NOT_FOUND where there is none, HOME_GENERATED where its files are made anew at each start (deployment.toml,
 * deployment.yaml), FILE_UNREADABLE.
 */
export async function openHome(path: string): Promise<CarbonHome> {
  if (!(await folderExists(path)))
    throw new CarbonPatchError('HOME_NOT_FOUND', { home: path, problem: 'there is no such folder' });
  for (const generator of generators) {
    if (await fileExists(posix.join(path, generator)))
      throw new CarbonPatchError('HOME_GENERATED', { home: path, path: generator });
  }
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

const generators = confFolders.flatMap((folder) => [`${folder}/deployment.toml`, `${folder}/deployment.yaml`]);

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
