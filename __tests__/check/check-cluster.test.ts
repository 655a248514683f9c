import { describe, expect, test } from '@jest/globals';
import { checkCluster } from '../../lib/check/check-cluster';
import { ruleCodes } from '../../lib/check/rules';
import { checkCase, type RuleCase } from './rule-cases';

const off = (node: string): NonNullable<RuleCase['changes']>[number] => ({
  node,
  file: 'repository/conf/axis2/axis2.xml',
  operations: [{ op: 'setAttribute', at: '/axisconfig/clustering', name: 'enable', value: 'false' }],
});

const silenced = (...rules: readonly object[]): RuleCase => ({
  base: 'hazelcast',
  changes: [off('manager'), off('worker1')],
  topology: { silencedRules: rules },
});

describe('findings', () => {
  test('carry their rules, the worst first, then in the order of the nodes', async () => {
    const { result } = await checkCase({
      base: 'hazelcast',
      changes: [
        off('worker2'),
        off('manager'),
        { node: 'elb', file: 'repository/conf/hazelcast.xml', text: '<hazelcast/>' },
        { node: 'worker3', file: 'repository/conf/axis2/axis2.xml', text: '<axisconfig>' },
      ],
    });
    const shown = result.findings
      .filter(({ rule }) => ['R04', 'R05', 'R15'].includes(rule))
      .map(({ rule, severity, nodes: [node] }) => `${severity} ${rule} ${node?.name}`);
    expect(shown).toEqual(['error R05 manager', 'error R05 worker2', 'error R04 worker3', 'warning R15 elb']);
  });

  test('about the cluster as a whole come first', async () => {
    const { result } = await checkCase({
      base: 'hazelcast',
      changes: [off('elb'), { node: 'worker3', file: 'repository/conf/deployment.toml', text: '' }],
    });
    const shown = result.findings.map(({ rule, nodes: [node] }) => `${rule} ${node?.name ?? 'cluster'}`);
    expect(shown.slice(0, 2)).toEqual(['R01 cluster', 'R05 elb']);
  });

  test('of a cluster without nodes are none', () => {
    expect(checkCluster({ topology: undefined, nodes: [], unopened: [] })).toMatchObject({
      findings: [],
      silenced: [],
    });
  });
});

describe('a silenced rule', () => {
  const of05 = async (given: RuleCase): Promise<readonly [readonly string[], readonly string[]]> => {
    const { result } = await checkCase(given);
    const named = (findings: typeof result.findings): readonly string[] =>
      findings.filter(({ rule }) => rule === 'R05').map(({ nodes }) => nodes.map(({ name }) => name).join());
    return [
      named(result.findings),
      result.silenced.map(({ finding, reason }) => `${named([finding]).join()}: ${reason}`),
    ];
  };

  test.each([
    ['everywhere', [{ rule: 'R05', reason: 'r' }], [], ['manager: r', 'worker1: r']],
    ['for one node', [{ rule: 'R05', reason: 'r', nodes: ['worker1'] }], ['manager'], ['worker1: r']],
    ['that is another', [{ rule: 'R06', reason: 'r' }], ['manager', 'worker1'], []],
    [
      'for the first reason that fits',
      [
        { rule: 'R05', reason: 'a', nodes: ['worker1', 'worker2'] },
        { rule: 'R05', reason: 'b' },
      ],
      [],
      ['manager: b', 'worker1: a'],
    ],
  ])('is silent %s', async (_, rules, findings, apart) => {
    expect(await of05(silenced(...rules))).toEqual([findings, apart]);
  });

  test('for some nodes only is reported where it is about others too, or about the cluster', async () => {
    const { result } = await checkCase({
      base: 'hazelcast',
      changes: [
        ...['worker1', 'worker2'].map((node) => ({
          node,
          file: 'repository/conf/hazelcast.xml',
          text: '<hazelcast/>',
        })),
        { node: 'worker3', file: 'repository/conf/deployment.toml', text: '' },
      ],
      topology: {
        silencedRules: [
          { rule: 'R15', reason: 'r', nodes: ['worker1'] },
          { rule: 'R01', reason: 'r', nodes: ['worker1'] },
        ],
      },
    });
    const rules = result.findings.map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['R15', 'R01']));
    expect(result.silenced).toEqual([]);
  });
});

test('the codes of the rules are R and two digits, in order', () => {
  expect(ruleCodes.every((code) => /^R\d\d$/.test(code))).toBe(true);
  expect([...ruleCodes].sort()).toEqual(ruleCodes);
});
