import type { DatabasePurpose } from '../../cluster/topology';

/** A datasource by the name it is registered under and the JNDI name by which other files look it up. */
export interface DatasourceName {
  readonly name: string;
  readonly jndiName: string;
}

/** A datasource that ships with a product and whose data the nodes have to share. */
export interface SharedDatasource extends DatasourceName {
  readonly description: string;
  readonly purpose: DatabasePurpose;
  /** The database it gets where the cluster names none. */
  readonly database: string;
}

/** Tables that a product keeps of its own, beside those of the registry and of users. */
export interface OwnTables {
  /** The file of the conf folder that looks their datasource up, by its last name. */
  readonly file: string;
  /** The folder of `dbscripts` with the scripts that make them. */
  readonly scripts: string;
  /** Some that every release makes, from all over the script, so that one which stopped in the middle shows. */
  readonly tables: readonly string[];
}

/** What a product calls the things of a cluster in a home that has no names of its own for them yet. */
export interface ProductNames {
  readonly registry: DatasourceName;
  readonly users: DatasourceName;
  /** `dbConfig` of the shared registry. */
  readonly dbConfig: string;
  /** `remoteInstance/id`. */
  readonly instanceId: string;
  /** `remoteInstance/@url`; Carbon does not open it where there is a `dbConfig`, but it has to be a URL. */
  readonly instanceUrl: string;
  readonly configTargetPath: string;
  readonly governanceTargetPath: string;
}

/** A part that some products ship with and others do not, and that listens once the server runs. */
export type ShippedPart =
  'broker' | 'thriftEvents' | 'binaryEvents' | 'webSocket' | 'keyValidation' | 'embeddedLdap' | 'bigData';

/** Major versions of a product: those from `from` on, and before `before` where it is given. */
export interface MajorVersions {
  readonly from: number;
  readonly before?: number;
}

/** A WSO2 product on Carbon 4; facts, no code. */
export interface Product {
  /** As people write it. */
  readonly label: string;
  /** Matches the `ServerKey` of its carbon.xml. */
  readonly serverKey: RegExp;
  /** Matches its `Name`, for a carbon.xml without a key that is known; people rename it. */
  readonly serverName: RegExp;
  readonly names: ProductNames;
  readonly shared: readonly SharedDatasource[];
  readonly ownTables: readonly OwnTables[];
  /** The parts that are switched on as the product comes, with the versions that have them ("Default Ports of WSO2 Products"). */
  readonly parts: Readonly<Partial<Record<ShippedPart, MajorVersions>>>;
}

/** The names of the cluster guides, which most products have no others for. */
export const guideNames: ProductNames = {
  registry: { name: 'WSO2_REGISTRY_DB', jndiName: 'jdbc/WSO2RegistryDB' },
  users: { name: 'WSO2_USER_DB', jndiName: 'jdbc/WSO2UMDB' },
  dbConfig: 'sharedregistry',
  instanceId: 'instanceid',
  instanceUrl: 'https://localhost:9443/registry',
  configTargetPath: '/_system/asNodes',
  governanceTargetPath: '/_system/governance',
};
