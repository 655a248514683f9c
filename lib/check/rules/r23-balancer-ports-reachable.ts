import { effectiveOffset } from '../../carbon/ports/effective-offset';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { balancers, usualPorts } from '../load-balancers';
import { listWords } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** The load balancer listens where clients ask. */
export const balancerPortsReachable: Rule = {
  title: 'A load balancer at the ports 80 and 443 has the offset 0 and may open ports below 1024.',
  why: 'The offset also moves the ports that clients use, so that nobody answers at 80; and on Linux only root may open ports below 1024, so that the load balancer comes up without its listeners.',
  severities: ['error', 'warning', 'info'],
  evaluate: (cluster) =>
    balancers(cluster).flatMap((node) => [...offsetFindings(cluster, node), ...rootFindings(cluster, node)]),
};

function offsetFindings(cluster: CheckedCluster, node: CheckedNode): readonly Finding[] {
  const offset = effectiveOffset(node.facts);
  const moved = receiversOf(node).filter(({ base, port }) => usualPorts.includes(base) && base !== port);
  if (offset === undefined || moved.length === 0) return [];
  return [
    {
      severity: 'error',
      nodes: [node],
      place: offset.source && placeOf(offset.source),
      what: `the offset ${offset.value} makes the load balancer listen at ${listWords(
        moved.map(({ port, base }) => `${port} instead of ${base}`),
        'more',
      )}`,
      fix: 'set the offset of the load balancer to 0',
      ...(node.node?.offset === 0 ? applyCommand(cluster) : {}),
    },
  ];
}

/** Nothing but a reminder at the ports of the documentation, and where the cluster file asks for the port. */
function rootFindings({ topology }: CheckedCluster, node: CheckedNode): readonly Finding[] {
  const low = receiversOf(node).filter(({ port }) => port < 1024);
  const planned = topology === undefined ? usualPorts : [topology.frontEnd.httpPort, topology.frontEnd.httpsPort];
  const isPlanned = low.every(({ base }) => planned.includes(base));
  const [first] = low;
  if (first === undefined) return [];
  return [
    {
      severity: isPlanned ? 'info' : 'warning',
      nodes: [node],
      place: first.source && placeOf(first.source),
      what: `the load balancer listens at ${listWords(
        low.map(({ port }) => String(port)),
        'more',
      )}, which on Linux only root may open`,
      fix: 'start it with sudo -E sh bin/wso2server.sh, or let it listen at 8280 and 8243 behind a redirection',
    },
  ];
}

function receiversOf({ ports }: CheckedNode): CheckedNode['ports'] {
  return ports.filter(({ feature }) => feature === 'receiver');
}
