import { roleOf } from '../../cluster/roles';
import { appNodes } from '../app-nodes';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusteredNodes, type ClusteredNode } from '../clustered-nodes';
import { disagreement, type Claim } from '../disagreement';
import { groupBy } from '../group-by';
import { declarationsIn, readBalancers, type ReadBalancer } from '../load-balancers';
import { memberHostsOf, resolvedHost } from '../member-addresses';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** The nodes of a service are in one clustering domain, which the load balancer knows. */
export const oneDomain: Rule = {
  title: 'The nodes of a service have the same clustering domain, and the load balancer declares it.',
  why: 'The domain is the name of the group: nodes of different domains never meet, and a load balancer forwards nothing to a domain that it does not declare.',
  severities: ['error'],
  evaluate: (cluster) => {
    const different = [...domainFindings(cluster), ...loadBalancerFindings(cluster)];
    return different.length > 0 ? different : undeclaredFindings(cluster);
  },
};

/** Without a cluster file nodes of one product belong together; other products may well have clusters of their own. */
function domainFindings(cluster: CheckedCluster): readonly Finding[] {
  const { topology } = cluster;
  const nodes = clusteredNodes(appNodes(cluster));
  const groups =
    topology === undefined
      ? [...groupBy(nodes, ({ node }) => node.facts.carbonXml?.serverKey?.value ?? '').values()]
      : [nodes];
  const wanted = topology && { shown: topology.domain, keyFor: () => topology.domain };
  return groups.flatMap((group) => {
    const different = disagreement(group.map(domainClaim), wanted);
    return different === undefined ? [] : [differenceFinding(cluster, different.odd, `domain ${different.what}`)];
  });
}

/** The load balancers are a group of their own, of which the cluster file may say the name. */
function loadBalancerFindings(cluster: CheckedCluster): readonly Finding[] {
  const domain = cluster.topology?.loadBalancerDomain;
  const balancers = cluster.nodes.filter(({ role }) => roleOf(role).isLoadBalancer);
  const wanted = domain === undefined ? undefined : { shown: domain, keyFor: () => domain };
  const different = disagreement(clusteredNodes(balancers).map(domainClaim), wanted);
  if (different === undefined) return [];
  return [differenceFinding(cluster, different.odd, `domain of the load balancers ${different.what}`)];
}

function domainClaim({ node, clustering }: ClusteredNode): Claim {
  const domain = clustering.parameters.get('domain');
  return {
    node,
    key: domain?.value ?? '',
    shown: domain === undefined || domain.value === '' ? 'not written' : domain.value,
    place: placeOf(domain ?? clustering.enabled),
  };
}

function differenceFinding(cluster: CheckedCluster, odd: readonly [Claim, ...Claim[]], what: string): Finding {
  return {
    severity: 'error',
    nodes: odd.map(({ node }) => node),
    place: odd[0].place,
    what,
    fix: 'set the same domain on every node that belongs to the service',
    ...applyCommand(cluster),
  };
}

function undeclaredFindings(cluster: CheckedCluster): readonly Finding[] {
  const domains = groupBy(
    clusteredNodes(appNodes(cluster)),
    ({ clustering }) => clustering.parameters.get('domain')?.value,
  );
  return readBalancers(cluster).flatMap((balancer) =>
    [...domains].flatMap(([domain, nodes]) =>
      isInFrontOf(balancer.node, nodes, cluster) ? undeclaredFinding(balancer, domain, nodes) : [],
    ),
  );
}

/** Homes that are checked without a cluster file may be of several clusters: the members they list tell. */
function isInFrontOf(balancer: CheckedNode, nodes: readonly ClusteredNode[], cluster: CheckedCluster): boolean {
  if (cluster.topology !== undefined) return true;
  const hosts = memberHostsOf(balancer, cluster);
  return nodes.some(({ clustering }) =>
    clustering.memberLists[0]?.members.some(({ value }) => hosts.has(resolvedHost(value.hostName, cluster))),
  );
}

function undeclaredFinding(
  balancer: ReadBalancer,
  domain: string,
  group: readonly ClusteredNode[],
): readonly Finding[] {
  const nodes = group.map(({ node }) => node);
  const declared = declarationsIn(balancer).map((one) => one.domain);
  if (declared.length === 0 || declared.includes(domain)) return [];
  return [
    {
      severity: 'error',
      nodes: [balancer.node, ...nodes],
      place: { path: balancer.conf.path, line: undefined },
      what: `loadbalancer.conf of ${balancer.node.name} declares ${listWords([...new Set(declared)], 'more')}, but not ${domain}, the domain of ${nameNodes(nodes)}`,
      fix: `declare ${domain} in the domains of its service in loadbalancer.conf`,
    },
  ];
}
