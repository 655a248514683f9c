import { describe, expect, test } from '@jest/globals';
import { clonedEntry, nodesWithOtherMembers } from '../../lib/cluster/clone-node';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { ClusterNode, ClusterTopology } from '../../lib/cluster/topology';

const [, manager, worker1, ...others] = exampleCluster.nodes as readonly [
  ClusterNode,
  ClusterNode,
  ClusterNode,
  ...ClusterNode[],
];

describe('nodesWithOtherMembers', () => {
  const alone: ClusterTopology = { ...exampleCluster, nodes: [manager] };
  const two: ClusterTopology = { ...exampleCluster, nodes: [manager, worker1] };

  test('a first worker is listed by the manager, a second one by nobody', () => {
    expect(nodesWithOtherMembers(alone, two)).toEqual([manager]);
    expect(nodesWithOtherMembers(two, { ...two, nodes: [manager, worker1, ...others] })).toEqual([]);
  });
});

describe('clonedEntry', () => {
  const source = {
    ...worker1,
    host: 'a.example.org',
    localMemberHost: 'a.example.org',
    offset: 3,
    localMemberPort: 4003,
  };
  const topology: ClusterTopology = { ...exampleCluster, nodes: [manager, source] };
  const entry = {
    name: source.name,
    role: 'worker',
    host: 'a.example.org',
    home: '/opt/a',
    offset: 3,
    localMemberPort: 4003,
    localMemberHost: 'a.example.org',
    localRegistryDatabase: 'MINE',
    subDomain: 'fast',
  };

  test.each([
    [
      'on the same machine it keeps the address only',
      undefined,
      { localMemberHost: 'a.example.org', subDomain: 'fast' },
    ],
    ['on another it keeps the numbers only', 'b.example.org', { offset: 3, localMemberPort: 4003, subDomain: 'fast' }],
  ])('%s', (_what, host, kept) => {
    const made = clonedEntry(entry, source, { name: 'w2', home: 'w2', host }, topology);
    expect(made).toEqual({ name: 'w2', role: 'worker', host: host ?? 'a.example.org', home: 'w2', ...kept });
    expect(Object.keys(made).slice(0, 4)).toEqual(['name', 'role', 'host', 'home']);
  });

  test('a local registry that is left as the home has it stays so', () => {
    const made = clonedEntry(
      { ...entry, localRegistryDatabase: false },
      source,
      { name: 'w2', home: 'w2', host: undefined },
      topology,
    );
    expect(made['localRegistryDatabase']).toBe(false);
  });
});
