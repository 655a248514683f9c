import { databaseKindNames, databaseKinds } from '../../database/kinds';

/** Folders of a home in which jars are looked for, relative to it: where they belong, and where people put them by mistake. */
export const jarFolders: readonly string[] = [
  'repository/components/lib',
  'repository/components/dropins',
  'repository/components/extensions',
  'repository/components/plugins',
  'repository/component/lib',
  'lib',
  'dropins',
  'wso2/components/plugins',
  'bin',
];

/**
 * True for a jar that is worth remembering: database drivers and the clients of deployment synchronizers. Of the folders
 * that the product fills itself, which hold hundreds, only these are kept.
 */
export function isJarToRemember(folder: string, name: string): boolean {
  if (!name.toLowerCase().endsWith('.jar')) return false;
  if (!folder.endsWith('/plugins')) return true;
  return isDriver(name) || /svn|trilead|jdbc|connector/i.test(name);
}

function isDriver(name: string): boolean {
  return databaseKindNames.some((kind) => databaseKinds[kind].driverJar.test(name));
}
