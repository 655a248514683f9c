import * as v from 'valibot';
import { databaseKindNames } from '../../database/kinds';
import { isHost } from '../host-form';
import { roleNames } from '../roles';

// Every message says what a value must be, so that it can follow the place and the name of the value.

/** A described value: the text goes into the published JSON Schema and into the reference page. */
function described<Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
): v.SchemaWithPipe<readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]> {
  return v.pipe(schema, v.description(description));
}

const text = v.pipe(
  v.string('must be text'),
  v.regex(/^\S(?:.*\S)?$/s, 'must not be empty, nor begin or end with white space'),
);

const plainName = v.pipe(
  v.string('must be text'),
  v.regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.:-]*$/u, 'must be a name of letters, digits and _ . : -'),
);

const host = v.pipe(v.string('must be a host name or address'), v.check(isHost, 'must be a host name or address'));

const address = v.pipe(
  v.string('must be an IP address'),
  v.regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/, 'must be an IP address'),
);

function whole(least: number, most: number): v.GenericSchema<number, number> {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
}

const port = whole(1, 65535);

/** The highest default port that the offset moves is 11111 (JMX); it must stay a port. */
const offset = whole(0, 65535 - 11111);

const flag = v.boolean('must be true or false');

const secret = v.union(
  [
    v.pipe(v.string(), v.minLength(1)),
    v.strictObject({
      env: described(v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/)), 'Name of an environment variable that holds it.'),
    }),
    v.strictObject({
      file: described(
        v.pipe(v.string(), v.minLength(1)),
        'Path of a file that holds it, from the folder of the cluster file.',
      ),
    }),
  ],
  'must be { env: NAME } or { file: PATH }, or text, which others can read then',
);

const member = v.pipe(
  v.string('must be host:port'),
  v.regex(/^.+:(?:[1-9]\d{0,4})$/, 'must be host:port'),
  v.check(
    (value) =>
      isHost(value.slice(0, value.lastIndexOf(':'))) && Number(value.slice(value.lastIndexOf(':') + 1)) < 65536,
    'must be host:port',
  ),
);

const databaseUser = v.strictObject(
  {
    username: described(text, 'Name of the database user.'),
    password: described(secret, 'Password of the database user.'),
  },
  'must be a map with username and password',
);

const names = v.array(plainName, 'must be a list of names');

const stringMap = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean()], 'must be text, a number, true or false'),
  'must be a map of names to values',
);

const node = v.strictObject(
  {
    name: described(plainName, 'Name of the node, by which it is called on the command line.'),
    role: described(v.picklist(roleNames, `must be one of ${roleNames.join(', ')}`), 'What the node is.'),
    host: described(
      host,
      'Machine it runs on: a name of hosts, or an IP address. Nodes of one machine must have the same.',
    ),
    home: v.optional(described(text, 'Folder of the product on its machine, from the folder of the cluster file.')),
    offset: v.optional(
      described(offset, 'Ports/Offset of carbon.xml. Default: the lowest that no other node of its machine has.'),
    ),
    localMemberPort: v.optional(
      described(port, 'Port for cluster messages; not moved by offset. Default: the lowest from 4000 on that is free.'),
    ),
    localMemberHost: v.optional(described(host, 'Address that the node advertises. Default: the address of its host.')),
    memberHost: v.optional(
      described(
        host,
        'How others list it as a member. Default: its address in the Hazelcast era, its host in the Tribes era.',
      ),
    ),
    members: v.optional(
      described(
        v.array(member, 'must be a list of host:port'),
        'Well-known members this node lists, as host:port. Default: follows from the roles.',
      ),
    ),
    subDomain: v.optional(
      described(plainName, 'Sub-domain it advertises. Default: mgt for a manager, worker for a worker.'),
    ),
    properties: v.optional(described(stringMap, 'Further member properties in axis2.xml, by name.')),
    hostName: v.optional(described(host, 'HostName of this node, where it is not that of the cluster.')),
    mgtHostName: v.optional(described(host, 'MgtHostName of this node, where it is not that of the cluster.')),
    localRegistryDatabase: v.optional(
      described(
        v.union([plainName, v.literal(false)], 'must be the name of a database, or false'),
        'Database of its own local registry; false leaves the local registry of the home as it is.',
      ),
    ),
  },
  'must be a map with name, role and host',
);

const patch = v.strictObject(
  {
    file: described(
      v.pipe(text, v.regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\]+$/, 'must be a path inside the conf folder')),
      'XML file, from the conf folder, such as axis2/axis2.xml.',
    ),
    nodes: v.optional(described(names, 'Names of nodes, or of roles, that it is for. Default: all.')),
    namespaces: v.optional(
      described(v.record(v.string(), text, 'must be a map of prefixes to namespaces'), 'Prefixes for the XPaths.'),
    ),
    operations: described(
      v.pipe(v.array(v.unknown(), 'must be a list of operations'), v.minLength(1, 'must not be empty')),
      'What to do there, one after the other; see the reference of operations.',
    ),
  },
  'must be a map with file and operations',
);

const silence = v.strictObject(
  {
    rule: described(
      v.pipe(v.string('must be the code of a rule'), v.regex(/^R\d\d$/, 'must be the code of a rule, such as R40')),
      'Code of the rule.',
    ),
    reason: described(text, 'Why its findings do not matter here.'),
    nodes: v.optional(described(names, 'Names of nodes, or of roles, that it is silent for. Default: all.')),
  },
  'must be a map with rule and reason',
);

/** The one schema of the cluster file. Keys without `optional` must be there. */
export const clusterFileSchema = v.strictObject(
  {
    domain: described(text, 'Clustering domain of the managers and workers.'),
    membershipScheme: v.optional(
      described(
        v.picklist(['wka', 'multicast'], 'must be wka or multicast'),
        'How members find each other: by a list of well-known members, or by multicast in one network. Default: wka.',
      ),
    ),
    hostName: described(host, 'Virtual host of the cluster: what clients call, and HostName of its nodes.'),
    mgtHostName: v.optional(
      described(host, 'Virtual host of the management console: MgtHostName of managers. Default: mgt. and hostName.'),
    ),
    loadBalancer: v.optional(
      described(
        v.strictObject(
          {
            httpPort: v.optional(described(port, 'Port that clients call for http. Default: 80.')),
            httpsPort: v.optional(described(port, 'Port that clients call for https. Default: 443.')),
            groupManagementPort: v.optional(
              described(port, 'group_mgt_port, where an ELB of the Hazelcast era takes members in. Default: 5000.'),
            ),
            domain: v.optional(
              described(text, 'Group of the load balancers themselves. Default: what their axis2.xml has.'),
            ),
          },
          'must be a map',
        ),
        'What stands in front of the nodes.',
      ),
    ),
    hosts: v.optional(
      described(
        v.record(v.string(), address, 'must be a map of host names to IP addresses'),
        'IP addresses by host name: of the machines, of the database server and of the virtual hosts.',
      ),
    ),
    database: described(
      v.strictObject(
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
          url: v.optional(
            described(text, 'JDBC URL; {database} stands for the name where several databases are needed.'),
          ),
          username: described(text, 'Name of the database user.'),
          password: v.optional(
            described(
              secret,
              'Password of the database user. Default: the environment variable CARBON_PATCH_DB_PASSWORD.',
            ),
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
                    described(
                      plainName,
                      'Database of API Manager. Default: apimgtdb, in the place of an embedded one.',
                    ),
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
                  local: v.optional(databaseUser),
                  registry: v.optional(databaseUser),
                  users: v.optional(databaseUser),
                  single: v.optional(databaseUser),
                  apiManager: v.optional(databaseUser),
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
      ),
      'The central database.',
    ),
    registry: v.optional(
      described(
        v.strictObject(
          {
            instanceId: v.optional(
              described(plainName, 'id of the remoteInstance. Default: what the home has, else its product.'),
            ),
            configTargetPath: v.optional(
              described(
                registryPath(),
                'Where /_system/config is mounted. Default: what the home has, else its product.',
              ),
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
        ),
        'How the shared registry is mounted.',
      ),
    ),
    deploymentSynchronizer: v.optional(
      described(
        v.strictObject(
          {
            repositoryType: v.optional(
              described(v.picklist(['svn', 'git'], 'must be svn or git'), 'Kind of repository. Default: svn.'),
            ),
            svnUrl: described(text, 'URL of the repository.'),
            svnUser: v.optional(described(text, 'User of the repository.')),
            svnPassword: v.optional(described(secret, 'Password of the repository.')),
            svnUrlAppendTenantId: v.optional(
              described(flag, 'Whether each tenant has a folder of its own. Default: true.'),
            ),
          },
          'must be a map with svnUrl',
        ),
        'Deployment synchronizer of carbon.xml: the first manager commits, all check out. Left as it is by default.',
      ),
    ),
    nodes: described(
      v.pipe(v.array(node, 'must be a list of nodes'), v.minLength(1, 'must hold at least one node')),
      'The servers.',
    ),
    patches: v.optional(
      described(
        v.array(patch, 'must be a list of patches'),
        'Operations of your own on any XML file of the conf folder.',
      ),
    ),
    silence: v.optional(
      described(v.array(silence, 'must be a list of rules'), 'Rules of check that are not to be reported, and why.'),
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

/** A cluster file whose values all have the right form. */
export type ClusterFile = v.InferOutput<typeof clusterFileSchema>;

/** A secret as the cluster file names it. */
export type SecretReference = v.InferOutput<typeof secret>;
