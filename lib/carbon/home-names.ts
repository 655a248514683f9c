import type { ClusterTopology, SharedRegistry } from '../cluster/topology';
import type { HomeFacts } from './facts/home-facts';
import type { RegistryFacts } from './facts/registry-facts';
import type { Sourced } from './facts/sourced';
import { jndiNames } from './jndi-names';
import { guideNames, type DatasourceName, type Product, type ProductNames } from './products/product';

/** The files that tell what a home calls things; any may be missing. */
export type NamesEvidence = Pick<HomeFacts, 'carbonXml' | 'registry' | 'userMgt' | 'datasources'>;

/** What one home calls the things of a cluster. The three datasources never share a JNDI name. */
export interface HomeNames extends ProductNames {
  /** The datasource of the local registry; in the single layout that of everything. */
  readonly local: DatasourceName;
  /** What the operator should know; whole sentences. */
  readonly notes: readonly string[];
}

/**
 * The names of one home. What the cluster states wins, then what the home has already: the datasource that its user-mgt.xml
 * names where that is not the local one, and what its registry.xml mounts config or governance from; then the product's.
 */
export function homeNames(evidence: NamesEvidence, product: Product, { registry: stated }: ClusterTopology): HomeNames {
  const local = localJndiName(evidence.registry) ?? jndiNames.local;
  const taken = [local, ...product.shared.map(({ jndiName }) => jndiName)];
  const mounted = mountedRegistry(evidence.registry, taken);
  const namedUsers = jndiNameIn(evidence.userMgt?.dataSource?.value);
  return {
    ...product.names,
    ...mounted?.names,
    ...statedNames(stated),
    local: named(evidence, local, { name: 'WSO2_CARBON_DB', jndiName: jndiNames.local }),
    ...datasourceNames(evidence, product, { taken, mounted: mounted?.jndiName, namedUsers }),
    dbConfig: mounted?.names.dbConfig ?? freeDbConfig(evidence.registry, product),
  };
}

/** The paths that a cluster mounts from the shared registry. */
export const mountPaths = { config: '/_system/config', governance: '/_system/governance' } as const;

/** What a registry.xml mounts config or governance from. */
interface MountedRegistry {
  readonly jndiName: string;
  /** A target path only where that path is mounted. */
  readonly names: InstanceNames & Partial<Pick<ProductNames, 'configTargetPath' | 'governanceTargetPath'>>;
}

type InstanceNames = Pick<ProductNames, 'instanceId' | 'dbConfig'>;

/** The instance of the governance mount, which products share with each other, else that of the config mount. */
function mountedRegistry(facts: RegistryFacts | undefined, taken: readonly string[]): MountedRegistry | undefined {
  if (facts === undefined) return undefined;
  const config = mountOf(facts, mountPaths.config, taken);
  const governance = mountOf(facts, mountPaths.governance, taken);
  const chosen = governance ?? config;
  return (
    chosen && {
      jndiName: chosen.jndiName,
      names: {
        ...chosen.instance,
        ...(config?.targetPath ? { configTargetPath: config.targetPath } : {}),
        ...(governance?.targetPath ? { governanceTargetPath: governance.targetPath } : {}),
      },
    }
  );
}

interface OwnMount {
  readonly instance: InstanceNames;
  readonly jndiName: string;
  /** Empty where there is none. */
  readonly targetPath: string;
}

/** `undefined` where the way from the mount to a datasource of its own has a gap; only a whole one is worth keeping. */
function mountOf(facts: RegistryFacts, path: string, taken: readonly string[]): OwnMount | undefined {
  const mount = facts.mounts.find(({ value }) => value.mountPath?.trim() === path)?.value;
  const found = mount && instanceOf(facts, trimmed(mount.instanceId));
  if (found === undefined || taken.includes(found.jndiName)) return undefined;
  return { ...found, targetPath: trimmed(mount?.targetPath) };
}

function instanceOf(
  { remoteInstances, dbConfigs, currentDbConfig }: RegistryFacts,
  instanceId: string,
): Pick<OwnMount, 'instance' | 'jndiName'> | undefined {
  const instance = remoteInstances.find(({ value }) => trimmed(value.children.get('id')) === instanceId)?.value;
  const dbConfig = trimmed(instance?.children.get('dbConfig'));
  if (instanceId === '' || dbConfig === '' || dbConfig === trimmed(currentDbConfig)) return undefined;
  const jndiName = jndiNameIn(dbConfigs.find(({ value }) => value.name === dbConfig)?.value.dataSource?.value);
  return jndiName === undefined ? undefined : { instance: { instanceId, dbConfig }, jndiName };
}

function trimmed(text: Sourced<string> | undefined): string {
  return text?.value.trim() ?? '';
}

/** Only the names that the cluster states. */
function statedNames({
  instanceId,
  configTargetPath,
  governanceTargetPath,
}: SharedRegistry): Partial<Pick<ProductNames, 'instanceId' | 'configTargetPath' | 'governanceTargetPath'>> {
  return {
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(configTargetPath === undefined ? {} : { configTargetPath }),
    ...(governanceTargetPath === undefined ? {} : { governanceTargetPath }),
  };
}

interface KnownNames {
  /** JNDI names of the local registry and of what the product shares. */
  readonly taken: readonly string[];
  /** The JNDI name that config or governance is mounted from. */
  readonly mounted: string | undefined;
  /** The JNDI name in user-mgt.xml. */
  readonly namedUsers: string | undefined;
}

/** The datasources of registry and users, which are never the same. */
function datasourceNames(
  evidence: NamesEvidence,
  { names }: Product,
  { taken, mounted, namedUsers }: KnownNames,
): Pick<HomeNames, 'registry' | 'users' | 'notes'> {
  const isOwn = namedUsers !== undefined && namedUsers !== mounted && !taken.includes(namedUsers);
  const own = isOwn ? namedUsers : undefined;
  const registry =
    mounted === undefined
      ? freeName(names.registry, guideNames.registry, own === undefined ? taken : [...taken, own])
      : named(evidence, mounted, names.registry);
  const users =
    own === undefined
      ? freeName(names.users, guideNames.users, [...taken, registry.jndiName])
      : named(evidence, own, names.users);
  const isSplit = namedUsers !== undefined && namedUsers === mounted;
  return { registry, users, notes: isSplit ? [splitNote(mounted, users.jndiName)] : [] };
}

/** Users and registry of one datasource become two databases. */
function splitNote(mounted: string, users: string): string {
  return `The users and the shared registry of this home were both in ${mounted}; the registry keeps it, and the users get ${users}.`;
}

/** The local registry keeps its dbConfig for itself. */
function freeDbConfig(facts: RegistryFacts | undefined, { names }: Product): string {
  const current = trimmed(facts?.currentDbConfig);
  return names.dbConfig === current ? `${current}-shared` : names.dbConfig;
}

/** Where `currentDBConfig` points, or `undefined` where that is no datasource. */
function localJndiName(facts: RegistryFacts | undefined): string | undefined {
  const current = facts?.currentDbConfig?.value.trim();
  return jndiNameIn(facts?.dbConfigs.find(({ value }) => value.name === current)?.value.dataSource?.value);
}

/** A name that can be looked up; one with a placeholder is known only once the server runs. */
function jndiNameIn(text: string | undefined): string | undefined {
  const name = text?.trim() ?? '';
  return name === '' || /\$\{|\{\{/.test(name) ? undefined : name;
}

/** A JNDI name with the `<name>` that its datasource has in the home, or would get. */
function named({ datasources }: NamesEvidence, jndiName: string, usual: DatasourceName): DatasourceName {
  if (jndiName === usual.jndiName) return usual;
  const existing = datasources.find((one) => one.jndiName.value === jndiName)?.name.value;
  return { name: existing || jndiName.slice(jndiName.lastIndexOf('/') + 1), jndiName };
}

function freeName(usual: DatasourceName, guide: DatasourceName, taken: readonly string[]): DatasourceName {
  const numbered = taken.map((_, index) => ({
    name: `${usual.name}_${index + 2}`,
    jndiName: `${usual.jndiName}_${index + 2}`,
  }));
  return [usual, guide, ...numbered].find(({ jndiName }) => !taken.includes(jndiName)) ?? usual;
}
