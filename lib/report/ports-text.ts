import type { EffectivePort } from '../carbon/effective-ports';
import { portCollisions, type PortCollision, type PortNode, type PortUse } from '../carbon/ports/port-collisions';
import { paint, printableLine, type ColorOptions } from './color';
import { displayWidth } from './display-width';
import { machinesOf, portPlace, type MachinePorts } from './port-rows';

/**
 * Every port of the nodes, for people: for each machine a table by number with the node, the setting, the number before the
 * offset and the offset, and where it is set. A port that is taken twice has a `!` before it; all of those are listed again
 * below, with who takes them. Each line ends in LF.
 */
export function portsText(nodes: readonly PortNode[], options: ColorOptions): string {
  const collisions = portCollisions(nodes);
  const taken = new Set(collisions.flatMap(({ uses }) => uses.map(({ port }) => port)));
  const tables = machinesOf(nodes).flatMap((machine) => [...table(machine, taken, options), '']);
  return [...tables, ...collisionLines(collisions, options)].map((line) => `${line}\n`).join('');
}

function table(machine: MachinePorts, taken: ReadonlySet<EffectivePort>, options: ColorOptions): readonly string[] {
  const heading = paint(printableLine(machineName(machine)), 'heading', options);
  if (machine.uses.length === 0) return [`${heading}: no ports are known`];
  const rows = machine.uses.map((use) => ({ isTaken: taken.has(use.port), texts: cells(use) }));
  const widths = [0, 1, 2, 3].map((column) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row.texts[column] ?? '')), 0),
  );
  return [
    heading,
    ...rows.map(({ isTaken, texts }) => {
      const [port = '', node = '', setting = '', sum = '', place = ''] = texts;
      const number = `${isTaken ? '!' : ' '} ${port.padStart(widths[0] ?? 0)}`;
      return [
        isTaken ? paint(number, 'removed', options) : number,
        padded(node, widths[1]),
        padded(setting, widths[2]),
        padded(sum, widths[3]),
        paint(place, 'place', options),
      ].join('  ');
    }),
  ];
}

function cells({ node, port }: PortUse<PortNode>): readonly string[] {
  const kind = port.protocol === 'tcp' ? '' : ` (${port.protocol})`;
  const address = port.address === undefined ? '' : ` at ${port.address}`;
  return [
    String(port.port),
    printableLine(node.name),
    printableLine(`${port.setting}${kind}${address}`),
    sumOf(port),
    printableLine(portPlace(port)),
  ];
}

/** `9443 + 1`; a number that the offset does not move stands alone. */
function sumOf({ base, port, isMovedByOffset }: EffectivePort): string {
  if (!isMovedByOffset) return String(base);
  return port < base ? `${base} - ${base - port}` : `${base} + ${port - base}`;
}

function machineName({ machine, nodes: [node] }: MachinePorts): string {
  return machine ?? `an unknown machine, of ${node?.name ?? ''}`;
}

function collisionLines(collisions: readonly PortCollision<PortNode>[], options: ColorOptions): readonly string[] {
  if (collisions.length === 0) return ['No port is taken twice'];
  const count = collisions.length === 1 ? '1 port is taken' : `${collisions.length} ports are taken`;
  return [
    paint(`${count} more than once:`, 'heading', options),
    ...collisions.map(({ machine, port, uses }) => {
      const head = paint(
        printableLine(machine === undefined ? String(port) : `${machine} ${port}`),
        'removed',
        options,
      );
      const users = uses.map(
        ({ node, port: used }) =>
          `${printableLine(`${used.setting} of ${node.name}`)} (${printableLine(portPlace(used))})`,
      );
      return `  ${head}: ${users.join(', ')}`;
    }),
  ];
}

function padded(text: string, width = 0): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + displayWidth(char), 0);
}
