import type { CarbonXmlFacts } from '../../carbon/facts/carbon-xml-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { roleOf } from '../../cluster/roles';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusterGroups } from '../cluster-groups';
import { disagreement, type Claim, type Wanted } from '../disagreement';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** Every node tells clients the host name of the cluster. */
export const hostNamesAgree: Rule = {
  title: '`HostName` of carbon.xml is set on every node that runs the product, and is the same on all of a cluster.',
  why: 'It stands in the addresses of services and in redirects: clients are led to one node, past the load balancer.',
  severities: ['error', 'warning'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((group) => {
      const nodes = group.filter(({ facts }) => facts.carbonXml !== undefined);
      const consoles = cluster.topology === undefined ? [] : nodes.filter(({ role }) => roleOf(role).servesConsole);
      return [...findingsOf(cluster, nodes, hostName), ...findingsOf(cluster, consoles, mgtHostName)];
    }),
};

/** One of the two host names of carbon.xml. */
interface HostSetting {
  readonly name: 'HostName' | 'MgtHostName';
  readonly isWrongSeverity: 'error' | 'warning';
  read(facts: CarbonXmlFacts): Sourced<string> | undefined;
  wantedBy(cluster: CheckedCluster, node: CheckedNode): string | undefined;
}

const hostName: HostSetting = {
  name: 'HostName',
  isWrongSeverity: 'error',
  read: (facts) => facts.hostName,
  wantedBy: ({ topology }, { node }) => node?.hostName ?? topology?.frontEnd.hostName,
};

const mgtHostName: HostSetting = {
  name: 'MgtHostName',
  isWrongSeverity: 'warning',
  read: (facts) => facts.mgtHostName,
  wantedBy: ({ topology }, { node }) => node?.mgtHostName ?? topology?.frontEnd.mgtHostName,
};

function findingsOf(cluster: CheckedCluster, nodes: readonly CheckedNode[], setting: HostSetting): readonly Finding[] {
  const byWanted = groupBy(nodes, (node) => setting.wantedBy(cluster, node)?.toLowerCase() ?? '');
  return [...byWanted.values()].flatMap((group) => [
    ...unsetFindings(cluster, group, setting),
    ...differenceFindings(cluster, group, setting),
  ]);
}

function unsetFindings(
  cluster: CheckedCluster,
  nodes: readonly CheckedNode[],
  setting: HostSetting,
): readonly Finding[] {
  const unset = nodes.filter(({ facts }) => facts.carbonXml && (setting.read(facts.carbonXml)?.value ?? '') === '');
  const [first] = unset;
  if (first === undefined) return [];
  const wanted = setting.wantedBy(cluster, first);
  return [
    {
      severity: 'warning',
      nodes: unset,
      place: { path: first.facts.carbonXml?.path ?? 'carbon.xml', line: undefined },
      what: `${setting.name} is not set on ${nameNodes(unset)}, so the address of the machine takes its place`,
      fix: `set ${setting.name} to ${wanted ?? 'the host name under which clients reach the cluster'}`,
      ...applyCommand(cluster),
    },
  ];
}

function differenceFindings(
  cluster: CheckedCluster,
  nodes: readonly [CheckedNode, ...CheckedNode[]],
  setting: HostSetting,
): readonly Finding[] {
  const name = setting.wantedBy(cluster, nodes[0]);
  const wanted: Wanted | undefined = name === undefined ? undefined : { shown: name, keyFor: () => name.toLowerCase() };
  const different = disagreement(
    nodes.map((node) => claimOf(node, setting)),
    wanted,
  );
  if (different === undefined) return [];
  return [
    {
      severity: setting.isWrongSeverity,
      nodes: different.odd.map(({ node }) => node),
      place: different.odd[0].place,
      what: `${setting.name} ${different.what}`,
      fix: `set ${setting.name} to ${name ?? 'one name on all nodes of the cluster'}`,
      ...applyCommand(cluster),
    },
  ];
}

/** A placeholder is filled in before the start, nobody knows by what. */
function claimOf(node: CheckedNode, setting: HostSetting): Claim {
  const value = node.facts.carbonXml && setting.read(node.facts.carbonXml);
  const isKnown = value !== undefined && value.value !== '' && !/\$\{|\{\{/.test(value.value);
  return {
    node,
    key: isKnown ? value.value.toLowerCase() : undefined,
    shown: value?.value ?? '',
    place: value && placeOf(value),
  };
}
