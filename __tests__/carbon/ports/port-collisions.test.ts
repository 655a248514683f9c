import { describe, expect, test } from '@jest/globals';
import type { EffectivePort } from '../../../lib/carbon/effective-ports';
import { portCollisions, type PortNode } from '../../../lib/carbon/ports/port-collisions';

function port(number: number, more: Partial<EffectivePort> = {}): EffectivePort {
  return {
    feature: 'servlet',
    setting: 'https servlet',
    port: number,
    base: number,
    isMovedByOffset: true,
    protocol: 'tcp',
    address: undefined,
    source: undefined,
    ...more,
  };
}

function node(name: string, machine: string | undefined, ...ports: readonly (number | EffectivePort)[]): PortNode {
  return { name, machine, ports: ports.map((one) => (typeof one === 'number' ? port(one) : one)) };
}

/** `machine:port node setting, node setting` of each. */
function lines(nodes: readonly PortNode[]): readonly string[] {
  return portCollisions(nodes).map(
    (collision) =>
      `${collision.machine ?? '?'}:${collision.port} ${collision.uses.map((use) => `${use.node.name} ${use.port.setting}`).join(', ')}`,
  );
}

const registry = port(9999, { feature: 'jmx', setting: 'RMIRegistryPort' });
const server = port(9999, { feature: 'jmx', setting: 'RMIServerPort' });
const multicast = port(45564, { protocol: 'multicast' });
const at = (address: string): EffectivePort => port(80, { address, setting: address });

describe('portCollisions', () => {
  test.each<[string, readonly PortNode[], readonly string[]]>([
    ['none between machines', [node('a', '1', 80), node('b', '2', 80)], []],
    ['none where the machine of one is unknown', [node('a', undefined, 80), node('b', undefined, 80)], []],
    ['of two nodes', [node('a', '1', 80, 81), node('b', '1', 82, 80)], ['1:80 a https servlet, b https servlet']],
    [
      'of three nodes',
      [node('a', '1', 80), node('b', '1', 80), node('c', '1', 80)],
      ['1:80 a https servlet, b https servlet, c https servlet'],
    ],
    [
      'of two settings of one node',
      [node('a', undefined, 80, port(80, { setting: 'http servlet' }))],
      ['?:80 a https servlet, a http servlet'],
    ],
    [
      'by machine, then by number',
      [node('a', '2', 90, 80), node('b', '1', 7), node('c', '2', 80, 90), node('d', '1', 7)],
      [
        '2:80 a https servlet, c https servlet',
        '2:90 a https servlet, c https servlet',
        '1:7 b https servlet, d https servlet',
      ],
    ],
    ['none of multicast', [node('a', '1', multicast), node('b', '1', multicast)], []],
    ['none of TCP and UDP', [node('a', '1', 8000), node('b', '1', port(8000, { protocol: 'udp' }))], []],
    ['none of the RMI ports of one server', [node('a', '1', registry, server)], []],
    [
      'but of those of two',
      [node('a', '1', registry), node('b', '1', server)],
      ['1:9999 a RMIRegistryPort, b RMIServerPort'],
    ],
    ['none at different addresses', [node('a', '1', at('10.0.0.1')), node('b', '1', at('10.0.0.2'))], []],
    [
      'but at one',
      [node('a', '1', at('10.0.0.1')), node('b', '1', at('10.0.0.2')), node('c', '1', at('10.0.0.1'))],
      ['1:80 a 10.0.0.1, c 10.0.0.1'],
    ],
    [
      'and with one that is bound to all',
      [node('a', '1', at('10.0.0.1')), node('b', '1', 80)],
      ['1:80 a 10.0.0.1, b https servlet'],
    ],
  ])('%s', (_, nodes, expected) => {
    expect(lines(nodes)).toEqual(expected);
  });

  test('a thousand nodes of one machine, each in the way of one other, take no square of their number', () => {
    let reads = 0;
    const counted = (number: number): EffectivePort => ({
      ...port(number),
      get port(): number {
        reads += 1;
        return number;
      },
    });
    const nodes = Array.from({ length: 1000 }, (_, index) =>
      node(
        `node${index}`,
        '1',
        ...Array.from({ length: 20 }, (__, step) => counted(1000 + Math.floor(index / 2) * 20 + step)),
      ),
    );
    reads = 0;
    expect(portCollisions(nodes)).toHaveLength(10000);
    expect(reads).toBeLessThan(10 * 1000 * 20);
  });
});
