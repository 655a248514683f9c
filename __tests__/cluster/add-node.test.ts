import { describe, expect, test } from '@jest/globals';
import { addNode } from '../../lib/cluster/cluster-file/add-node';
import { applyEdits } from '../../lib/text/edit';

const entry = { name: 'w2', role: 'worker', host: '192.0.2.3', home: '/opt/w2' };
const flow = '{ name: w2, role: worker, host: 192.0.2.3, home: /opt/w2 }';

function added(text: string, like = 0): string | undefined {
  const edit = addNode(text, like, entry);
  return edit && applyEdits(text, [edit]);
}

describe('addNode', () => {
  test.each([
    [
      'one line each',
      'nodes:\n  - { name: w1 } # first\n\nx: 1\n',
      `nodes:\n  - { name: w1 } # first\n  - ${flow}\n\nx: 1\n`,
    ],
    ['no last line end', 'nodes:\n- { name: w1 }', `nodes:\n- { name: w1 }\n- ${flow}`],
    ['CRLF', 'nodes:\r\n  - { name: w1 }\r\n', `nodes:\r\n  - { name: w1 }\r\n  - ${flow}\r\n`],
    [
      'a line for each key, with commented-out ones',
      'nodes:\n  -  name: w1\n     role: worker\n     #offset: 0\n  # about nothing\nx: 1\n',
      'nodes:\n  -  name: w1\n     role: worker\n     #offset: 0\n  -  name: w2\n     role: worker\n     host: 192.0.2.3\n     home: /opt/w2\n  # about nothing\nx: 1\n',
    ],
    ['brackets on one line', 'nodes: [{ name: w1 }]\n', `nodes: [{ name: w1 }, ${flow}]\n`],
    [
      'brackets on several lines, with a comma at the end',
      'nodes: [\n  { name: w1 },\n]\n',
      `nodes: [\n  { name: w1 },\n  ${flow}\n]\n`,
    ],
    [
      'JSON',
      '{\n  "nodes": [\n    { "name": "w1" }\n  ],\n  "x": 1\n}\n',
      '{\n  "nodes": [\n    { "name": "w1" },\n    { "name": "w2", "role": "worker", "host": "192.0.2.3", "home": "/opt/w2" }\n  ],\n  "x": 1\n}\n',
    ],
    [
      'a block of text as the last value',
      'nodes:\n  - { name: w1 }\n  - name: m\n    note: |\n      a\n      b\nx: 1\n',
      `nodes:\n  - { name: w1 }\n  - name: m\n    note: |\n      a\n      b\n  - ${flow}\nx: 1\n`,
    ],
  ])('keeps the style: %s', (_what, text, result) => {
    expect(added(text)).toBe(result);
  });

  test.each([
    ['no list', 'nodes: 3\n'],
    ['no such node', 'nodes: []\n'],
    ['a dash on a line of its own', 'nodes:\n  -\n    name: w1\n'],
    ['no YAML', 'nodes: [\n'],
  ])('gives nothing where it cannot be sure: %s', (_what, text) => {
    expect(added(text)).toBeUndefined();
  });
});
