import * as v from 'valibot';
import { databaseSchema, registrySchema } from './database-schema';
import { nodeSchema } from './node-schema';
import { described, text, host, address, port, flag, secret, names } from './value-schemas';

const prefix = v.pipe(
  v.string('must be a prefix'),
  v.regex(/^[\p{L}_][\p{L}\p{N}_.-]*$/u, 'must be a prefix of letters, digits and _ . -'),
);

const patchSchema = v.strictObject(
  {
    file: described(
      v.pipe(
        v.string('must be text'),
        v.regex(
          /^(?![\s/])(?!.*\s$)(?!.*(?:^|\/)\.\.?(?:\/|$))[ -[\]-~\u00a0-\uffff]+$/,
          'must be a path inside the conf folder, such as axis2/axis2.xml',
        ),
      ),
      'XML file, from the conf folder, such as axis2/axis2.xml.',
    ),
    nodes: v.optional(described(names, 'Names of nodes, or of roles, that it is for. Default: all.')),
    namespaces: v.optional(
      described(v.record(prefix, text, 'must be a map of prefixes to namespaces'), 'Prefixes for the XPaths.'),
    ),
    operations: described(
      v.pipe(v.array(v.unknown(), 'must be a list of operations'), v.minLength(1, 'must not be empty')),
      'What to do there, one after the other; see the reference of operations.',
    ),
  },
  'must be a map with file and operations',
);

const silenceSchema = v.strictObject(
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
            proxyPorts: v.optional(
              described(
                flag,
                'Whether proxyPort of catalina-server.xml is set to the ports above on managers and workers. Default: false, left as it is.',
              ),
            ),
            workerProxyPorts: v.optional(
              described(
                flag,
                'Whether managers, where they are not behind the load balancer themselves, get the ports above as WorkerHttpProxyPort and WorkerHttpsProxyPort of carbon.xml (Carbon 4.4.11 and later). Default: false, left as it is.',
              ),
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
        v.record(host, address, 'must be a map of host names to IP addresses'),
        'IP addresses by host name: of the machines, of the database server and of the virtual hosts.',
      ),
    ),
    database: described(databaseSchema, 'The central database.'),
    registry: v.optional(described(registrySchema, 'How the shared registry is mounted.')),
    deploymentSynchronizer: v.optional(
      described(
        v.strictObject(
          {
            repositoryType: v.optional(
              described(v.picklist(['svn', 'git'], 'must be svn or git'), 'Kind of repository. Default: svn.'),
            ),
            svnUrl: described(text, 'URL of the repository; SvnUrl of carbon.xml, for git GitBaseUrl.'),
            svnUser: v.optional(described(text, 'User of the repository; SvnUser, for git GitUserName.')),
            svnPassword: v.optional(described(secret, 'Password of the repository; SvnPassword, for git GitPassword.')),
            svnUrlAppendTenantId: v.optional(
              described(flag, 'Whether each tenant has a folder of its own; svn only. Default: true.'),
            ),
          },
          'must be a map with svnUrl',
        ),
        'Deployment synchronizer of carbon.xml: the first manager commits, all check out. Left as it is by default.',
      ),
    ),
    nodes: described(
      v.pipe(v.array(nodeSchema, 'must be a list of nodes'), v.minLength(1, 'must hold at least one node')),
      'The servers.',
    ),
    patches: v.optional(
      described(
        v.array(patchSchema, 'must be a list of patches'),
        'Operations of your own on any XML file of the conf folder.',
      ),
    ),
    silence: v.optional(
      described(
        v.array(silenceSchema, 'must be a list of rules'),
        'Rules of check that are not to be reported, and why.',
      ),
    ),
  },
  'must be a map',
);

/** A cluster file whose values all have the right form. */
export type ClusterFile = v.InferOutput<typeof clusterFileSchema>;

/** A secret as the cluster file names it. */
export type SecretReference = v.InferOutput<typeof secret>;
