import type { CheckedCluster, CheckedNode } from './checked-cluster';

/** Whether a port of the machine of a node is free for it: no other node there has it. */
export type IsFree = (port: number) => boolean;

/** What is free on the machine of a node, as far as the homes say; on an unknown machine everything is. */
export function freeBeside(node: CheckedNode, { nodes }: CheckedCluster): IsFree {
  const others = nodes.filter(
    (other) => other !== node && node.machine !== undefined && other.machine === node.machine,
  );
  const taken = new Set(others.flatMap(({ ports }) => ports.map(({ port }) => port)));
  return (port) => !taken.has(port);
}

/** The first member port from 4000 on that is free on the machine of a node, its own ports left out too. */
export function freeMemberPort(node: CheckedNode, cluster: CheckedCluster): number {
  const isFree = freeBeside(node, cluster);
  const own = new Set(node.ports.map(({ port }) => port));
  let port = 4000;
  while (!isFree(port) || own.has(port)) port += 1;
  return port;
}

/** The first offset from 0 on with which no port of a node is another one's on its machine. */
export function freeOffset(node: CheckedNode, cluster: CheckedCluster): number {
  const isFree = freeBeside(node, cluster);
  const bases = node.ports.filter(({ isMovedByOffset }) => isMovedByOffset).map(({ base }) => base);
  let offset = 0;
  while (bases.some((base) => !isFree(base + offset))) offset += 1;
  return offset;
}
