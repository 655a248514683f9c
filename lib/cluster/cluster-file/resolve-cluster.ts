import { operationProblem } from '../../patch/parse-operations';
import type { PatchOperation } from '../../patch/operations';
import { nearestName } from '../../text/nearest-name';
import { roleNames, roleOf } from '../roles';
import type { ClusterNode, ClusterTopology, ConfPatch, FrontEnd, SilencedRule } from '../topology';
import { pathText } from './check-form';
import { resolveDatabase, resolveRegistry } from './resolve-database';
import { machineOf, resolveNodes } from './resolve-nodes';
import { settle, stated, type Resolution } from './resolution';
import type { ClusterFile } from './schema';
import { lookUpSecret, type SecretSources } from './secrets';
import type { ValuePath } from './source';

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
  const [first, ...others] = resolveNodes(resolution, file, options.resolveHome);
  const nodes = [first as ClusterNode, ...others] as const;
  const frontEnd = resolveFrontEnd(resolution, file);
  refuseGroupPort(resolution, file, nodes, frontEnd);
  return {
    domain: stated(resolution, 'domain', file.domain),
    loadBalancerDomain: file.loadBalancer?.domain,
    membershipScheme: settle(
      resolution,
      { at: ['membershipScheme'], name: 'membershipScheme' },
      file.membershipScheme,
      {
        value: 'wka',
        because: 'default',
      },
    ),
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
  const switchedOn = (key: 'proxyPorts' | 'workerProxyPorts'): boolean =>
    settle(resolution, { at: ['loadBalancer', key], name: `loadBalancer.${key}` }, loadBalancer[key], {
      value: false,
      because: 'default',
    });
  const frontEnd = {
    hostName: stated(resolution, 'hostName', hostName),
    mgtHostName: settle(resolution, { at: ['mgtHostName'], name: 'mgtHostName' }, mgtHostName, {
      value: `mgt.${hostName}`,
      because: 'derived: mgt. and hostName',
    }),
    httpPort: port('httpPort', 80),
    httpsPort: port('httpsPort', 443),
    groupManagementPort: port('groupManagementPort', 5000),
    proxyPorts: switchedOn('proxyPorts'),
    workerProxyPorts: switchedOn('workerProxyPorts'),
  };
  if (frontEnd.httpPort === frontEnd.httpsPort) {
    const problem = `loadBalancer.httpsPort is the same as loadBalancer.httpPort, ${frontEnd.httpPort}; give each its own`;
    resolution.problems.push({ at: ['loadBalancer', 'httpsPort'], problem });
  }
  return frontEnd;
}

/** A load balancer of the Hazelcast era listens on its own port and on that of the group it manages. */
function refuseGroupPort(
  resolution: Resolution,
  file: ClusterFile,
  nodes: readonly ClusterNode[],
  { groupManagementPort }: FrontEnd,
): void {
  const frontMachines = nodes.filter(({ role }) => roleOf(role).isLoadBalancer).map((node) => machineOf(file, node));
  for (const [index, node] of nodes.entries()) {
    if (node.localMemberPort !== groupManagementPort || !frontMachines.includes(machineOf(file, node))) continue;
    const isStated = file.nodes[index]?.localMemberPort !== undefined;
    const whose = roleOf(node.role).isLoadBalancer ? 'its own' : 'that of the load balancer on its machine';
    resolution.problems.push({
      at: isStated ? ['nodes', index, 'localMemberPort'] : ['loadBalancer', 'groupManagementPort'],
      problem: `nodes[${index}].localMemberPort: ${node.name} would use ${groupManagementPort}, but loadBalancer.groupManagementPort is the same and ${whose}; choose another`,
    });
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
    svnUrl: stated(resolution, 'deploymentSynchronizer.svnUrl', values.svnUrl),
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
    resolution.problems.push({ at, problem: `${pathText(at)}: ${problem}; see docs/reference/operations.md` });
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
  at: ValuePath,
  nodes: readonly ClusterNode[],
): readonly string[] | undefined {
  return names?.flatMap((name, index) => {
    if (nodes.some((node) => node.name === name)) return [name];
    const ofRole = nodes.filter(({ role }) => role === name).map((node) => node.name);
    if (ofRole.length === 0 && !roleNames.some((role) => role === name))
      resolution.problems.push({ at: [...at, index], problem: noSuchNode(name, at, index, nodes) });
    return ofRole;
  });
}

function noSuchNode(name: string, at: ValuePath, index: number, nodes: readonly ClusterNode[]): string {
  const nearest = nearestName(name, [...nodes.map((node) => node.name), ...roleNames]);
  const advice = nearest === undefined ? 'name one of either' : `did you mean ${nearest}?`;
  return `${pathText([...at, index])}: ${name} is neither a node nor a role; ${advice}`;
}
