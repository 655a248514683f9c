import type { Sourced } from '../../carbon/facts/sourced';
import { roleOf } from '../../cluster/roles';
import { appNodes } from '../app-nodes';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusteredNodes, type ClusteredNode } from '../clustered-nodes';
import { declarationsIn, frontListeners, readBalancers, type Listener } from '../load-balancers';
import { listWords } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** The management console is reached through the load balancer, and nothing else is. */
export const portMappingsRight: Rule = {
  title: 'Managers behind a load balancer map its ports to their servlet ports, and workers map none.',
  why: 'The load balancer forwards a request on its port P to port.mapping.P of the member: without it the console answers 404, with a wrong port the member is not even added ("Could not add application member"), and on a worker requests miss its services.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => {
    const front = frontListeners(cluster);
    return clusteredNodes(appNodes(cluster)).flatMap((node) => {
      const mappings = mappingsOf(node);
      const listeners = isBehindBalancer(cluster, node) ? front : [];
      if (!roleOf(node.node.role).servesConsole) return strayFindings(cluster, node.node, mappings);
      return [
        ...missingFindings(cluster, node, mappings, listeners),
        ...mappings.flatMap((mapping) => mappingFindings(cluster, node.node, mapping, listeners)),
      ];
    });
  },
};

/** Homes that are checked without a cluster file need not belong together: the load balancer says whom it takes in. */
function isBehindBalancer(cluster: CheckedCluster, { clustering }: ClusteredNode): boolean {
  if (cluster.topology !== undefined) return true;
  const domain = clustering.parameters.get('domain')?.value;
  return readBalancers(cluster).some((balancer) => declarationsIn(balancer).some((one) => one.domain === domain));
}

interface Mapping {
  /** The port of the load balancer, as written behind `port.mapping.`. */
  readonly from: string;
  readonly to: Sourced<string>;
}

const prefix = 'port.mapping.';

function mappingsOf({ clustering }: ClusteredNode): readonly Mapping[] {
  return [...clustering.properties].flatMap(([name, to]) =>
    name.startsWith(prefix) ? [{ from: name.slice(prefix.length), to }] : [],
  );
}

/** What the cluster file states for a node is somebody's wish. */
function strayFindings(cluster: CheckedCluster, node: CheckedNode, mappings: readonly Mapping[]): readonly Finding[] {
  const stray = mappings.filter(({ from }) => node.node?.properties[`${prefix}${from}`] === undefined);
  const [first] = stray;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: [node],
      place: placeOf(first.to),
      what: `a ${node.role} has ${listWords(stray.map(shown), 'more')}: requests at that port of the load balancer go past its services`,
      fix: 'remove the property from workers; only managers need it',
      ...applyCommand(cluster),
    },
  ];
}

/** With a cluster file for each of its ports; else where a manager maps none at all, as it may have listeners of its own. */
function missingFindings(
  cluster: CheckedCluster,
  { node, clustering }: ClusteredNode,
  mappings: readonly Mapping[],
  listeners: readonly Listener[],
): readonly Finding[] {
  const mapped = new Set(mappings.map(({ from }) => Number(from)));
  const wanted = cluster.topology === undefined ? listeners : plannedOf(cluster, listeners);
  const missing = wanted.filter(({ port }) => !mapped.has(port));
  if (missing.length === 0 || (cluster.topology === undefined && mappings.length > 0)) return [];
  const advice = missing.map((listener) => `${prefix}${listener.port}=${servletPort(node, listener.isSecure) ?? '…'}`);
  return [
    {
      severity: 'warning',
      nodes: [node],
      place: placeOf(clustering.properties.get('subDomain') ?? clustering.enabled),
      what: `the load balancer listens at ${listWords(portsIn(missing), 'more')}, and there is no ${prefix}* for that`,
      fix: `add ${advice.length === 1 ? 'the property' : 'the properties'} ${listWords(advice, 'more')}`,
      ...applyCommand(cluster),
    },
  ];
}

/** A load balancer may have more listeners than the cluster file plans for. */
function plannedOf({ topology }: CheckedCluster, listeners: readonly Listener[]): readonly Listener[] {
  const planned = [topology?.frontEnd.httpPort, topology?.frontEnd.httpsPort];
  return listeners.filter(({ port }) => planned.includes(port));
}

function mappingFindings(
  cluster: CheckedCluster,
  node: CheckedNode,
  mapping: Mapping,
  listeners: readonly Listener[],
): readonly Finding[] {
  const listener = listeners.find(({ port }) => String(port) === mapping.from);
  const common = { severity: 'error', nodes: [node], place: placeOf(mapping.to), ...applyCommand(cluster) } as const;
  if (listener === undefined && listeners.length > 0)
    return [
      {
        ...common,
        what: `${shown(mapping)} maps a port at which no load balancer listens; they listen at ${listWords(portsIn(listeners), 'more')}`,
        fix: `map the ports ${listWords(portsIn(listeners), 'more')}, and remove this one`,
      },
    ];
  const right = listener === undefined ? servletPorts(node) : [servletPort(node, listener.isSecure)].filter(isKnown);
  if (right.length === 0 || right.includes(Number(mapping.to.value))) return [];
  return [
    {
      ...common,
      what: `${shown(mapping)}, but the ${schemeOf(listener)}servlet port of ${node.name} is ${right.join(' or ')}, the offset included`,
      fix: `set ${prefix}${mapping.from} to ${right.join(' or ')}`,
    },
  ];
}

function schemeOf(listener: Listener | undefined): string {
  if (listener === undefined) return '';
  return listener.isSecure ? 'https ' : 'http ';
}

function servletPort({ ports }: CheckedNode, isSecure: boolean): number | undefined {
  return ports.find(({ feature, setting }) => feature === 'servlet' && setting.startsWith(isSecure ? 'https' : 'http '))
    ?.port;
}

function servletPorts({ ports }: CheckedNode): readonly number[] {
  return ports.filter(({ feature }) => feature === 'servlet').map(({ port }) => port);
}

function isKnown(port: number | undefined): port is number {
  return port !== undefined;
}

function shown({ from, to }: Mapping): string {
  return `${prefix}${from}=${to.value}`;
}

function portsIn(listeners: readonly Listener[]): readonly string[] {
  return [...new Set(listeners.map(({ port }) => String(port)))];
}
