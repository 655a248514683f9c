import type { InferredOptionTypes } from 'yargs';
import { roleNames } from '../cluster/roles';
import { databaseKindNames } from '../database/kinds';
import { inWords } from './in-words';

// Every value is read as a string: yargs takes `0x10` and ` 80` for numbers, and names only one wrong choice at a time.
// `chooseNode` looks at all values together.

/** An option that takes a value. */
export const value = { type: 'string', requiresArg: true } as const;

/** An option that takes a value and may be repeated. */
export const values = { type: 'string', requiresArg: true, array: true } as const;

/** An option without a value; `--json=no` is refused, and does not mean yes or no by chance. */
export const flag = { type: 'boolean', nargs: 0 } as const;

const home = { group: 'Home:' } as const;
const cluster = { group: 'Cluster:' } as const;
const node = { ...value, group: 'Node, where it is not as the cluster says:' } as const;
const database = { ...value, group: 'Database, where it is not as the cluster says:' } as const;

/** The option that names homes. */
export const homesOption = {
  home: {
    ...home,
    ...values,
    describe: 'Folder of a product, with bin and repository/conf; give each home that belongs together',
  },
} as const;

/** The options that name a cluster file and nodes of it. */
export const clusterOptions = {
  cluster: {
    ...cluster,
    ...value,
    describe: 'Cluster file; else CARBON_PATCH_CLUSTER, else carbon-cluster.yaml here',
  },
  node: {
    ...cluster,
    ...values,
    describe: 'Node of the cluster; all whose home is on this machine where none is named',
  },
  set: { ...cluster, ...values, describe: 'Value in place of one in the cluster file, such as nodes.worker1.offset=3' },
} as const;

/** What is known of the cluster options once they are parsed and checked. */
export type ClusterArguments = InferredOptionTypes<typeof clusterOptions>;

/** The option that skips the question. */
export const yesOption = {
  yes: { ...flag, alias: 'y', describe: 'Do not ask before writing; only a terminal is asked' },
} as const;

/** The options that say how results are printed. */
export const outputOptions = {
  json: { ...flag, describe: 'Print one JSON document on stdout, also where it is an error' },
  'show-secrets': { ...flag, describe: 'Do not mask passwords' },
} as const;

/** The options that say what node a home becomes, and how; `apply` and `diff` share them. */
export const nodeOptions = {
  ...clusterOptions,
  cluster: {
    ...clusterOptions.cluster,
    describe: `${clusterOptions.cluster.describe}, else the built-in example, for one home`,
  },
  role: { ...home, ...value, describe: `What one home is to become: ${inWords(roleNames)}` },
  home: { ...home, ...value, describe: 'Folder of the product, with bin and repository/conf' },
  only: { ...home, ...values, describe: 'Look at this file only, such as axis2.xml' },
  'dry-run': { ...flag, describe: 'Show what would change and write nothing' },
  ...yesOption,
  ...outputOptions,
  domain: { ...node, describe: 'Clustering domain' },
  host: { ...node, describe: 'localMemberHost: the IP address of this node' },
  'local-member-port': { ...node, describe: 'localMemberPort; not moved by the port offset' },
  'port-offset': { ...node, describe: 'Ports/Offset of carbon.xml' },
  'host-name': { ...node, describe: 'HostName: the virtual host of the cluster' },
  'mgt-host-name': { ...node, describe: 'MgtHostName: the virtual host of the management console' },
  member: { ...node, ...values, describe: 'Well-known member host:port' },
  'db-type': { ...database, describe: `Database product: ${inWords(databaseKindNames)}` },
  'db-url': { ...database, describe: 'JDBC URL; in the shared layout put {database} where the name goes' },
  'db-host': { ...database, describe: 'Database server, instead of a URL' },
  'db-port': { ...database, describe: 'Port of the database server' },
  'db-user': { ...database, describe: 'Database user' },
  'db-password-file': {
    ...database,
    describe: 'File with the database password; or set CARBON_PATCH_DB_PASSWORD. No option takes the password itself',
  },
  'jdbc-driver': {
    ...database,
    ...values,
    describe: 'Jar of the JDBC driver, for every node with datasources; undo removes it again',
  },
  'db-layout': {
    ...database,
    describe: 'single: one database for everything; shared: local, registry and user databases',
  },
} as const;

/** What is known of the node options once they are parsed and checked. */
export type NodeArguments = InferredOptionTypes<typeof nodeOptions>;
