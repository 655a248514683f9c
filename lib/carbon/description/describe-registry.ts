import type { ClusterDescription } from '../../cluster/cluster-file/cluster-description';
import { mountPaths } from '../home-names';
import type { SecretKeeper } from './describe-credentials';
import { majority, unanimous } from './majority';
import { appHomes, type NamedHome } from './named-home';
import { orUndefined, withoutUndefined } from './without-undefined';
import { repositoryNames } from '../synchronizer-names';

type RegistryValues = NonNullable<ClusterDescription['registry']>;
type SynchronizerValues = NonNullable<ClusterDescription['deploymentSynchronizer']>;

/** How the homes mount the shared registry, where that is not what their product would do; `undefined` where it is. */
export function describeRegistry(homes: readonly NamedHome[]): RegistryValues | undefined {
  const apps = appHomes(homes);
  const mounting = apps.filter((home) => mountsOf(home).length > 0);
  const values = withoutUndefined({
    instanceId: otherThanUsual(mounting, 'instanceId', unanimous),
    configTargetPath: isOneProduct(apps) ? otherThanUsual(mounting, 'configTargetPath', majority) : undefined,
    governanceTargetPath: otherThanUsual(mounting, 'governanceTargetPath', majority),
    overwrite: overwriteOf(mounting),
  }) as RegistryValues;
  return orUndefined(values);
}

/**
 * The deployment synchronizer that most of the homes have switched on; `undefined` where most have not, or where its URL
 * holds a password.
 */
export function describeSynchronizer(
  homes: readonly NamedHome[],
  keeper: SecretKeeper,
): SynchronizerValues | undefined {
  const apps = appHomes(homes);
  const enabled = apps.flatMap(({ facts }) =>
    (facts.carbonXml?.deploymentSynchronizers ?? [])
      .slice(0, 1)
      .filter(({ value }) => value.get('Enabled')?.value === 'true'),
  );
  if (enabled.length * 2 <= apps.length) return undefined;
  const most = (name: string): string | undefined =>
    majority(enabled.map(({ value }) => value.get(name)?.value || undefined));
  const type = most('RepositoryType') ?? 'svn';
  const { url, user, password: passwordName, appendTenantId } = repositoryNames(type);
  const svnUrl = most(url);
  if (svnUrl === undefined || !isRepositoryType(type) || /\/\/[^/]*@/.test(svnUrl)) return undefined;
  const password = most(passwordName);
  return withoutUndefined({
    repositoryType: type === 'svn' ? undefined : type,
    svnUrl,
    svnUser: most(user),
    svnPassword: password === undefined ? undefined : keeper.reference(password, 'svn'),
    svnUrlAppendTenantId: appendTenantId !== undefined && most(appendTenantId) === 'false' ? false : undefined,
  });
}

function isRepositoryType(type: string): type is NonNullable<SynchronizerValues['repositoryType']> {
  return ['svn', 'git'].includes(type);
}

/** The `overwrite` of the mounts of config and governance. */
function mountsOf({ facts }: NamedHome): readonly (string | undefined)[] {
  const paths: readonly string[] = Object.values(mountPaths);
  return (facts.registry?.mounts ?? [])
    .filter(({ value }) => paths.includes(value.mountPath ?? ''))
    .map(({ value }) => value.overwrite);
}

/** Different products keep their configuration in different folders of one registry. */
function isOneProduct(apps: readonly NamedHome[]): boolean {
  return new Set(apps.map(({ situation }) => situation.product.label)).size === 1;
}

function otherThanUsual(
  homes: readonly NamedHome[],
  key: 'instanceId' | 'configTargetPath' | 'governanceTargetPath',
  choose: (values: readonly string[]) => string | undefined,
): string | undefined {
  const chosen = choose(homes.map(({ situation }) => situation.names[key]));
  const usual = majority(homes.map(({ situation }) => situation.product.names[key]));
  return chosen === usual && homes.every(({ situation }) => situation.names[key] === chosen) ? undefined : chosen;
}

/** A new mount is made with "true"; anything but "true" and "virtual" is "false" to Carbon. */
function overwriteOf(homes: readonly NamedHome[]): RegistryValues['overwrite'] {
  const value = unanimous(homes.flatMap(mountsOf));
  if (value === 'virtual') return 'virtual';
  return value === 'false' ? false : undefined;
}
