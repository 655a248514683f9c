import { wantedSubDomains } from '../../carbon/load-balancer-conf-recipe';
import { roleOf } from '../../cluster/roles';
import { defaultSubDomain, type Declaration } from '../../elb/declarations';
import { appNodes } from '../app-nodes';
import { applyCommand } from '../apply-command';
import type { CheckedCluster } from '../checked-cluster';
import { clusteredNodes, type ClusteredNode } from '../clustered-nodes';
import { groupBy } from '../group-by';
import { declarationsIn, readBalancers, type ReadBalancer } from '../load-balancers';
import { listWords, nameNodes } from '../name-nodes';
import type { Finding, Rule } from '../rule';

/** The load balancer takes in the members of every sub-domain, and forwards their hosts to them. */
export const subDomainsDeclared: Rule = {
  title: 'loadbalancer.conf declares the sub-domain of every node, with the hosts that clients ask for.',
  why: 'The load balancer takes in no member whose domain and sub-domain it does not declare ("No Group Management Agent found for the domain"), and answers no request for a host that it does not know.',
  severities: ['error', 'info'],
  evaluate: (cluster) =>
    readBalancers(cluster).flatMap((balancer) => [
      ...undeclaredFindings(cluster, balancer),
      ...hostFindings(cluster, balancer),
      ...unusedFindings(cluster, balancer),
    ]),
};

function domainOf({ clustering }: ClusteredNode): string {
  return clustering.parameters.get('domain')?.value ?? '';
}

function subDomainOf({ clustering }: ClusteredNode): string {
  return clustering.properties.get('subDomain')?.value ?? defaultSubDomain;
}

/** A domain that is not declared at all is told of by R07. */
function undeclaredFindings(cluster: CheckedCluster, balancer: ReadBalancer): readonly Finding[] {
  const declared = groupBy(declarationsIn(balancer), ({ domain }) => domain);
  const nodes = clusteredNodes(appNodes(cluster));
  const missing = nodes
    .filter((node) => declared.get(domainOf(node))?.every(({ subDomain }) => subDomain !== subDomainOf(node)))
    .filter((node) => !isOfAnotherRole(cluster, node, nodes));
  return [...groupBy(missing, (node) => JSON.stringify([domainOf(node), subDomainOf(node)])).values()].map((group) => {
    const [first] = group;
    const members = nameNodes(group.map(({ node }) => node));
    const known = declared.get(domainOf(first)) ?? [];
    const isWanted = cluster.topology?.domain === domainOf(first) && isWantedSubDomain(cluster, subDomainOf(first));
    return {
      severity: 'error',
      nodes: isWanted ? [balancer.node] : [balancer.node, ...group.map(({ node }) => node)],
      place: { path: balancer.conf.path, line: known[0]?.line },
      what: `the load balancer declares ${namesOf(known)} of ${domainOf(first)}, but ${members} ${tellsOf(group.length, subDomainOf(first))}`,
      fix:
        subDomainOf(first) === defaultSubDomain
          ? 'set the property subDomain of these nodes, or declare the domain without a sub-domain too'
          : `declare the sub-domain ${subDomainOf(first)} in loadbalancer.conf${isWanted ? '' : ', or correct subDomain of these nodes'}`,
      ...(isWanted ? applyCommand(cluster) : {}),
    };
  });
}

/** R13 tells of a node with another sub-domain than its role has. */
function isOfAnotherRole(
  { topology }: CheckedCluster,
  { node, clustering }: ClusteredNode,
  nodes: readonly ClusteredNode[],
): boolean {
  const wanted = node.node?.subDomain ?? roleOf(node.role).subDomain;
  const told = clustering.properties.get('subDomain')?.value;
  if (topology !== undefined) return told !== wanted;
  return told === undefined && nodes.some((other) => other.clustering.properties.get('subDomain')?.value === wanted);
}

function isWantedSubDomain({ topology }: CheckedCluster, subDomain: string): boolean {
  return topology !== undefined && wantedSubDomains(topology).some((one) => one.subDomain === subDomain);
}

function namesOf(known: readonly Declaration[]): string {
  const names = [...new Set(known.map(({ subDomain }) => subDomain))];
  const named = names.filter((name) => name !== defaultSubDomain);
  if (named.length === 0) return 'no sub-domain';
  const list = `the sub-domain${named.length === 1 ? '' : 's'} ${listWords(named, 'more')}`;
  return named.length === names.length ? list : `none or ${list}`;
}

function tellsOf(count: number, subDomain: string): string {
  const verb = count === 1 ? 'tells' : 'tell';
  return subDomain === defaultSubDomain ? `${verb} none` : `${verb} ${subDomain}`;
}

/** Only a cluster file says which hosts clients ask for. */
function hostFindings(cluster: CheckedCluster, { node, conf }: ReadBalancer): readonly Finding[] {
  const { topology } = cluster;
  if (topology === undefined) return [];
  const declarations = declarationsIn({ node, conf }).filter(({ domain }) => domain === topology.domain);
  return wantedSubDomains(topology).flatMap(({ subDomain, hosts }) => {
    const declared = declarations.filter((one) => one.subDomain === subDomain);
    const [first] = declared;
    const known = declared.flatMap((one) => one.hosts.map(({ value }) => value));
    const missing = hosts.filter((host) => !known.includes(host) && !known.some((one) => one.trim() === host));
    if (first === undefined || missing.length === 0) return [];
    return [
      {
        severity: 'error',
        nodes: [node],
        place: { path: conf.path, line: first.hosts[0]?.line ?? first.line },
        what: `${first.at} has ${known.length === 0 ? 'no hosts' : `the hosts ${listWords(known, 'more')}`}, but the cluster file says ${listWords(missing, 'more')} for ${subDomain}`,
        fix: `add ${listWords(missing, 'more')} to its hosts`,
        ...applyCommand(cluster),
      },
    ];
  });
}

/** Only domains that a checked node is in: the others may have nodes that were not checked. */
function unusedFindings(cluster: CheckedCluster, balancer: ReadBalancer): readonly Finding[] {
  const nodes = clusteredNodes(appNodes(cluster));
  const used = new Set(nodes.map((node) => JSON.stringify([domainOf(node), subDomainOf(node)])));
  const domains = new Set(nodes.map(domainOf));
  return declarationsIn(balancer)
    .filter(({ domain, subDomain }) => domains.has(domain) && !used.has(JSON.stringify([domain, subDomain])))
    .filter(({ domain, subDomain }) => domain !== cluster.topology?.domain || !isWantedSubDomain(cluster, subDomain))
    .map(({ domain, subDomain, line }) => ({
      severity: 'info',
      nodes: [balancer.node],
      place: { path: balancer.conf.path, line },
      what: `no node that was checked is in ${subDomain === defaultSubDomain ? `${domain} without a sub-domain` : `the sub-domain ${subDomain} of ${domain}`}`,
      fix: 'remove it where no node is to come',
    }));
}
