import { describe, expect, test } from '@jest/globals';
import { ruleCodes } from '../../lib/check/rules';
import { findingsJson } from '../../lib/report/findings-json';
import { findingsText } from '../../lib/report/findings-text';
import { emptyNode, sampleFinding, sampleResult } from '../check/check-result';

const worker1 = emptyNode('worker1');
const worker2 = emptyNode('worker2', "/srv/it's here");
const place = { path: 'repository/conf/axis2/axis2.xml', line: 489, column: 5 };
const why =
  'A node without clustering runs alone: it gets no cluster messages, so caches go stale and deployed artifacts do not arrive.';

describe('a finding for people', () => {
  test('is a paragraph, with a command for each node, and a line that counts', () => {
    const result = sampleResult(
      [worker1, worker2],
      [sampleFinding({ nodes: [worker1, worker2], place, command: 'apply --node {node}' })],
    );
    expect(findingsText(result, { clusterFile: 'my cluster.yaml' }))
      .toBe(`error R05 worker1, worker2 repository/conf/axis2/axis2.xml:489:5
  it is off
  why: ${why}
  fix: turn it on
  run: carbon-patch apply --cluster 'my cluster.yaml' --node worker1
  run: carbon-patch apply --cluster 'my cluster.yaml' --node worker2

1 error
`);
  });

  test.each([
    ['a file as a whole', { path: 'a.xml', line: undefined }, 'error R05 worker1 a.xml'],
    ['a line', { path: 'a.xml', line: 3 }, 'error R05 worker1 a.xml:3'],
    ['nothing that is there', undefined, 'error R05 worker1'],
  ])('about %s says so', (_, where, head) => {
    const text = findingsText(sampleResult([worker1], [sampleFinding({ nodes: [worker1], place: where })]), {});
    expect(text.split('\n')[0]).toBe(head);
  });

  test('about no node is about the cluster', () => {
    expect(findingsText(sampleResult([], [sampleFinding({ nodes: [] })]), {})).toMatch(/^error R05 cluster\n/);
  });

  test('about many nodes names the first ones, and so do its commands', () => {
    const nodes = Array.from({ length: 6 }, (_, index) => emptyNode(`n${index}`));
    const finding = sampleFinding({ nodes, command: 'apply --node {node}' });
    const lines = findingsText(sampleResult(nodes, [finding]), { clusterFile: 'c.yaml' }).split('\n');
    expect(lines[0]).toBe('error R05 n0, n1, n2 and 3 more');
    expect(lines.slice(4, 8)).toEqual([
      '  run: carbon-patch apply --cluster c.yaml --node n0',
      '  run: carbon-patch apply --cluster c.yaml --node n1',
      '  run: carbon-patch apply --cluster c.yaml --node n2',
      '  and the same for 3 more',
    ]);
  });

  test('offers no apply without a cluster file, but what needs only the home', () => {
    const findings = ['apply --node {node}', 'show --node {node}'].map((command) =>
      sampleFinding({ nodes: [worker2], command }),
    );
    const text = findingsText(sampleResult([worker2], findings), {});
    expect(text.match(/run: .*/g)).toEqual(["run: carbon-patch show --home '/srv/it'\\''s here'"]);
  });

  test('shows what a terminal would obey, and stays on its lines', () => {
    const finding = sampleFinding({ nodes: [emptyNode('a\u001b[31m')], what: 'x\n\n1 error\u202e', fix: 'y\r\nz' });
    expect(
      findingsText(sampleResult([], [finding]), {})
        .split('\n')
        .slice(0, 4),
    ).toEqual(['error R05 a␛[31m', '  x 1 error�', `  why: ${why}`, '  fix: y z']);
  });

  test('hides what looks like a secret', () => {
    const finding = sampleFinding({
      nodes: [worker1],
      what: 'the URL is jdbc:mysql://root:hunter2@db/x?password=hunter2',
      fix: 'remove password=hunter2',
    });
    expect(findingsText(sampleResult([worker1], [finding]), {})).not.toContain('hunter2');
    expect(JSON.stringify(findingsJson(sampleResult([worker1], [finding]), {}))).not.toContain('hunter2');
  });

  test('is in colour where the terminal has it', () => {
    const text = findingsText(
      sampleResult([worker1], [sampleFinding({ nodes: [worker1], place, severity: 'warning' })]),
      { color: true },
    );
    expect(text.split('\n')[0]).toBe(
      '\u001b[33mwarning\u001b[39m \u001b[1mR05\u001b[22m worker1 \u001b[36mrepository/conf/axis2/axis2.xml:489:5\u001b[39m',
    );
  });
});

describe('the last line', () => {
  const of = (severity: 'error' | 'warning' | 'info'): ReturnType<typeof sampleFinding> =>
    sampleFinding({ nodes: [worker1], severity });
  const silent = { finding: of('error'), reason: 'r' };

  test.each([
    [[], [], false, 'No errors, no warnings'],
    [[of('error'), of('error'), of('warning')], [], false, '2 errors, 1 warning'],
    [[of('warning'), of('info')], [], false, '1 warning; 1 remark not shown (--all)'],
    [[of('info'), of('info')], [], false, 'No errors, no warnings; 2 remarks not shown (--all)'],
    [[of('info'), of('info')], [], true, 'No errors, no warnings; 2 remarks'],
    [[], [silent, silent], false, 'No errors, no warnings; 2 silenced'],
  ])('of %# says what there is', (findings, silenced, all, expected) => {
    const text = findingsText(sampleResult([worker1], findings, silenced), { all });
    expect(text.split('\n').at(-2)).toBe(expected);
  });

  test('comes behind what is silenced, with the nodes and the reason', () => {
    const silenced = [
      { finding: sampleFinding({ nodes: [worker1] }), reason: 'in work' },
      { finding: sampleFinding({ nodes: [worker2, worker1] }), reason: 'in work' },
      { finding: sampleFinding({ nodes: [], rule: 'R01' }), reason: 'meant\nso' },
    ];
    expect(findingsText(sampleResult([worker1, worker2], [], silenced), {})).toBe(
      'silenced R05 worker1, worker2: in work\nsilenced R01 cluster: meant so\nNo errors, no warnings; 3 silenced\n',
    );
  });
});

describe('findings as JSON', () => {
  test('have everything, also remarks and what is silenced', () => {
    const finding = sampleFinding({ nodes: [worker1], place, command: 'apply --node {node}' });
    const remark = sampleFinding({ nodes: [], severity: 'info', rule: 'R01' });
    const result = sampleResult([worker1], [finding, remark], [{ finding: remark, reason: 'r' }]);
    const unopened = [{ name: 'b', home: '/srv/b', code: 'HOME_NOT_FOUND', message: 'm' }];
    const json = findingsJson({ ...result, cluster: { ...result.cluster, unopened } }, { clusterFile: 'c.yaml' });
    const remarkJson = { ...remark, nodes: [], place: null, why: expect.any(String), commands: [] };
    expect(json).toEqual({
      formatVersion: 1,
      clusterFile: 'c.yaml',
      nodes: [{ name: 'worker1', home: '/srv/worker1', role: 'worker' }],
      unopened,
      counts: { error: 1, warning: 0, info: 1 },
      findings: [
        {
          rule: 'R05',
          severity: 'error',
          nodes: ['worker1'],
          place,
          what: 'it is off',
          why,
          fix: 'turn it on',
          commands: ['carbon-patch apply --cluster c.yaml --node worker1'],
        },
        remarkJson,
      ],
      silenced: [{ ...remarkJson, reason: 'r' }],
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test('have null where nothing is said', () => {
    const finding = sampleFinding({ nodes: [worker1], place: { path: 'a', line: undefined } });
    const json = findingsJson(sampleResult([worker1], [finding]), {});
    expect([json.clusterFile, json.findings[0]?.place]).toEqual([null, { path: 'a', line: null, column: null }]);
  });
});

test('every rule of the samples is registered', () => {
  expect(ruleCodes).toEqual(expect.arrayContaining(['R01', 'R05']));
});
