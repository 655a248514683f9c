import { operationProblem } from '../../patch/parse-operations';
import type { PatchOperation } from '../../patch/operations';
import { roleNames, roleOf } from '../roles';
import type { ClusterNode, ClusterTopology, ConfPatch, FrontEnd, SilencedRule } from '../topology';
import { resolveDatabase, resolveRegistry } from './resolve-database';
import { resolveNodes } from './resolve-nodes';
import { settle, type Resolution } from './resolution';
import type { ClusterFile } from './schema';
import { lookUpSecret, type SecretSources } from './secrets';

/** What resolving a cluster file needs of the world. */
export interface ResolveOptions {
  readonly secrets: SecretSources;
  /** The home of a node as the file names it, as an absolute path. */
  readonly resolveHome: (home: string) => string;
}

/**
 * The topology that a cluster file means, with everything derived that it leaves out. Problems between values are noted in
 * `resolution`; where there is one, what is given back must not be used.
 */
export function resolveCluster(resolution: Resolution, file: ClusterFile, options: ResolveOptions): ClusterTopology {
  const top = (
    key: 'domain' | 'membershipScheme' | 'hostName' | 'mgtHostName',
  ): { at: readonly string[]; name: string } => ({
    at: [key],
    name: key,
  });
  const [first, ...others] = resolveNodes(resolution, file, options.resolveHome);
  const nodes = [first as ClusterNode, ...others] as const;
  const frontEnd = resolveFrontEnd(resolution, file);
  checkLoadBalancers(resolution, file, nodes, frontEnd);
  return {
    domain: settle(resolution, top('domain'), file.domain, { value: '', because: '' }),
    loadBalancerDomain: file.loadBalancer?.domain,
    membershipScheme: settle(resolution, top('membershipScheme'), file.membershipScheme, {
      value: 'wka',
      because: 'default',
    }),
    frontEnd,
    hosts: file.hosts ?? {},
    database: resolveDatabase(resolution, file.database, options.secrets),
    registry: resolveRegistry(resolution, file),
    deploymentSynchronizer: resolveSynchronizer(resolution, file, options.secrets),
    nodes,
    patches: (file.patches ?? []).map((patch, index) => resolvePatch(resolution, patch, index, nodes)),
    silencedRules: (file.silence ?? []).map((entry, index): SilencedRule => ({
      rule: entry.rule,
      reason: entry.reason,
      nodes: resolveNames(resolution, entry.nodes, ['silence', index, 'nodes'], nodes),
    })),
  };
}

function resolveFrontEnd(resolution: Resolution, { hostName, mgtHostName, loadBalancer = {} }: ClusterFile): FrontEnd {
  const port = (key: 'httpPort' | 'httpsPort' | 'groupManagementPort', value: number): number =>
    settle(resolution, { at: ['loadBalancer', key], name: `loadBalancer.${key}` }, loadBalancer[key], {
      value,
      because: 'default',
    });
  const frontEnd = {
    hostName: settle(resolution, { at: ['hostName'], name: 'hostName' }, hostName, { value: hostName, because: '' }),
    mgtHostName: settle(resolution, { at: ['mgtHostName'], name: 'mgtHostName' }, mgtHostName, {
      value: `mgt.${hostName}`,
      because: 'derived: mgt. and hostName',
    }),
    httpPort: port('httpPort', 80),
    httpsPort: port('httpsPort', 443),
    groupManagementPort: port('groupManagementPort', 5000),
  };
  if (frontEnd.httpPort === frontEnd.httpsPort) {
    const problem = `loadBalancer.httpsPort: is the same as loadBalancer.httpPort, ${frontEnd.httpPort}; give each its own`;
    resolution.problems.push({ at: ['loadBalancer', 'httpsPort'], problem });
  }
  return frontEnd;
}

/** A load balancer of the Hazelcast era listens on its own port and on that of the group it manages. */
function checkLoadBalancers(
  resolution: Resolution,
  file: ClusterFile,
  nodes: readonly ClusterNode[],
  { groupManagementPort }: FrontEnd,
): void {
  for (const [index, { role, name, localMemberPort, host }] of nodes.entries()) {
    const isFront = roleOf(role).isLoadBalancer;
    const clashes = nodes.some((node) => roleOf(node.role).isLoadBalancer && node.host === host);
    if (!clashes || localMemberPort !== groupManagementPort) continue;
    const at =
      file.nodes[index]?.localMemberPort === undefined
        ? ['loadBalancer', 'groupManagementPort']
        : ['nodes', index, 'localMemberPort'];
    const whose = isFront ? 'its own' : 'the load balancer’s';
    const problem = `nodes[${index}].localMemberPort: ${name} would use ${groupManagementPort}, which is ${whose} groupManagementPort; choose another`;
    resolution.problems.push({ at, problem });
  }
}

function resolveSynchronizer(
  resolution: Resolution,
  { deploymentSynchronizer: values }: ClusterFile,
  secrets: SecretSources,
): ClusterTopology['deploymentSynchronizer'] {
  if (values === undefined) return undefined;
  const name = (key: string): { at: readonly string[]; name: string } => ({
    at: ['deploymentSynchronizer', key],
    name: `deploymentSynchronizer.${key}`,
  });
  return {
    repositoryType: settle(resolution, name('repositoryType'), values.repositoryType, {
      value: 'svn',
      because: 'default',
    }),
    svnUrl: settle(resolution, name('svnUrl'), values.svnUrl, { value: '', because: '' }),
    svnUser: values.svnUser,
    svnPassword:
      values.svnPassword === undefined
        ? undefined
        : lookUpSecret(resolution, name('svnPassword'), values.svnPassword, secrets),
    svnUrlAppendTenantId: settle(resolution, name('svnUrlAppendTenantId'), values.svnUrlAppendTenantId, {
      value: true,
      because: 'default',
    }),
  };
}

function resolvePatch(
  resolution: Resolution,
  { file, nodes: names, namespaces = {}, operations }: NonNullable<ClusterFile['patches']>[number],
  index: number,
  nodes: readonly ClusterNode[],
): ConfPatch {
  for (const [position, operation] of operations.entries()) {
    const problem = operationProblem(operation);
    if (problem === undefined) continue;
    const at = ['patches', index, 'operations', position];
    resolution.problems.push({ at, problem: `patches[${index}].operations[${position}]: ${problem}` });
  }
  return {
    file,
    nodes: resolveNames(resolution, names, ['patches', index, 'nodes'], nodes),
    namespaces,
    // Each was looked at above; one that is none is among the problems.
    operations: operations as readonly PatchOperation[],
  };
}

/** Names of nodes, or of roles, as names of nodes; a node that is called like a role is meant before the role. */
function resolveNames(
  resolution: Resolution,
  names: readonly string[] | undefined,
  at: readonly (string | number)[],
  nodes: readonly ClusterNode[],
): readonly string[] | undefined {
  return names?.flatMap((name, index) => {
    if (nodes.some((node) => node.name === name)) return [name];
    const ofRole = nodes.filter(({ role }) => role === name).map((node) => node.name);
    if (ofRole.length === 0 && !roleNames.some((role) => role === name))
      resolution.problems.push({ at: [...at, index], problem: `${name} is neither a node nor a role` });
    return ofRole;
  });
}
