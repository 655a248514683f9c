import { describe, expect, test } from '@jest/globals';
import { readPlainYaml } from '../../../lib/cluster/cluster-file/plain-yaml';
import { readClusterSource } from '../../../lib/cluster/cluster-file/source';

const problemsOf = (text: string): readonly string[] =>
  readPlainYaml(text).problems.map(({ offset, problem }) => `${offset}: ${problem}`);

const many = 100_000;

/** As many as the parser reads in a second or two; what grows with the square of the length takes half a minute. */
const some = 30_000;

const longest = 12_000;

describe('a text that is no plain YAML', () => {
  test.each([
    ['an anchor of a value', 'a: &x 1', '6: has an anchor; write values out where they count'],
    ['an alias', 'a: *x', '3: is an alias; write the value out here'],
    ['a merge', '<<: {}', '0: << merges another map; write its values out here'],
    ['a tag of YAML itself', 'a: !!str 1', '9: has a tag; write the plain value, text in quotes where it needs them'],
    ['the tag without a name', 'a: ! b', '5: has a tag; write the plain value, text in quotes where it needs them'],
    ['a list as a key', '[a]: 1', '0: is a key that is no plain text; write a name there'],
    ['a key that is there twice', '{a: 1, "a": 2}', '7: is a key that this map has already'],
    ['a key that JavaScript keeps', 'prototype: 1', '0: is no name that can be used here; choose another'],
    ['a second document', 'a: 1\n---\nb: 2', '5: begins a second document; a cluster file holds one'],
    ['a bare second document', 'a: 1\n...\nb: 2', '9: begins a second document; a cluster file holds one'],
  ])('%s is refused', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test.each(['0x10', '0o17', '010', '1e3', '1.10', '.5', '+5', '-0', '.inf', '.nan', '12345678901234567890'])(
    '%s is refused, as the number would be written otherwise',
    (number) => {
      expect(problemsOf(`a: ${number}`)).toEqual([
        '3: is a number that does not stay as it is written; write plain digits, or put it in quotes if it is text',
      ]);
      expect(problemsOf(`a: "${number}"`)).toEqual([]);
    },
  );

  test.each(['5', '-5', '1.5', '1:30', '5_000', '2026-01-31', 'yes', 'No', '192.0.2.1', 'a#b'])(
    '%s is taken',
    (value) => {
      expect(problemsOf(`a: ${value}`)).toEqual([]);
    },
  );
});

describe('a text that is made to do harm', () => {
  test.each([
    ['brackets', '['.repeat(many)],
    ['braces', '{a: '.repeat(many)],
    ['brackets in a block', `a:\n  b: ${'['.repeat(many)}${']'.repeat(many)}`],
    ['dashes', `${'- '.repeat(many)}a`],
    ['dashes and tabs', `${'-\t'.repeat(some)}a`],
    ['question marks', `${'? '.repeat(many)}a`],
    ['question marks in brackets', '[? '.repeat(many)],
    ['colons', `${': '.repeat(some)}a`],
    ['keys on a line', `${'a: '.repeat(some)}b`],
    ['an indented block', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['tags', `${'!a '.repeat(some)}b`],
    ['anchors', `${'&a '.repeat(some)}b`],
    ['aliases', `[${'*a, '.repeat(some)}b]`],
    ['quotes', '"'.repeat(some)],
    ['documents', '---\n'.repeat(some)],
    ['the same key', 'a: 1\n'.repeat(some)],
    ['ten megabytes', `a: ${'x'.repeat(10_000_000)}`],
  ])('%s is refused in seconds, with few problems', (_, text) => {
    const start = Date.now();
    const { problems } = readClusterSource(text, 'a.yaml');
    expect(Date.now() - start).toBeLessThan(longest);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
  });

  test('thirty thousand keys in one map are read in seconds', () => {
    const text = Array.from({ length: some }, (_, index) => `key${index}: 1`).join('\n');
    const start = Date.now();
    expect(problemsOf(text)).toEqual([]);
    expect(Date.now() - start).toBeLessThan(longest);
  });

  test('aliases of aliases are refused at once, and never made into what they stand for', () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}]`,
    );
    const before = process.memoryUsage().heapUsed;
    const start = Date.now();
    expect(problemsOf(['a0: &a0 [x]', ...levels].join('\n')).length).toBe(81);
    expect(Date.now() - start).toBeLessThan(2000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });

  test('what is nested as deeply as a cluster file can be is read', () => {
    expect(problemsOf(`a: ${'['.repeat(64)}${']'.repeat(64)}`)).toEqual([]);
    expect(problemsOf(`a: ${'['.repeat(65)}${']'.repeat(65)}`)).toEqual([
      '67: is nested too deeply for a cluster file; write it flatter',
    ]);
  });
});
