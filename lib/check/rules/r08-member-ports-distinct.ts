import { portCollisions, type PortCollision, type PortUse } from '../../carbon/ports/port-collisions';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { freeMemberPort } from '../machine-ports';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** No other server of a machine listens on the localMemberPort of a node. */
export const memberPortsDistinct: Rule = {
  title:
    'No two servers of one machine have the same `localMemberPort`, and no other port of a server there is equal to it.',
  why: 'The port is not moved by the offset: the second server takes another one that nobody knows, and the members never see each other.',
  severities: ['error'],
  evaluate: (cluster) =>
    portCollisions(cluster.nodes)
      .filter(isAboutMemberPorts)
      .map((collision) => findingOf(cluster, collision)),
};

/** True for a port that several servers of a machine want, one of them for its membership. */
export function isAboutMemberPorts({ uses }: PortCollision<CheckedNode>): boolean {
  return new Set(uses.map(({ node }) => node)).size > 1 && uses.some(isMemberPort);
}

type Use = PortUse<CheckedNode>;

function isMemberPort({ port }: Use): boolean {
  return port.feature === 'membership';
}

function findingOf(cluster: CheckedCluster, { machine, port, uses }: PortCollision<CheckedNode>): Finding {
  const members = uses.filter(isMemberPort);
  const others = uses.filter((use) => !isMemberPort(use));
  // The one that the cluster file wants elsewhere is the odd one; else the last that came.
  const odd = members.find((use) => isPlannedElsewhere(use, port)) ?? members.at(-1);
  // Where the cluster file says that only one is wrong, it is about that one.
  const about =
    odd !== undefined && isPlannedElsewhere(odd, port) ? [odd] : [...(odd === undefined ? [] : [odd]), ...uses];
  const subject = others.length === 0 ? sameText(members, port) : otherText(members, others, port);
  return {
    severity: 'error',
    nodes: [...new Set(about.map(({ node }) => node))],
    place: odd?.port.source && placeOf(odd.port.source),
    what: `${subject} on ${machine ?? 'one machine'}`,
    fix: fixOf(cluster, odd, port),
    ...(odd !== undefined && isPlannedElsewhere(odd, port) ? applyCommand(cluster) : {}),
  };
}

function isPlannedElsewhere({ node }: Use, port: number): boolean {
  return node.node !== undefined && node.node.localMemberPort !== port;
}

function sameText(members: readonly Use[], port: number): string {
  return `${nameNodes(members.map(({ node }) => node))} have the same localMemberPort ${port}`;
}

function otherText(members: readonly Use[], others: readonly Use[], port: number): string {
  const taken = others.map((use) => `the ${use.port.setting} of ${use.node.name}`).join(' and ');
  return `localMemberPort ${port} of ${nameNodes(members.map(({ node }) => node))} is also ${taken}`;
}

function fixOf(cluster: CheckedCluster, odd: Use | undefined, port: number): string {
  if (odd === undefined) return 'give each server of a machine a localMemberPort of its own';
  const { node } = odd;
  if (isPlannedElsewhere(odd, port))
    return `set localMemberPort of ${node.name} to ${node.node?.localMemberPort}, as the cluster file says`;
  const where = cluster.topology === undefined ? '' : ' in the cluster file';
  return `set localMemberPort of ${node.name} to a port of its own${where}, such as ${freeMemberPort(node, cluster)}, also in the members of the others`;
}
