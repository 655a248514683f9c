import { roleOf } from '../../cluster/roles';
import type { Declaration } from '../../elb/declarations';
import { applyCommand } from '../apply-command';
import type { CheckedCluster } from '../checked-cluster';
import { groupBy } from '../group-by';
import { declarationsIn, readBalancers, type ReadBalancer } from '../load-balancers';
import type { Finding, Rule } from '../rule';

/** Every domain has a port of its own at which the load balancer takes members in. */
export const groupPortsUnique: Rule = {
  title: 'Every domain of loadbalancer.conf has a group_mgt_port of its own, which is not localMemberPort.',
  why: 'The load balancer listens for the members of each domain on a port of its own; where that is taken, it does not start, or the members find another group.',
  severities: ['error'],
  evaluate: (cluster) =>
    readBalancers(cluster)
      .filter(({ node }) => node.facts.axis2?.clustering?.agent === 'hazelcast')
      .flatMap((balancer) => [
        ...memberPortFindings(balancer),
        ...sharedFindings(balancer),
        ...plannedFindings(cluster, balancer),
      ]),
};

/** A number below 0 means that there is none. */
function portOf({ groupManagementPort }: Declaration): number | undefined {
  const port = Number(groupManagementPort?.value ?? '-1');
  return port > 0 ? port : undefined;
}

function lineOf({ groupManagementPort, line }: Declaration): number {
  return groupManagementPort?.line ?? line;
}

function memberPortFindings(balancer: ReadBalancer): readonly Finding[] {
  const { node, conf } = balancer;
  const own = node.ports.find(({ feature, setting }) => feature === 'membership' && setting === 'localMemberPort');
  if (own === undefined) return [];
  const same = declarationsIn(balancer).filter((one) => portOf(one) === own.port);
  return [...groupBy(same, (one) => String(lineOf(one))).values()].map(([declaration]) => ({
    severity: 'error',
    nodes: [node],
    place: { path: conf.path, line: lineOf(declaration) },
    what: `group_mgt_port ${own.port} of ${declaration.domain} is also localMemberPort of the load balancer`,
    fix: 'give the domain another group_mgt_port, and list that in the members of its nodes',
  }));
}

function sharedFindings(balancer: ReadBalancer): readonly Finding[] {
  const { node, conf } = balancer;
  const byPort = groupBy(declarationsIn(balancer), (one) => portOf(one)?.toString());
  return [...byPort].flatMap(([port, [first, ...others]]) => {
    const other = others.find(({ domain }) => domain !== first.domain);
    if (other === undefined) return [];
    return [
      {
        severity: 'error',
        nodes: [node],
        place: { path: conf.path, line: lineOf(other) },
        what: `the domains ${first.domain} and ${other.domain} have the same group_mgt_port ${port}`,
        fix: 'give each domain a port of its own, and list that in the members of its nodes',
      },
    ];
  });
}

/** The nodes list the port of the cluster file. */
function plannedFindings(cluster: CheckedCluster, balancer: ReadBalancer): readonly Finding[] {
  const { topology } = cluster;
  if (topology === undefined || topology.nodes.every(({ role }) => roleOf(role).isLoadBalancer)) return [];
  const own = declarationsIn(balancer).filter(({ domain }) => domain === topology.domain);
  const [wrong] = own.filter((one) => portOf(one) !== topology.frontEnd.groupManagementPort);
  if (wrong === undefined) return [];
  const port = portOf(wrong);
  return [
    {
      severity: 'error',
      nodes: [balancer.node],
      place: { path: balancer.conf.path, line: lineOf(wrong) },
      what: `${port === undefined ? 'there is no group_mgt_port' : `group_mgt_port is ${port}`} for ${wrong.domain}, but the cluster file says ${topology.frontEnd.groupManagementPort}`,
      fix: `set group_mgt_port of ${wrong.domain} to ${topology.frontEnd.groupManagementPort}`,
      ...applyCommand(cluster),
    },
  ];
}
