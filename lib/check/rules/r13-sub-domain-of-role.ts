import { roleOf } from '../../cluster/roles';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusterGroups } from '../cluster-groups';
import { clusteredNodes, type ClusteredNode } from '../clustered-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule, Severity } from '../rule';

/** Every node tells the sub-domain of its role. */
export const subDomainOfRole: Rule = {
  title: 'The member property subDomain of a node says its role: worker on workers, mgt on managers.',
  why: 'The load balancer sends the requests of a sub-domain to the nodes that tell it; the files of some releases come with worker, which puts the manager among the workers.',
  severities: ['error', 'warning'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((group) => {
      const nodes = clusteredNodes(group);
      return nodes.flatMap((node) => subDomainFinding(cluster, node, nodes));
    }),
};

function subDomainFinding(
  cluster: CheckedCluster,
  { node, clustering }: ClusteredNode,
  nodes: readonly ClusteredNode[],
): readonly Finding[] {
  const wanted = node.node?.subDomain ?? roleOf(node.role).subDomain;
  const written = clustering.properties.get('subDomain');
  if (wanted === undefined || written?.value === wanted) return [];
  if (cluster.topology === undefined && !isTelling(written?.value, wanted, nodes)) return [];
  const found = written === undefined ? 'there is no subDomain property' : `subDomain is ${written.value}`;
  return [
    {
      severity: severityIn(cluster),
      nodes: [node],
      place: placeOf(written ?? clustering.enabled),
      what: `${found}, but ${reasonFor(node, wanted)}`,
      fix: `set the property subDomain to ${wanted} below the parameter properties`,
      ...applyCommand(cluster),
    },
  ];
}

function reasonFor({ node, role }: CheckedNode, wanted: string): string {
  if (node?.subDomain !== undefined) return `the cluster file says ${wanted}`;
  const subject = node === undefined ? `the other settings are those of a ${role}` : `the node is a ${role}`;
  return `${subject}, whose sub-domain is ${wanted}`;
}

/**
 * Without a cluster file the role is a guess. A node that tells the sub-domain of the other role is wrong whatever it is;
 * one that tells none is wrong where the others do. Sub-domains of other names are somebody's wish.
 */
function isTelling(written: string | undefined, wanted: string, nodes: readonly ClusteredNode[]): boolean {
  if (written !== undefined) return written === 'mgt' || written === 'worker';
  return nodes.some(({ clustering }) => clustering.properties.get('subDomain')?.value === wanted);
}

/** Only a load balancer goes by sub-domains. */
function severityIn({ nodes, topology }: CheckedCluster): Severity {
  const roles = [...nodes, ...(topology?.nodes ?? [])].map(({ role }) => role);
  return roles.some((role) => roleOf(role).isLoadBalancer) ? 'error' : 'warning';
}
