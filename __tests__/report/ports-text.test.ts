import { describe, expect, test } from '@jest/globals';
import type { EffectivePort } from '../../lib/carbon/effective-ports';
import type { PortNode } from '../../lib/carbon/ports/port-collisions';
import { portsJson } from '../../lib/report/ports-json';
import { portsText } from '../../lib/report/ports-text';

function port(setting: string, base: number, offset: number | undefined, place?: [string, number]): EffectivePort {
  return {
    feature: 'servlet',
    setting,
    port: base + (offset ?? 0),
    base,
    isMovedByOffset: offset !== undefined,
    protocol: 'tcp',
    address: undefined,
    source: place && { value: String(base), path: place[0], line: place[1], column: 5 },
  };
}

const axis2 = 'repository/conf/axis2/axis2.xml';
const elb: PortNode = {
  name: 'elb',
  machine: '192.0.2.206',
  ports: [
    port('https servlet', 9443, 0),
    port('http receiver', 80, 0, [axis2, 120]),
    port('localMemberPort', 4000, undefined, [axis2, 7]),
  ],
};
const manager: PortNode = {
  name: 'manager',
  machine: '192.0.2.206',
  ports: [
    port('https servlet', 9443, 1, ['repository/conf/tomcat/catalina-server.xml', 60]),
    port('localMemberPort', 4000, undefined, [axis2, 531]),
  ],
};
const worker: PortNode = {
  name: 'wörker\u200e\u001b[31m',
  machine: undefined,
  ports: [
    { ...port('mcastPort', 45564, undefined, [axis2, 8]), protocol: 'multicast' },
    { ...port('AMQP', 5672, -2, ['repository/conf/broker.xml', 3]), address: '10.0.0.7' },
  ],
};

describe('portsText', () => {
  test('lists the ports of each machine by number, and those that are taken twice again', () => {
    expect(portsText([elb, worker, manager], {})).toBe(
      `192.0.2.206
    80  elb      http receiver    80 + 0    ${axis2}:120
! 4000  elb      localMemberPort  4000      ${axis2}:7
! 4000  manager  localMemberPort  4000      ${axis2}:531
  9443  elb      https servlet    9443 + 0  default
  9444  manager  https servlet    9443 + 1  repository/conf/tomcat/catalina-server.xml:60

an unknown machine, of wörker\ufffd\u241b[31m
   5670  wörker\ufffd\u241b[31m  AMQP at 10.0.0.7       5672 - 2  repository/conf/broker.xml:3
  45564  wörker\ufffd\u241b[31m  mcastPort (multicast)  45564     ${axis2}:8

1 port is taken more than once:
  192.0.2.206 4000: localMemberPort of elb (${axis2}:7), localMemberPort of manager (${axis2}:531)
`,
    );
  });

  test('says that all is well', () => {
    expect(
      portsText(
        [
          { ...elb, ports: elb.ports.slice(0, 1) },
          { name: 'x', machine: 'y', ports: [] },
        ],
        {},
      ),
    ).toBe(
      `192.0.2.206
  9443  elb  https servlet  9443 + 0  default

y: no ports are known

No port is taken twice
`,
    );
  });

  test('aligns names that take two columns a character', () => {
    const wide: PortNode = { name: '管理', machine: 'm', ports: [port('a', 80, 0)] };
    const narrow: PortNode = { name: 'w', machine: 'm', ports: [port('b', 81, 0)] };
    expect(portsText([wide, narrow], {})).toContain('  80  管理  a  80 + 0  default\n  81  w     b  81 + 0  default\n');
  });

  test('counts several, those of one node too, and paints them', () => {
    const twice: PortNode = {
      name: 'a',
      machine: undefined,
      ports: [port('x', 80, 0), port('y', 80, 0), port('x', 81, 0), port('y', 81, 0)],
    };
    const text = portsText([twice], { color: true });
    expect(text).toContain('\u001b[31m! 80\u001b[39m  a  x  80 + 0  \u001b[36mdefault\u001b[39m\n');
    expect(text).toContain(
      '\u001b[1m2 ports are taken more than once:\u001b[22m\n  \u001b[31m80\u001b[39m: x of a (default), y of a (default)\n  \u001b[31m81\u001b[39m: x of a (default), y of a (default)\n',
    );
  });

  test('has nothing to list without nodes', () => {
    expect(portsText([], {})).toBe('No port is taken twice\n');
  });
});

test('portsJson says the same', () => {
  expect(portsJson([elb, worker, { ...manager, ports: manager.ports.slice(1) }])).toEqual({
    formatVersion: 1,
    machines: [
      {
        machine: '192.0.2.206',
        ports: [
          expect.objectContaining({
            node: 'elb',
            port: 80,
            base: 80,
            offset: 0,
            movedByOffset: true,
            place: { path: axis2, line: 120, column: 5 },
          }),
          expect.objectContaining({ node: 'elb', port: 4000, offset: 0, movedByOffset: false }),
          expect.objectContaining({ node: 'manager', port: 4000 }),
          {
            node: 'elb',
            port: 9443,
            feature: 'servlet',
            setting: 'https servlet',
            protocol: 'tcp',
            address: null,
            base: 9443,
            offset: 0,
            movedByOffset: true,
            place: null,
          },
        ],
      },
      {
        machine: null,
        ports: [
          expect.objectContaining({ port: 5670, base: 5672, offset: -2, address: '10.0.0.7' }),
          expect.objectContaining({ port: 45564, protocol: 'multicast' }),
        ],
      },
    ],
    collisions: [
      {
        machine: '192.0.2.206',
        port: 4000,
        uses: [
          { node: 'elb', setting: 'localMemberPort' },
          { node: 'manager', setting: 'localMemberPort' },
        ],
      },
    ],
  });
});
