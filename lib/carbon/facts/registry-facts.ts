import type { Sourced } from './sourced';

/** What a registry.xml says. Texts are as Carbon reads them: not trimmed. */
export interface RegistryFacts {
  readonly path: string;
  readonly currentDbConfig: Sourced<string> | undefined;
  readonly readOnly: Sourced<string> | undefined;
  readonly dbConfigs: readonly Sourced<DbConfigFacts>[];
  readonly remoteInstances: readonly Sourced<RemoteInstanceFacts>[];
  readonly mounts: readonly Sourced<MountFacts>[];
}

/** One `dbConfig`. */
export interface DbConfigFacts {
  /** An empty string where the attribute is missing. */
  readonly name: string;
  /** `dataSource`, or `undefined` where the connection is written here or missing. */
  readonly dataSource: Sourced<string> | undefined;
  /** `url`, of a connection written here. */
  readonly url: Sourced<string> | undefined;
}

/** One `remoteInstance`; its children by name (`id`, `dbConfig`, `readOnly`, `enableCache`, `registryRoot`, `cacheId`, …). */
export interface RemoteInstanceFacts {
  readonly url: string | undefined;
  readonly children: ReadonlyMap<string, Sourced<string>>;
}

/** One `mount`. */
export interface MountFacts {
  readonly mountPath: string | undefined;
  readonly overwrite: string | undefined;
  readonly instanceId: Sourced<string> | undefined;
  readonly targetPath: Sourced<string> | undefined;
}
