import type { EffectivePort } from '../carbon/effective-ports';
import { groupedBy } from '../carbon/ports/grouped-by';
import type { PortNode, PortUse } from '../carbon/ports/port-collisions';

/** A machine with everything that listens on it, by number. */
export interface MachinePorts {
  /** `undefined` where nobody knows the machine of the node that these are the ports of. */
  readonly machine: string | undefined;
  readonly nodes: readonly PortNode[];
  readonly uses: readonly PortUse<PortNode>[];
}

/** The machines of the nodes, in the order of the nodes; a node whose machine nobody knows stands by itself. */
export function machinesOf(nodes: readonly PortNode[]): readonly MachinePorts[] {
  return [...groupedBy(nodes, (node) => node.machine ?? node)].map(([machine, ofMachine]) => ({
    machine: typeof machine === 'string' ? machine : undefined,
    nodes: ofMachine,
    uses: ofMachine
      .flatMap((node) => node.ports.map((port) => ({ node, port })))
      .sort((a, b) => a.port.port - b.port.port),
  }));
}

/** Where a port is set: `repository/conf/carbon.xml:12`, or `default`. */
export function portPlace({ source }: EffectivePort): string {
  return source === undefined ? 'default' : `${source.path}:${source.line}`;
}
