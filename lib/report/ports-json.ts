import type { EffectivePort } from '../carbon/effective-ports';
import { portCollisions, type PortNode, type PortUse } from '../carbon/ports/port-collisions';
import { machinesOf } from './port-rows';

/**
 * The ports of nodes as JSON for other programs. Fields are added without a new `formatVersion`; a field that goes or means
 * something else raises it.
 */
export interface PortsJson {
  readonly formatVersion: 1;
  readonly machines: readonly MachinePortsJson[];
  /** The ports that more than one setting of a machine asks for. */
  readonly collisions: readonly PortCollisionJson[];
}

/** One machine, or one node of which nobody knows the machine. */
export interface MachinePortsJson {
  /** Null where nobody knows it. */
  readonly machine: string | null;
  /** By number. */
  readonly ports: readonly PortJson[];
}

/** One port that a node listens on. */
export interface PortJson {
  readonly node: string;
  readonly port: number;
  /** What listens, such as `jmx`. */
  readonly feature: string;
  readonly setting: string;
  /** Nodes of one machine share a `multicast` port. */
  readonly protocol: 'tcp' | 'udp' | 'multicast';
  /** The address it is bound to; null where it is every one of the machine. */
  readonly address: string | null;
  /** The number before the offset. */
  readonly base: number;
  /** What is added to it; 0 where the offset does not move it. */
  readonly offset: number;
  readonly movedByOffset: boolean;
  /** Where the number stands; null where it is the default of the product. */
  readonly place: PortPlaceJson | null;
}

/** A place in a file of a home. */
export interface PortPlaceJson {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** One port that is taken more than once. */
export interface PortCollisionJson {
  /** Null where it is a single node’s, of which nobody knows the machine. */
  readonly machine: string | null;
  readonly port: number;
  readonly uses: readonly { readonly node: string; readonly setting: string }[];
}

/** The JSON form of the ports of nodes, ready for `JSON.stringify`. */
export function portsJson(nodes: readonly PortNode[]): PortsJson {
  return {
    formatVersion: 1,
    machines: machinesOf(nodes).map(({ machine, uses }) => ({ machine: machine ?? null, ports: uses.map(portJson) })),
    collisions: portCollisions(nodes).map(({ machine, port, uses }) => ({
      machine: machine ?? null,
      port,
      uses: uses.map((use) => ({ node: use.node.name, setting: use.port.setting })),
    })),
  };
}

function portJson({ node, port: used }: PortUse<PortNode>): PortJson {
  const { port, feature, setting, protocol, address, base, isMovedByOffset } = used;
  return {
    node: node.name,
    port,
    feature,
    setting,
    protocol,
    address: address ?? null,
    base,
    offset: port - base,
    movedByOffset: isMovedByOffset,
    place: placeOf(used),
  };
}

function placeOf({ source }: EffectivePort): PortPlaceJson | null {
  return source === undefined ? null : { path: source.path, line: source.line, column: source.column };
}
