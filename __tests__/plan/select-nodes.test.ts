import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { makeFolder, rejectionOf } from '../disk/temporary-home';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { ClusterNode, ClusterTopology } from '../../lib/cluster/topology';
import { candidatesFor, selectNodes, type SelectedNodes } from '../../lib/plan/select-nodes';

type NodeValues = Pick<ClusterNode, 'name' | 'role'> & Partial<ClusterNode>;

function clusterOf(nodes: readonly NodeValues[], hosts: Readonly<Record<string, string>> = {}): ClusterTopology {
  const [first, ...others] = nodes.map((values): ClusterNode => {
    const host = values.host ?? `${values.name}.example.org`;
    return { ...exampleCluster.nodes[0], home: undefined, localMemberHost: host, ...values, host };
  });
  if (first === undefined) throw new Error('a cluster has a node');
  return { ...exampleCluster, hosts, nodes: [first, ...others] };
}

/** A new folder with these folders in it. */
function machineWith(...homes: readonly string[]): string {
  const folder = makeFolder();
  for (const home of homes) mkdirSync(join(folder, home), { recursive: true });
  return folder;
}

const selectedNames = ({ nodes }: SelectedNodes): readonly string[] => nodes.map(({ node }) => node.name);

const reasons = ({ others }: SelectedNodes): Readonly<Record<string, string>> =>
  Object.fromEntries(others.map(({ node, because }) => [node.name, because]));

describe('without names, the nodes are', () => {
  test('those whose home is there, in start order, where no address tells machines apart', async () => {
    const folder = machineWith('w1', 'm', 'elb');
    const topology = clusterOf([
      { name: 'w1', role: 'worker', home: join(folder, 'w1') },
      { name: 'w2', role: 'worker', home: join(folder, 'w2') },
      { name: 'w3', role: 'worker' },
      { name: 'm', role: 'manager', home: join(folder, 'm') },
      { name: 'elb', role: 'elb', home: join(folder, 'elb') },
    ]);
    const selected = await selectNodes(topology, [], ['192.0.2.99']);
    expect(selectedNames(selected)).toEqual(['elb', 'm', 'w1']);
    expect(reasons(selected)).toEqual({
      w2: `${join(folder, 'w2')} is not on this machine`,
      w3: 'it has no home in the cluster file',
    });
  });

  test.each([
    ['its host', { host: '192.0.2.12' }, {}, '192.0.2.12'],
    ['the address that it advertises', { localMemberHost: '192.0.2.12' }, {}, '192.0.2.12'],
    ['the address of its host', { host: 'two.example.org' }, { 'two.example.org': '192.0.2.12' }, '192.0.2.12'],
    ['IPv6 as it may be written', { host: '2001:DB8:0:0::12' }, {}, '2001:db8::12'],
    ['IPv6 in brackets', { host: '[2001:db8::12]' }, {}, '2001:db8::12'],
  ])(
    'those of this machine where %s tells which they are, also with one home path on all',
    async (_, values, hosts, own) => {
      const home = join(machineWith('esb'), 'esb');
      const nodes: readonly NodeValues[] = [
        { name: 'w1', role: 'worker', home, host: '192.0.2.11' },
        { name: 'w2', role: 'worker', home, ...values },
        { name: 'w3', role: 'worker', home, host: 'toString' },
      ];
      const selected = await selectNodes(clusterOf(nodes, hosts), [], ['127.0.0.1', '::1', own]);
      expect(selectedNames(selected)).toEqual(['w2']);
      expect(reasons(selected)).toEqual({ w1: 'it runs on 192.0.2.11', w3: 'it runs on toString' });
    },
  );

  test('none is refused, with what keeps each from being here', async () => {
    const topology = clusterOf([
      { name: 'm', role: 'manager', host: '192.0.2.11', home: '/nowhere/m' },
      { name: 'w', role: 'worker', host: '192.0.2.12' },
    ]);
    expect(await rejectionOf(selectNodes(topology, [], ['192.0.2.11']))).toMatchObject({
      code: 'NODE_CHOICE_UNCLEAR',
      message:
        'no node of the cluster has its home on this machine (m: /nowhere/m is not on this machine; w: it has no home in the cluster file); correct the homes in the cluster file, or name nodes with --node: m, w',
    });
  });

  test('refused where two that are here have one home, also by way of a link', async () => {
    const folder = machineWith('esb');
    symlinkSync('esb', join(folder, 'link'));
    const topology = clusterOf([
      { name: 'w1', role: 'worker', home: join(folder, 'esb') },
      { name: 'w2', role: 'worker', home: join(folder, 'link') },
    ]);
    expect(await rejectionOf(selectNodes(topology, [], []))).toMatchObject({
      message: `w1 and w2 have the same home ${join(folder, 'link')}, and nothing tells which of them runs on this machine; name one with --node, or give the addresses of the machines in hosts`,
    });
    expect(selectedNames(await selectNodes(topology, ['w2'], []))).toEqual(['w2']);
  });
});

describe('with names', () => {
  const topology = clusterOf([
    { name: 'worker1', role: 'worker', home: '/nowhere/1' },
    { name: 'worker2', role: 'worker' },
    { name: 'manager', role: 'manager', home: '/nowhere/m', host: '192.0.2.11' },
  ]);

  test('they are taken in start order, once each, wherever they run', async () => {
    const selected = await selectNodes(topology, ['worker1', 'manager', 'worker1'], ['192.0.2.99']);
    expect(selectedNames(selected)).toEqual(['manager', 'worker1']);
    expect(reasons(selected)).toEqual({ worker2: 'not named' });
  });

  test.each([
    [['worker9'], 'the cluster has no node worker9; did you mean worker1?'],
    [['worker1', 'x', 'mangaer'], 'the cluster has no node x, mangaer; did you mean manager?'],
    [['x'], 'the cluster has no node x; it has worker1, worker2, manager'],
    [['toString'], 'the cluster has no node toString; it has worker1, worker2, manager'],
    [['worker1', 'worker2'], 'worker2: no home in the cluster file; add one there, or give --home'],
  ])('%j is refused', async (names, message) => {
    expect(await rejectionOf(selectNodes(topology, names, []))).toMatchObject({ code: 'NODE_CHOICE_UNCLEAR', message });
  });

  test('many names are cut short', async () => {
    const nodes = Array.from({ length: 30 }, (_, index): NodeValues => ({ name: `node${index}`, role: 'worker' }));
    const error = await rejectionOf(selectNodes(clusterOf(nodes), ['zebra'], []));
    expect((error as Error).message).toMatch(/; it has node0, node1, .*node9 and 20 more$/);
  });
});

describe('the candidates for one home', () => {
  const folder = machineWith('m', 'w', 'other');
  symlinkSync('w', join(folder, 'link'));
  const topology = clusterOf([
    { name: 'm', role: 'manager', home: join(folder, 'm'), host: '192.0.2.11' },
    { name: 'w1', role: 'worker', home: join(folder, 'w'), host: '192.0.2.12' },
    { name: 'w2', role: 'worker', home: join(folder, 'w'), host: '192.0.2.13' },
    { name: 'w3', role: 'worker', host: '192.0.2.14' },
  ]);
  const none = { name: undefined, role: undefined, home: undefined };

  test.each([
    ['the named one', { ...none, name: 'w3', home: join(folder, 'm') }, ['w3']],
    ['those of the role', { ...none, role: 'worker' as const }, ['w1', 'w2', 'w3']],
    ['none of a role that nobody has', { ...none, role: 'elb' as const }, []],
    ['those with the home', { ...none, home: `${folder}/w/` }, ['w1', 'w2']],
    ['those with the home, by way of a link', { ...none, home: join(folder, 'link') }, ['w1', 'w2']],
    ['the one with the home on this machine', { ...none, home: join(folder, 'w'), addresses: ['192.0.2.13'] }, ['w2']],
    ['the one of the role on this machine', { ...none, role: 'worker' as const, addresses: ['192.0.2.14'] }, ['w3']],
    [
      'all of the role where none has the home',
      { ...none, role: 'manager' as const, home: join(folder, 'other') },
      ['m'],
    ],
  ])('are %s', async (_, hints, expected) => {
    expect((await candidatesFor(topology, hints)).map(({ name }) => name)).toEqual(expected);
  });

  test.each([
    [
      { ...none, name: 'm', role: 'worker' as const },
      'node m has the role manager, not worker; of that role there is w1, w2, w3',
    ],
    [{ ...none, name: 'm', role: 'elb' as const }, 'node m has the role manager, not elb; no node has that role'],
    [{ ...none, name: 'w4' }, 'the cluster has no node w4; did you mean w1?'],
  ])('%j is refused', async (hints, message) => {
    expect(await rejectionOf(candidatesFor(topology, hints))).toMatchObject({ code: 'NODE_CHOICE_UNCLEAR', message });
  });
});
