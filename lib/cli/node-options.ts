import type { Argv, InferredOptionTypes } from 'yargs';
import { roleNames } from '../cluster/roles';
import { databaseKindNames } from '../database/kinds';

/** The option that names the home. */
export const homeOption = {
  home: {
    type: 'string',
    demandOption: true,
    requiresArg: true,
    normalize: true,
    describe: 'Product home: the folder that holds bin and repository/conf',
  },
} as const;

/** The options that say what node a home becomes; `apply` and `diff` share them. */
const nodeOptions = {
  role: { choices: roleNames, demandOption: true, requiresArg: true, describe: 'What the node is to become' },
  ...homeOption,
  only: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Look at this file only, such as axis2.xml; may be repeated',
  },
  domain: { type: 'string', requiresArg: true, describe: 'Clustering domain' },
  host: { type: 'string', requiresArg: true, describe: 'localMemberHost: the IP address of this node' },
  'local-member-port': { type: 'number', requiresArg: true, describe: 'localMemberPort; not moved by the offset' },
  'port-offset': { type: 'number', requiresArg: true, describe: 'Ports/Offset of carbon.xml' },
  'host-name': { type: 'string', requiresArg: true, describe: 'HostName: the virtual host of the cluster' },
  'mgt-host-name': { type: 'string', requiresArg: true, describe: 'MgtHostName: the virtual host of the console' },
  member: { type: 'string', array: true, requiresArg: true, describe: 'Well-known member host:port; may be repeated' },
  'db-type': { choices: databaseKindNames, requiresArg: true, describe: 'Database product' },
  'db-url': {
    type: 'string',
    requiresArg: true,
    describe: 'JDBC URL; with the shared layout put {database} where the name goes',
  },
  'db-host': { type: 'string', requiresArg: true, describe: 'Database server' },
  'db-port': { type: 'number', requiresArg: true, describe: 'Port of the database server' },
  'db-user': { type: 'string', requiresArg: true, describe: 'Database user' },
  'db-password-file': {
    type: 'string',
    requiresArg: true,
    normalize: true,
    describe: 'File with the database password; or set CARBON_PATCH_DB_PASSWORD',
  },
  'db-layout': {
    choices: ['single', 'shared'],
    requiresArg: true,
    describe: 'One database for all, or local, registry and user databases',
  },
  json: { type: 'boolean', default: false, describe: 'Print JSON' },
  'show-secrets': { type: 'boolean', default: false, describe: 'Do not mask passwords' },
} as const;

/** What yargs makes of the node options. */
export type NodeArguments = InferredOptionTypes<typeof nodeOptions>;

/** Declares the node options. */
export function withNodeOptions(yargs: Argv): Argv<NodeArguments> {
  return yargs
    .options(nodeOptions)
    .group(
      ['domain', 'host', 'local-member-port', 'port-offset', 'host-name', 'mgt-host-name', 'member'],
      'Instead of the example cluster:',
    )
    .group(['db-type', 'db-url', 'db-host', 'db-port', 'db-user', 'db-password-file', 'db-layout'], 'Database:');
}
