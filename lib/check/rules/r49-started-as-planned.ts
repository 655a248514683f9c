import { roleOf } from '../../cluster/roles';
import { isEmbeddedUrl } from '../../database/database-kind';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';
import { scriptOption, startScriptOf, type StartScript } from '../start-script';
import { localRegistryOf } from '../used-databases';

/** How each node is started. */
export const startedAsPlanned: Rule = {
  title: 'Workers are started with -DworkerNode=true and managers without; what to type is told for each node.',
  why: 'A worker that starts without it serves the management console too; a manager that starts with it has none.',
  severities: ['warning', 'info'],
  evaluate: (cluster) => cluster.nodes.map((node) => contradiction(node) ?? command(cluster, node)),
};

/** The shipped `-DworkerNode=false` says nothing: an option on the command line comes after it and wins. */
function contradiction(node: CheckedNode): Finding | undefined {
  const script = startScriptOf(node.facts);
  const option = script && scriptOption(script, '-DworkerNode=');
  if (option?.value !== 'true' || (!roleOf(node.role).writesRegistry && !roleOf(node.role).isLoadBalancer))
    return undefined;
  return {
    severity: 'warning',
    nodes: [node],
    place: placeOf(option),
    what: `${option.path} of ${node.name} starts it as a worker (-DworkerNode=true), but it is ${roleOf(node.role).isLoadBalancer ? 'a load balancer' : 'a manager'}`,
    fix: 'take -DworkerNode=true out of the start script',
  };
}

function command(cluster: CheckedCluster, node: CheckedNode): Finding {
  const script = startScriptOf(node.facts);
  const text = commandOf(node, script);
  const hint = needsTables(cluster, node)
    ? '; add -Dsetup to its very first start unless the scripts of dbscripts were run, it makes the tables that are missing'
    : '';
  return {
    severity: 'info',
    nodes: [node],
    place: undefined,
    what: `${node.name} is started in its home with ${text}${hint}`,
    fix: orderOf(cluster),
  };
}

/** Who is joined is there before who joins. */
function orderOf({ nodes, topology }: CheckedCluster): string {
  const roles = (topology?.nodes ?? nodes).map(({ role }) => roleOf(role));
  const kinds = [
    ...(roles.some(({ isLoadBalancer }) => isLoadBalancer) ? ['the load balancer'] : []),
    ...(roles.some(({ writesRegistry }) => writesRegistry) ? ['the manager'] : []),
    ...(roles.some(({ isLoadBalancer, writesRegistry }) => !isLoadBalancer && !writesRegistry) ? ['the workers'] : []),
  ];
  return kinds.length < 2 ? 'start the nodes one after the other' : `start ${kinds.join(', then ')}`;
}

function commandOf(node: CheckedNode, script: StartScript | undefined): string {
  const path = script?.path ?? (node.facts.home.confFolder === 'conf' ? 'bin/integrator.sh' : 'bin/wso2server.sh');
  const isStated = script !== undefined && scriptOption(script, '-DworkerNode=')?.value === 'true';
  const option = isWorker(node) && !isStated ? ' -DworkerNode=true' : '';
  if (path.endsWith('.bat')) return path.replaceAll('/', '\\') + option;
  return `${listensLow(node) ? 'sudo -E ' : ''}sh ${path}${option}`;
}

/** Only root may listen below 1024. */
function listensLow({ ports }: CheckedNode): boolean {
  return ports.some(({ port }) => port < 1024);
}

/** Without a cluster file only a read-only registry tells a worker: some products have no workers, and look like one. */
function isWorker({ node, role, facts }: CheckedNode): boolean {
  if (roleOf(role).writesRegistry || roleOf(role).isLoadBalancer) return false;
  const instances = facts.registry?.remoteInstances ?? [];
  return node !== undefined || instances.some(({ value }) => value.children.get('readOnly')?.value === 'true');
}

/** Of several managers the first, as nodes that make tables at the same time get in each other's way. */
function needsTables({ nodes }: CheckedCluster, node: CheckedNode): boolean {
  const first = nodes.find(({ role }) => roleOf(role).writesRegistry);
  const url = localRegistryOf(node.facts)?.url?.value;
  return node === first && !node.facts.home.hasBeenStarted && url !== undefined && !isEmbeddedUrl(url);
}
