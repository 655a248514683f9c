import * as v from 'valibot';
import { databaseKindNames } from '../../database/kinds';
import { described, text, plainName, host, whole, port, secret, stringMap } from './value-schemas';

const databaseUser = v.strictObject(
  {
    username: described(text, 'Name of the database user.'),
    password: described(secret, 'Password of the database user.'),
  },
  'must be a map with username and password',
);

/** The central database of a cluster file. */
export const databaseSchema = v.strictObject(
  {
    layout: v.optional(
      described(
        v.picklist(['shared', 'single'], 'must be shared or single'),
        'shared: a local registry a node, one registry and one user database for all; single: one database for everything. Default: shared.',
      ),
    ),
    kind: v.optional(
      described(
        v.picklist(databaseKindNames, `must be one of ${databaseKindNames.join(', ')}`),
        'Database product. Default: that of url, else mysql.',
      ),
    ),
    host: v.optional(described(host, 'Database server; give this or url.')),
    port: v.optional(described(port, 'Port of the server. Default: the usual one of the product.')),
    url: v.optional(described(text, 'JDBC URL; {database} stands for the name where several databases are needed.')),
    username: described(text, 'Name of the database user.'),
    password: v.optional(
      described(secret, 'Password of the database user. Default: the environment variable CARBON_PATCH_DB_PASSWORD.'),
    ),
    names: v.optional(
      described(
        v.strictObject(
          {
            registry: v.optional(described(plainName, 'Shared registry. Default: REGISTRY_DB.')),
            users: v.optional(described(plainName, 'Users and roles. Default: WSO2_USER_DB.')),
            local: v.optional(
              described(
                v.union([text, v.literal(false)], 'must be a name with {number} or {node}, or false'),
                'Local registry a node; {number} counts the nodes from 1 and {node} is the name. false leaves it as it is. Default: REGISTRY_LOCAL{number}.',
              ),
            ),
            single: v.optional(described(plainName, 'The one database of layout single. Default: carbondb.')),
            apiManager: v.optional(
              described(plainName, 'Database of API Manager. Default: apimgtdb, in the place of an embedded one.'),
            ),
          },
          'must be a map',
        ),
        'Names of the databases.',
      ),
    ),
    users: v.optional(
      described(
        v.strictObject(
          {
            local: v.optional(described(databaseUser, 'User of the local registries.')),
            registry: v.optional(described(databaseUser, 'User of the shared registry.')),
            users: v.optional(described(databaseUser, 'User of the database of users and roles.')),
            single: v.optional(described(databaseUser, 'User of the one database of layout single.')),
            apiManager: v.optional(described(databaseUser, 'User of the database of API Manager.')),
          },
          'must be a map of local, registry, users, single, apiManager',
        ),
        'Users of single databases, where they are not the one above.',
      ),
    ),
    pool: v.optional(described(stringMap, 'Settings of every datasource of the cluster, such as maxActive: 50.')),
    maxConnections: v.optional(
      described(whole(1, 1_000_000), 'How many connections the server allows; check compares the pools with it.'),
    ),
  },
  'must be a map',
);

/** How the shared registry is mounted. */
export const registrySchema = v.strictObject(
  {
    instanceId: v.optional(
      described(plainName, 'id of the remoteInstance. Default: what the home has, else its product.'),
    ),
    configTargetPath: v.optional(
      described(registryPath(), 'Where /_system/config is mounted. Default: what the home has, else its product.'),
    ),
    governanceTargetPath: v.optional(
      described(registryPath(), 'Where /_system/governance is mounted. Default: /_system/governance.'),
    ),
    overwrite: v.optional(
      described(
        v.union([v.boolean(), v.literal('virtual')], 'must be true, false or virtual'),
        'overwrite of the mounts: true deletes what is in the way, virtual covers it. Default: true for a new mount; one that is there keeps its own.',
      ),
    ),
  },
  'must be a map',
);

function registryPath(): v.GenericSchema<string, string> {
  return v.pipe(
    v.string('must be a path of the registry'),
    v.regex(/^\/[^\s/]+(?:\/[^\s/]+)*$/, 'must be a path of the registry, such as /_system/config'),
  );
}
