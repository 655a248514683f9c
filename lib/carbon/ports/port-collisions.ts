import type { EffectivePort } from '../effective-ports';
import { groupedBy } from './grouped-by';

/** A server as far as its ports matter. */
export interface PortNode {
  readonly name: string;
  /** The machine it runs on; nodes of one machine share the text. `undefined` where nobody knows. */
  readonly machine: string | undefined;
  readonly ports: readonly EffectivePort[];
}

/** A port with the node that listens on it. */
export interface PortUse<Node extends PortNode> {
  readonly node: Node;
  readonly port: EffectivePort;
}

/** One port that several settings of one machine ask for, of one node or of several. */
export interface PortCollision<Node extends PortNode> {
  /** `undefined` where it is that of a single node, of which nobody knows the machine. */
  readonly machine: string | undefined;
  readonly port: number;
  /** Two or more, in the order of the nodes and their ports. */
  readonly uses: readonly PortUse<Node>[];
}

/**
 * The ports that more than one setting asks for on one machine, by machine in the order of the nodes, then by number. Nodes
 * of unknown machines are looked at by themselves. Multicast is shared on purpose, TCP and UDP are two worlds, and the two
 * RMI ports of one server may be one. Takes time in proportion to the number of ports.
 */
export function portCollisions<Node extends PortNode>(nodes: readonly Node[]): readonly PortCollision<Node>[] {
  const uses = nodes.flatMap((node) =>
    node.ports.filter(({ protocol }) => protocol !== 'multicast').map((port): PortUse<Node> => ({ node, port })),
  );
  // A node of which nobody knows the machine is a machine of its own.
  const byMachine = groupedBy(uses, ({ node }) => node.machine ?? node);
  return [...byMachine].flatMap(([machine, ofMachine]) =>
    collisionsOf(typeof machine === 'string' ? machine : undefined, ofMachine),
  );
}

function collisionsOf<Node extends PortNode>(
  machine: string | undefined,
  uses: readonly PortUse<Node>[],
): readonly PortCollision<Node>[] {
  return [...groupedBy(uses, ({ port }) => `${port.port}/${port.protocol}`).values()]
    .map((ofPort) => ({ machine, port: ofPort[0]?.port.port ?? 0, uses: clashing(ofPort) }))
    .filter((collision) => collision.uses.length > 0)
    .sort((a, b) => a.port - b.port);
}

/** Those uses of one port that stand in the way of another one. */
function clashing<Node extends PortNode>(uses: readonly PortUse<Node>[]): readonly PortUse<Node>[] {
  const separate = withoutSharedRegistries(uses);
  if (separate.length < 2) return [];
  if (separate.some(({ port }) => port.address === undefined)) return separate;
  const byAddress = groupedBy(separate, ({ port }) => port.address);
  return separate.filter(({ port }) => (byAddress.get(port.address)?.length ?? 0) > 1);
}

/** A Java server can export its objects at the port of its own registry. */
function withoutSharedRegistries<Node extends PortNode>(uses: readonly PortUse<Node>[]): readonly PortUse<Node>[] {
  const registries = new Set<Node>();
  return uses.filter(({ node, port }) => {
    if (port.feature !== 'jmx') return true;
    if (registries.has(node)) return false;
    registries.add(node);
    return true;
  });
}
