import { settingOf, type DatasourceFacts } from '../carbon/facts/datasource-facts';
import type { HomeFacts } from '../carbon/facts/home-facts';
import type { DbConfigFacts, MountFacts, RemoteInstanceFacts } from '../carbon/facts/registry-facts';
import type { Sourced } from '../carbon/facts/sourced';

/** A database that a file of a home uses. */
export interface UsedDatabase {
  /** Where the JNDI name stands, or the URL of a connection that is written there. */
  readonly use: Sourced<string>;
  /** `undefined` where none of that JNDI name is defined, or the connection is written in registry.xml. */
  readonly datasource: DatasourceFacts | undefined;
  /** `undefined` where it is not known, or where the secure vault replaces it. */
  readonly url: Sourced<string> | undefined;
  /** `undefined` where it is not known, or where the secure vault replaces it. */
  readonly username: string | undefined;
}

/** Where the node keeps its own registry: the database of `currentDBConfig`. `undefined` where registry.xml does not say. */
export function localRegistryOf(facts: HomeFacts): UsedDatabase | undefined {
  const current = facts.registry?.currentDbConfig?.value.trim();
  return databaseOfDbConfig(facts, current);
}

/** The database that a mount takes its data from; `undefined` where there is no such mount, or it leads to no database. */
export function mountedRegistryOf(facts: HomeFacts, mountPath: string): UsedDatabase | undefined {
  const mount = mountOf(facts, mountPath);
  const instance = mount && remoteInstanceOf(facts, mount.value);
  return databaseOfDbConfig(facts, instance?.value.children.get('dbConfig')?.value.trim());
}

/** Where the node keeps users, roles and permissions. `undefined` where user-mgt.xml names no datasource. */
export function userDatabaseOf(facts: HomeFacts): UsedDatabase | undefined {
  const use = facts.userMgt?.dataSource;
  return use && databaseOfJndiName(facts, use);
}

/** The databases that files beside registry.xml and user-mgt.xml look up, such as api-manager.xml. */
export function otherDatabasesOf(facts: HomeFacts): readonly UsedDatabase[] {
  return facts.otherDatasourceUses.map((use) => databaseOfJndiName(facts, use));
}

/** Of two mounts of one path the first; Carbon refuses such a file. */
export function mountOf({ registry }: HomeFacts, mountPath: string): Sourced<MountFacts> | undefined {
  return registry?.mounts.find(({ value }) => value.mountPath === mountPath);
}

/** The remote instance that a mount names; blanks around the names do not count. */
export function remoteInstanceOf(
  { registry }: HomeFacts,
  { instanceId }: MountFacts,
): Sourced<RemoteInstanceFacts> | undefined {
  const id = instanceId?.value.trim();
  return registry?.remoteInstances.find(
    ({ value }) => id !== undefined && value.children.get('id')?.value.trim() === id,
  );
}

/** The datasource of a JNDI name; of several the first. */
export function datasourceOf({ datasources }: HomeFacts, jndiName: string): DatasourceFacts | undefined {
  return datasources.find((one) => one.jndiName.value === jndiName.trim());
}

function databaseOfDbConfig(facts: HomeFacts, name: string | undefined): UsedDatabase | undefined {
  const found = facts.registry?.dbConfigs.find(({ value }) => name !== undefined && value.name === name);
  return found && databaseIn(facts, found.value);
}

function databaseIn(facts: HomeFacts, { dataSource, url }: DbConfigFacts): UsedDatabase | undefined {
  if (dataSource !== undefined) return databaseOfJndiName(facts, dataSource);
  return url && { use: url, datasource: undefined, url, username: undefined };
}

function databaseOfJndiName(facts: HomeFacts, use: Sourced<string>): UsedDatabase {
  const datasource = datasourceOf(facts, use.value);
  const url = datasource && settingOf(datasource, 'url');
  const username = datasource && settingOf(datasource, 'username')?.value;
  return { use, datasource, url: url?.value === '' ? undefined : url, username };
}
