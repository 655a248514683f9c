import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { caughtError } from '../../caught-error';
import { clusterFixtures, goodEnvironment } from './cluster-fixtures';
import { parseClusterFile, resolveClusterFile } from '../../../lib/cluster/cluster-file/parse-cluster-file';
import { withSettings, type Setting } from '../../../lib/cluster/cluster-file/settings';
import type { ClusterTopology } from '../../../lib/cluster/topology';

const example = readFileSync(join(clusterFixtures, 'worked-example.yaml'), 'utf8');

/** `path=value`, as from the command line. */
function settingOf(words: string): Setting {
  const at = words.indexOf('=');
  return { path: words.slice(0, at), value: words.slice(at + 1), origin: '--set' };
}

function exampleWith(...words: readonly string[]): ClusterTopology {
  const parsed = parseClusterFile(example, 'a.yaml', words.map(settingOf));
  const secrets = { env: goodEnvironment, files: new Map(), need: 'required' } as const;
  return resolveClusterFile(parsed, { secrets, resolveHome: (home) => home }).topology;
}

const problemsOf = (...words: readonly string[]): readonly string[] =>
  caughtError(() => exampleWith(...words))
    .message.split('\n')
    .slice(1)
    .map((line) => line.trim());

describe('a setting', () => {
  test.each([
    ['domain=other', ({ domain }: ClusterTopology) => domain, 'other'],
    ['nodes.worker2.offset=9', ({ nodes }: ClusterTopology) => nodes[3]?.offset, 9],
    ['nodes[3].offset=9', ({ nodes }: ClusterTopology) => nodes[3]?.offset, 9],
    ['nodes.3.offset=9', ({ nodes }: ClusterTopology) => nodes[3]?.offset, 9],
    ['hosts["node2.esb.wso2.com"]=192.0.2.9', ({ nodes }: ClusterTopology) => nodes[2]?.localMemberHost, '192.0.2.9'],
    ['database.names.registry=REG', ({ registry }: ClusterTopology) => registry.database, 'REG'],
    ['database.pool={ maxActive: 7 }', ({ database }: ClusterTopology) => database.pool, { maxActive: '7' }],
    ['database.pool.maxActive=7', ({ database }: ClusterTopology) => database.pool, { maxActive: '7' }],
    ['nodes.elb.members=[a:1, b:2]', ({ nodes }: ClusterTopology) => nodes[0].members?.length, 2],
    ['mgtHostName=', ({ frontEnd }: ClusterTopology) => frontEnd.mgtHostName, 'mgt.esb.cloud-test.wso2.com'],
    ['mgtHostName=~', ({ frontEnd }: ClusterTopology) => frontEnd.mgtHostName, 'mgt.esb.cloud-test.wso2.com'],
    ['registry.overwrite=false', ({ registry }: ClusterTopology) => registry.overwrite, 'false'],
    ['database.username="4711"', ({ database }: ClusterTopology) => database.username, '4711'],
    ['database.username=a=b', ({ database }: ClusterTopology) => database.username, 'a=b'],
  ])('%s takes the place of what the file says', (words, read, expected) => {
    expect(read(exampleWith(words))).toEqual(expected);
  });

  test.each(['#hash', '&anchor', '*alias', '!tag', '@at', '%percent', 'a #b', '0123', 'a: b: c', "it's", '`'])(
    '%s is a value as it stands, though it is not one in YAML',
    (value) => {
      const { value: made } = withSettings({}, [{ path: 'a', value, origin: '--set' }]);
      expect(made).toEqual({ a: value });
    },
  );

  test('of the same value counts where it is the last', () => {
    expect(exampleWith('domain=one', 'domain=two').domain).toBe('two');
    expect(exampleWith('database.pool={a: 1, b: 2}', 'database.pool.b=3', 'database.pool.a=').database.pool).toEqual({
      b: '3',
    });
    expect(exampleWith('nodes.worker1.offset=7', 'nodes.worker1.offset=').nodes[2]?.offset).toBe(0);
  });

  test('does not change what it is made in', () => {
    const value = Object.freeze({ a: Object.freeze({ b: 1 }), list: Object.freeze([Object.freeze({ name: 'x' })]) });
    const settings = ['a.b=2', 'list.x.c=3'].map(settingOf);
    expect(withSettings(value, settings).value).toEqual({ a: { b: 2 }, list: [{ name: 'x', c: 3 }] });
  });

  test('can make up a whole file', () => {
    const words = [
      'domain=d',
      'hostName=h',
      'database={host: h, username: u}',
      'nodes=[{name: w, role: worker, host: h}]',
    ];
    const { file } = parseClusterFile('', 'a.yaml', words.map(settingOf));
    expect(file.nodes).toEqual([{ name: 'w', role: 'worker', host: 'h' }]);
  });
});

const notAPath =
  'is not PATH=VALUE with the path of a value, such as nodes.worker1.offset=3 or hosts["db.example.org"]=192.0.2.10';

describe('a setting that is wrong', () => {
  test.each([
    ['database.hots=h', '--set database.hots: database.hots is no key of the cluster file; did you mean host?'],
    ['domain.x=1', '--set domain.x: domain holds no other values; set it as a whole'],
    ['nodes.worker9.offset=1', '--set nodes.worker9.offset: there is no worker9 in nodes; did you mean worker1?'],
    ['nodes[9].offset=1', '--set nodes[9].offset: there is no 9 in nodes; it has 5 items, counted from 0'],
    ['nodes.worker1=', '--set nodes.worker1: an item of a list cannot be taken away; set the whole list'],
    [
      'nodes.worker1.offset=70000',
      '--set nodes.worker1.offset: nodes[2].offset must be a whole number from 0 to 54424',
    ],
    ['nodes.worker1.role=~', 'a.yaml:23:5: nodes[2].role is missing; add it'],
    [
      'database.username=4711',
      '--set database.username: database.username must be text, but this is a number; put it in quotes',
    ],
    [
      'database.pool={ a: *b }',
      '--set database.pool: the value is no plain YAML: is an alias; write the value out here',
    ],
    ['nodes=[a', '--set nodes: the value is no plain YAML: flow sequence must end with a ]; correct the YAML here'],
    ['a..b=1', `--set a..b: ${notAPath}`],
    ['.a=1', `--set .a: ${notAPath}`],
    ['=1', `--set : ${notAPath}`],
    ['a["b"=1', `--set a["b": ${notAPath}`],
    ['__proto__.a=1', `--set __proto__.a: ${notAPath}`],
    ['a["__proto__"]=1', `--set a["__proto__"]: ${notAPath}`],
  ])('%s is refused under its own name', (words, problem) => {
    expect(problemsOf(words)).toEqual([problem]);
  });

  test('where two settings do not go together, the problem has the name of the one', () => {
    expect(problemsOf('nodes.elb.offset=0', 'nodes.worker2.offset=0')).toEqual([
      '--set nodes.worker2.offset: nodes[3].offset: elb and worker2 run on one machine, elb.wso2.com and mgr.esb.wso2.com, with the same offset 0; give each its own',
    ]);
  });

  test('is told together with every other one, and with what is wrong in the file', () => {
    const text = example.replace('role: elb', 'role: boss');
    const settings = ['database.hots=h', 'x=1'].map(settingOf);
    const { message } = caughtError(() => parseClusterFile(text, 'a.yaml', settings));
    expect(message.split('\n').map((line) => line.trim())).toEqual([
      'a.yaml: not a valid cluster file; correct these 3:',
      '--set database.hots: database.hots is no key of the cluster file; did you mean host?',
      expect.stringMatching(/^--set x: x is no key of the cluster file; it can be domain,/),
      'a.yaml:21:24: nodes[0].role must be one of manager, worker, elb',
    ]);
  });

  test('of a hundred thousand brackets does not take the process with it', () => {
    expect(problemsOf(`nodes=${'['.repeat(100_000)}`)).toEqual([
      '--set nodes: the value is no plain YAML: is nested too deeply for a cluster file; write it flatter',
    ]);
  });
});
