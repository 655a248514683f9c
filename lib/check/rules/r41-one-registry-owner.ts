import type { RemoteInstanceFacts } from '../../carbon/facts/registry-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { roleOf } from '../../cluster/roles';
import { clusterGroups } from '../cluster-groups';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';
import { mountOf, remoteInstanceOf } from '../used-databases';

/** Managers write the shared registry, workers only read it. */
export const oneRegistryOwner: Rule = {
  title: 'The manager writes the shared registry, and every worker mounts it with `<readOnly>true</readOnly>`.',
  why: 'A worker that writes changes resources behind the back of the manager; a manager that only reads cannot save anything.',
  severities: ['error', 'warning'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((nodes) => {
      const mounting = nodes.flatMap(mountingOf);
      if (isWithoutManager(cluster, mounting)) return [];
      return [...writingWorkers(cluster, mounting), ...noWriter(cluster, mounting), ...manyWriters(cluster, mounting)];
    }),
};

interface Mounting {
  readonly node: CheckedNode;
  readonly instance: Sourced<RemoteInstanceFacts>;
  /** Anything but `true` is false to Carbon; blanks around it are for R39 to tell. */
  readonly isReadOnly: boolean;
  readonly place: Sourced<unknown>;
}

function mountingOf(node: CheckedNode): readonly Mounting[] {
  const { facts } = node;
  const instances = ['/_system/config', '/_system/governance'].flatMap((path) => {
    const mount = mountOf(facts, path);
    return (mount && remoteInstanceOf(facts, mount.value)) ?? [];
  });
  return [...new Set(instances)].map((instance) => {
    const readOnly = instance.value.children.get('readOnly');
    return { node, instance, isReadOnly: readOnly?.value.trim() === 'true', place: readOnly ?? instance };
  });
}

/** Some products have nodes that are all alike, all of which write; nothing in their homes tells a manager from a worker. */
function isWithoutManager({ topology }: CheckedCluster, mounting: readonly Mounting[]): boolean {
  return topology === undefined && mounting.every(({ isReadOnly }) => !isReadOnly);
}

function writingWorkers(cluster: CheckedCluster, mounting: readonly Mounting[]): readonly Finding[] {
  const writing = mounting.filter(({ node, isReadOnly }) => !roleOf(node.role).writesRegistry && !isReadOnly);
  const [first] = writing;
  if (first === undefined) return [];
  const nodes = nodesOf(writing);
  return [
    {
      severity: 'error',
      nodes,
      place: placeOf(first.place),
      what: `${nameNodes(nodes)} ${nodes.length === 1 ? 'is a worker' : 'are workers'}, but may write to the shared registry: readOnly is not true`,
      fix: 'write <readOnly>true</readOnly> in the remoteInstance of every worker',
      ...applyCommand(cluster),
    },
  ];
}

/** Only where all managers are checked, or one of those that are not may be the writer. */
function noWriter(cluster: CheckedCluster, mounting: readonly Mounting[]): readonly Finding[] {
  const managers = mounting.filter(({ node }) => roleOf(node.role).writesRegistry);
  const planned = cluster.topology?.nodes.filter(({ role }) => roleOf(role).writesRegistry) ?? [];
  const [first] = managers;
  const isWritten = managers.some(({ isReadOnly }) => !isReadOnly);
  if (first === undefined || isWritten || planned.length > nodesOf(managers).length) return [];
  const nodes = nodesOf(managers);
  return [
    {
      severity: 'error',
      nodes,
      place: placeOf(first.place),
      what: `no manager may write to the shared registry: readOnly is true on ${nameNodes(nodes)}`,
      fix: 'write <readOnly>false</readOnly> in the remoteInstance of the manager',
      ...applyCommand(cluster),
    },
  ];
}

/** Several managers of a cluster file are meant; without one, several nodes that write beside some that do not look like a mistake. */
function manyWriters({ topology }: CheckedCluster, mounting: readonly Mounting[]): readonly Finding[] {
  const writing = mounting.filter(({ node, isReadOnly }) => roleOf(node.role).writesRegistry && !isReadOnly);
  const nodes = nodesOf(writing);
  const unmarked = writing.find(
    ({ node }) => node.facts.axis2?.clustering?.properties.get('subDomain')?.value !== 'mgt',
  );
  if (topology !== undefined || nodes.length < 2 || unmarked === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: [unmarked.node, ...nodes.filter((node) => node !== unmarked.node)],
      place: placeOf(unmarked.place),
      what: `${nameNodes(nodes)} may write to the shared registry, and ${unmarked.node.name} is not marked as a manager by subDomain mgt`,
      fix: 'let one manager write; on the others write <readOnly>true</readOnly>',
    },
  ];
}

function nodesOf(items: readonly Mounting[]): readonly CheckedNode[] {
  return [...new Set(items.map(({ node }) => node))];
}
