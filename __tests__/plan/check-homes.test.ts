import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { ClusterTopology } from '../../lib/cluster/topology';
import { checkHomes, type CheckTarget } from '../../lib/plan/check-homes';
import { baseCluster } from '../check/base-clusters';
import { makeHome } from '../disk/temporary-home';
import { fixtureHomes } from './fixture-home';

async function targetsOf(base: 'hazelcast' | 'tribes'): Promise<readonly [readonly CheckTarget[], ClusterTopology]> {
  const { folder, topology } = await baseCluster(base);
  return [topology.nodes.map(({ name }) => ({ name, home: join(folder, name) })), topology];
}

describe('with a cluster file', () => {
  test('nodes have the role and the machine that it says, and their ports', async () => {
    const [targets, topology] = await targetsOf('hazelcast');
    const { nodes, unopened } = await checkHomes(targets, topology);
    expect(unopened).toEqual([]);
    expect(nodes.map(({ name, role, machine, node }) => [name, role, machine, node?.offset])).toEqual([
      ['elb', 'elb', '192.0.2.206', 0],
      ['manager', 'manager', '192.0.2.206', 1],
      ['worker1', 'worker', '192.0.2.132', 0],
      ['worker2', 'worker', '192.0.2.206', 2],
      ['worker3', 'worker', '192.0.2.132', 1],
    ]);
    expect(nodes[1]?.ports.map(({ port }) => port)).toEqual(expect.arrayContaining([9444, 9764, 4001]));
  });

  test('a host by name is the machine that the file resolves it to', async () => {
    const [[target], topology] = await targetsOf('hazelcast');
    const [first, ...others] = topology.nodes;
    const named: ClusterTopology = {
      ...topology,
      hosts: { 'front.example.org': '192.0.2.1' },
      nodes: [{ ...first, host: 'front.example.org' }, ...others],
    };
    const { nodes } = await checkHomes(target === undefined ? [] : [target], named);
    expect(nodes.map(({ machine }) => machine)).toEqual(['192.0.2.1']);
  });
});

describe('without a cluster file', () => {
  test('nodes have the role that the home shows, and the machine that it tells the others', async () => {
    const [targets] = await targetsOf('tribes');
    const { nodes } = await checkHomes(targets, undefined);
    expect(nodes.map(({ role, machine, node }) => [role, machine, node])).toEqual([
      ['elb', '192.0.2.206', undefined],
      ['manager', '192.0.2.206', undefined],
      ['worker', '192.0.2.132', undefined],
      ['worker', '192.0.2.206', undefined],
      ['worker', '192.0.2.132', undefined],
    ]);
  });

  test.each(['127.0.0.1', 'localhost', '0.0.0.0', '::1', '${host}', ''])(
    'the machine of a home that tells %j is not known',
    async (host) => {
      const axis2 = `<a><clustering><parameter name="localMemberHost">${host}</parameter></clustering></a>`;
      const home = makeHome({ 'repository/conf/axis2/axis2.xml': axis2 });
      const { nodes } = await checkHomes([{ name: 'a', home }], undefined);
      expect(nodes.map(({ machine }) => machine)).toEqual([undefined]);
    },
  );
});

describe('homes that cannot be opened', () => {
  test('are apart, with the error, and the others are checked', async () => {
    const missing = join(makeHome({}), 'missing');
    const generated = join(fixtureHomes, 'am-3.0.0-toml');
    const seen: string[] = [];
    const { nodes, unopened } = await checkHomes(
      [
        { name: 'a', home: missing },
        { name: 'b', home: join(fixtureHomes, 'esb-5.0.0') },
        { name: 'c', home: generated },
      ],
      undefined,
      { onProgress: (done, total) => seen.push(`${done}/${total}`) },
    );
    expect(nodes.map(({ name }) => name)).toEqual(['b']);
    expect(unopened.map(({ name, home, code }) => [name, home, code])).toEqual([
      ['a', missing, 'HOME_NOT_FOUND'],
      ['c', generated, 'HOME_GENERATED'],
    ]);
    expect(unopened[0]?.message).toContain('there is no such folder');
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
  });
});
