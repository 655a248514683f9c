import { effectiveOffset } from '../../carbon/ports/effective-offset';
import { portCollisions, type PortCollision } from '../../carbon/ports/port-collisions';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { groupBy } from '../group-by';
import { freeOffset } from '../machine-ports';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, FindingPlace, Rule } from '../rule';
import { isAboutMemberPorts } from './r08-member-ports-distinct';

/** Every port of a machine has one listener. */
export const portsTakenOnce: Rule = {
  title: 'No port of a machine is wanted by two servers, or by two settings of one.',
  why: 'The server that starts last cannot open the port: its start fails, or the service behind the port is missing.',
  severities: ['error'],
  evaluate: (cluster) => {
    const collisions = portCollisions(cluster.nodes).filter((one) => !isAboutMemberPorts(one) && !isAboutGroups(one));
    const numbers = new Map(cluster.nodes.map((node, index) => [node, index]));
    const keyOf = (one: Collision): string =>
      nodesOf(one)
        .map((node) => numbers.get(node))
        .join();
    return [...groupBy(collisions, keyOf).values()].map((group) => findingOf(cluster, group));
  },
};

type Collision = PortCollision<CheckedNode>;
type Collisions = readonly [Collision, ...Collision[]];

/** What a load balancer wants twice for its groups, `loadbalancer.conf` has to be looked at for (R20). */
function isAboutGroups(collision: Collision): boolean {
  const features = new Set(collision.uses.map(({ port }) => port.feature));
  features.delete('membership');
  return nodesOf(collision).length === 1 && features.size === 1 && features.has('groupManagement');
}

function nodesOf({ uses }: Collision): readonly CheckedNode[] {
  return [...new Set(uses.map(({ node }) => node))];
}

function findingOf(cluster: CheckedCluster, group: Collisions): Finding {
  const [first] = group;
  const nodes = nodesOf(first);
  const odd = nodes.find(isOffsetElsewhere) ?? nodes.at(-1);
  const settings = listWords(group.map(settingsText), 'more');
  const where = first.machine === undefined ? '' : ` on ${first.machine}`;
  const subject =
    nodes.length === 1
      ? `${nameNodes(nodes)} wants ${group.length === 1 ? 'a port' : 'ports'} more than once: ${settings}`
      : `${nameNodes(nodes)} want the same ${group.length === 1 ? 'port' : 'ports'}${where}: ${settings}`;
  const isKnownWrong = odd !== undefined && isOffsetElsewhere(odd);
  return {
    severity: 'error',
    // Where the cluster file says that only one is wrong, it is about that one.
    nodes: isKnownWrong ? [odd] : [...new Set([...(odd === undefined ? [] : [odd]), ...nodes])],
    place: odd && placeIn(odd, group),
    what: `${subject}${offsetsText(nodes, group)}`,
    fix: fixOf(cluster, odd, group),
    ...(isKnownWrong && !isOffsetInScript(odd) ? applyCommand(cluster) : {}),
  };
}

/** `9443 (https servlet)` where all have one setting there, else `9763 (https servlet of a, http servlet of b)`. */
function settingsText({ port, uses }: Collision): string {
  const [first] = uses;
  if (nodesOf({ machine: undefined, port, uses }).length === 1)
    return `${port} (${uses.map((use) => use.port.setting).join(', ')})`;
  const isSame = uses.every((use) => use.port.setting === first?.port.setting);
  return isSame
    ? `${port} (${first?.port.setting ?? ''})`
    : `${port} (${listWords(
        uses.map((use) => `${use.port.setting} of ${use.node.name}`),
        'more',
      )})`;
}

function offsetsText(nodes: readonly CheckedNode[], group: Collisions): string {
  if (nodes.length === 1 || !isMoved(group)) return '';
  const offsets = nodes.map((node) => String(effectiveOffset(node.facts)?.value ?? 'unknown'));
  return new Set(offsets).size === 1
    ? `, as each has the offset ${offsets[0] ?? ''}`
    : `, with the offsets ${listWords(offsets, 'more')}`;
}

/** The offset that moves the port where there is one, else the setting itself. */
function placeIn(node: CheckedNode, group: Collisions): FindingPlace | undefined {
  const offset = effectiveOffset(node.facts)?.source;
  if (isMoved(group) && nodesOf(group[0]).length > 1 && offset !== undefined) return placeOf(offset);
  const sources = group[0].uses.filter((use) => use.node === node).map(({ port }) => port.source);
  const source = sources.findLast((one) => one !== undefined);
  return source && placeOf(source);
}

function isMoved(group: Collisions): boolean {
  return group.every(({ uses }) => uses.some(({ port }) => port.isMovedByOffset));
}

function isOffsetElsewhere({ node, facts }: CheckedNode): boolean {
  return node !== undefined && effectiveOffset(facts)?.value !== node.offset;
}

function fixOf(cluster: CheckedCluster, odd: CheckedNode | undefined, group: Collisions): string {
  const [first] = group;
  if (odd === undefined) return 'give each server of a machine ports of its own';
  if (nodesOf(first).length === 1) return `give each setting of ${odd.name} a port of its own`;
  if (isOffsetElsewhere(odd)) return `${setOffset(odd)} to ${odd.node?.offset}, as the cluster file says`;
  const own = first.uses.filter((use) => use.node === odd);
  if (!own.every(({ port }) => port.isMovedByOffset))
    return `set ${own.map(({ port }) => port.setting).join(' and ')} of ${odd.name} to a port of its own, as the offset does not move it`;
  const free = freeOffset(odd, cluster);
  return cluster.topology === undefined
    ? `${setOffset(odd)} to another number, such as ${free}`
    : `give ${odd.name} another offset in the cluster file, such as ${free}, and apply it`;
}

function setOffset(node: CheckedNode): string {
  const path = effectiveOffset(node.facts)?.source?.path ?? '';
  return isOffsetInScript(node)
    ? `set -DportOffset of ${node.name} in ${path}`
    : `set Ports/Offset of ${node.name} in carbon.xml`;
}

function isOffsetInScript({ facts }: CheckedNode): boolean {
  return effectiveOffset(facts)?.source?.path.startsWith('bin/') === true;
}
