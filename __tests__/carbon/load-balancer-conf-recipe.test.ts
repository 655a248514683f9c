import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadBalancerConf, loadBalancerRecipe } from '../../lib/carbon/load-balancer-conf-recipe';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { roles } from '../../lib/cluster/roles';
import type { ClusterNode, ClusterTopology } from '../../lib/cluster/topology';
import { applyEdits } from '../../lib/text/edit';
import { modelRoutes } from '../elb/expect-declared';
import { caughtError } from '../caught-error';

const [elb, manager, worker1, worker2] = exampleCluster.nodes as [ClusterNode, ClusterNode, ClusterNode, ClusterNode];

function fixture(home: string): string {
  return readFileSync(join(__dirname, `../../fixtures/homes/${home}/repository/conf/loadbalancer.conf`), 'utf8');
}

function run(text: string, clusteringAgent: 'tribes' | 'hazelcast', topology: Partial<ClusterTopology> = {}): string {
  const context = { node: elb, topology: { ...exampleCluster, ...topology }, clusteringAgent };
  return applyEdits(text, loadBalancerRecipe(context, text, 'loadbalancer.conf').edits);
}

describe('loadbalancer.conf', () => {
  test('is only for load balancers', () => {
    expect(Object.values(roles).filter((role) => loadBalancerConf.need(role) !== 'untouched')).toEqual([roles.elb]);
  });

  test.each([
    ['tribes', 'elb-2.0.4', undefined],
    ['hazelcast', 'elb-2.1.0', '5000'],
  ] as const)('of the %s era routes the hosts of the example to its sub-domains', (agent, home, port) => {
    expect(modelRoutes(run(fixture(home), agent))).toMatchObject({
      'wso2.esb.domain/mgt': { hosts: ['mgt.esb.wso2.com'], port },
      'wso2.esb.domain/worker': { hosts: ['esb.cloud-test.wso2.com'], port },
    });
  });

  test('sub-domains and hosts of nodes win over those of the role and of the front end', () => {
    const nodes: ClusterTopology['nodes'] = [
      elb,
      { ...worker1, hostName: 'one.example.org' },
      { ...worker2, subDomain: 'batch', hostName: 'batch.example.org' },
      { ...worker2, name: 'worker4' },
      { ...manager, mgtHostName: 'console.example.org' },
    ];
    const routes = modelRoutes(run(fixture('elb-2.1.0'), 'hazelcast', { nodes }));
    expect(Object.entries(routes).filter(([pair]) => pair.startsWith('wso2.esb.domain/'))).toEqual([
      ['wso2.esb.domain/mgt', { hosts: ['console.example.org'], port: '5000' }],
      ['wso2.esb.domain/worker', { hosts: ['one.example.org', 'esb.cloud-test.wso2.com'], port: '5000' }],
      ['wso2.esb.domain/batch', { hosts: ['batch.example.org'], port: '5000' }],
    ]);
  });

  test('a host that is no longer forwarded is told, once', () => {
    const frontEnd = { ...exampleCluster.frontEnd, hostName: 'esb.example.org' };
    const context = { node: elb, topology: { ...exampleCluster, frontEnd }, clusteringAgent: 'hazelcast' } as const;
    const text = fixture('elb-2.1.0');
    const { edits, notes } = loadBalancerRecipe(context, text, 'loadbalancer.conf');
    expect(notes).toEqual([expect.stringContaining('no longer forwards requests for esb.cloud-test.wso2.com:')]);
    expect(loadBalancerRecipe(context, applyEdits(text, edits), 'loadbalancer.conf')).toEqual({
      edits: [],
      changes: [],
      notes: [],
    });
  });

  test('a load balancer without nodes behind it is left as it is', () => {
    const context = {
      node: elb,
      topology: { ...exampleCluster, nodes: [elb] as const },
      clusteringAgent: 'tribes',
    } as const;
    const recipe = loadBalancerRecipe(context, '', 'loadbalancer.conf');
    expect(recipe).toMatchObject({ edits: [], changes: [], notes: [expect.stringContaining('no node behind')] });
  });

  test('one host for console and services is refused', () => {
    const { hostName } = exampleCluster.frontEnd;
    const frontEnd = { ...exampleCluster.frontEnd, mgtHostName: hostName };
    const error = caughtError(() => run(fixture('elb-2.1.0'), 'hazelcast', { frontEnd }));
    expect(error.code).toBe('TARGET_UNSUITABLE');
    expect(error.message).toContain(`the host ${hostName} is to stand for the sub-domains mgt and worker`);
  });
});
