import { roleOf } from '../cluster/roles';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import { declaredServices } from '../elb/declarations';
import { declareDomains, type WantedSubDomain } from '../elb/declare-domains';
import { parseLoadBalancerConf } from '../elb/parse-load-balancer-conf';
import { applyEdits } from '../text/edit';
import type { CarbonTextFile, TextRecipe, TextRecipeContext } from './carbon-file';

/** `loadbalancer.conf`: the domain of the cluster, and its sub-domains with the hosts whose requests go to them. */
export const loadBalancerConf: CarbonTextFile = {
  name: 'loadbalancer.conf',
  path: 'loadbalancer.conf',
  summary:
    'The domain of the cluster with its sub-domains and their hosts; for a load balancer of the Hazelcast era also the port at which it takes members in.',
  need: (role) => (role.isLoadBalancer ? 'required' : 'untouched'),
  recipe: loadBalancerRecipe,
};

/**
 * What a cluster asks of the loadbalancer.conf of a load balancer: the nodes of each sub-domain get the requests for their
 * hosts. Throws what `declareDomains` throws.
 */
export function loadBalancerRecipe(
  { topology, clusteringAgent }: TextRecipeContext,
  text: string,
  path: string,
): TextRecipe {
  const [first, ...others] = wantedSubDomains(topology);
  if (first === undefined)
    return { edits: [], changes: [], notes: [`The cluster has no node behind the load balancer, so ${path} is left.`] };
  const { edits, changes } = declareDomains(text, path, {
    domain: topology.domain,
    subDomains: [first, ...others],
    groupManagementPort: topology.frontEnd.groupManagementPort,
    form: clusteringAgent === 'tribes' ? 'sub_domain' : 'nested',
  });
  return { edits, changes, notes: lostHostNotes(text, applyEdits(text, edits)) };
}

/** The sub-domains that a cluster has, with their hosts; those of nodes that serve the console come first, as in the documentation. */
export function wantedSubDomains(topology: ClusterTopology): readonly WantedSubDomain[] {
  const nodes = topology.nodes.filter(({ role }) => !roleOf(role).isLoadBalancer);
  const ordered = [
    ...nodes.filter(({ role }) => roleOf(role).servesConsole),
    ...nodes.filter(({ role }) => !roleOf(role).servesConsole),
  ];
  const found = new Map<string, readonly [string, ...string[]]>();
  for (const node of ordered) {
    const subDomain = node.subDomain ?? roleOf(node.role).subDomain;
    if (subDomain === undefined) continue;
    const host = hostOf(node, topology);
    const hosts = found.get(subDomain);
    if (hosts === undefined) found.set(subDomain, [host]);
    else if (!hosts.includes(host)) found.set(subDomain, [...hosts, host]);
  }
  return [...found].map(([subDomain, hosts]) => ({ subDomain, hosts }));
}

/** The virtual host under which clients reach a node through the load balancer. */
function hostOf({ role, hostName, mgtHostName }: ClusterNode, { frontEnd }: ClusterTopology): string {
  return roleOf(role).servesConsole ? (mgtHostName ?? frontEnd.mgtHostName) : (hostName ?? frontEnd.hostName);
}

/** A host that goes may be one of the shipped example, or one that clients use. */
function lostHostNotes(before: string, after: string): readonly string[] {
  const kept = hostsIn(after);
  const lost = [...hostsIn(before)].filter((host) => !kept.has(host));
  if (lost.length === 0) return [];
  return [
    `The load balancer no longer forwards requests for ${lost.join(', ')}: where clients still use that, add it to the hosts of a sub-domain in loadbalancer.conf.`,
  ];
}

function hostsIn(text: string): ReadonlySet<string> {
  const services = declaredServices(parseLoadBalancerConf(text, ''));
  const declarations = services.flatMap((service) => service.declarations);
  return new Set(declarations.flatMap(({ hosts }) => hosts.map(({ value }) => value.trim())));
}
