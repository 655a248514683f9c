import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, jest, test } from '@jest/globals';
import { clusterFixtures, goodFiles } from './cluster-fixtures';
import { parseClusterFile, resolveClusterFile } from '../../../lib/cluster/cluster-file/parse-cluster-file';
import { CarbonPatchError } from '../../../lib/errors';
import { errorText } from '../../../lib/report/error-text';

jest.setTimeout(120_000);

const runs = { numRuns: Math.max(500, Number(process.env['PROPERTY_RUNS'] ?? 0)) };
const texts = goodFiles.map((file) => readFileSync(join(clusterFixtures, file), 'utf8'));

/** Loads or refuses a text; anything else that happens fails the test, also where the refusal cannot be told. */
function loadOrRefuse(text: string): 'loaded' | 'refused' {
  try {
    const parsed = parseClusterFile(text, 'a.yaml', []);
    const secrets = { env: {}, files: new Map(), need: 'required' } as const;
    resolveClusterFile(parsed, { secrets, resolveHome: (home) => home });
    return 'loaded';
  } catch (error) {
    if (!(error instanceof CarbonPatchError)) throw error;
    expect(error.code).toBe('CLUSTER_FILE_INVALID');
    expect(errorText(error, {})).toMatch(/^a\.yaml: not a valid cluster file; correct /);
    return 'refused';
  }
}

/** Names that mean something in a cluster file, or in JavaScript. */
const name = fc.constantFrom(
  ...[
    'domain',
    'hostName',
    'hosts',
    'database',
    'nodes',
    'patches',
    'silence',
    'name',
    'role',
    'host',
    'home',
    'offset',
  ],
  ...['url', 'password', 'env', 'file', 'operations', 'op', 'at', 'names', 'local', 'toString', 'hasOwnProperty', ''],
);

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    70000,
    '',
    ' ',
    'manager',
    'worker',
    'elb',
    'setText',
    '{number}',
  ),
  fc.constantFrom('toString', 'constructor', '192.0.2.1', 'db.example.org', 'jdbc:mysql://h/{database}', '//a', 'R40'),
  fc.string(),
);

const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('anything'), { maxLength: 4 }),
    fc.dictionary(name, tie('anything'), { maxKeys: 5 }),
  ),
}));

describe('any JSON', () => {
  test('is loaded or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          anything.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          loadOrRefuse(text);
        },
      ),
      runs,
    );
  });

  test('in the place of any value of a good file is loaded or refused', () => {
    const whole = JSON.parse(texts.find((text) => text.startsWith('{\n')) ?? '') as Readonly<Record<string, unknown>>;
    fc.assert(
      fc.property(
        fc.dictionary(name, anything, { maxKeys: 4 }),
        fc.dictionary(name, anything, { maxKeys: 3 }),
        (top, node) => {
          const nodes = [
            { name: 'a', role: 'worker', host: 'toString', ...node },
            { name: 'b', role: 'elb', host: 'constructor' },
          ];
          loadOrRefuse(JSON.stringify({ ...whole, nodes, ...top }));
        },
      ),
      runs,
    );
  });
});

describe('a good file with some changes', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ':',
      ' ',
      '\n',
      '\t',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '#',
      '&a',
      '*a',
      '!t',
      '<<: ',
      '|',
      '>',
      '? ',
      '%',
      '---\n',
      '...\n',
    ),
    fc.string({ maxLength: 5, unit: 'binary' }),
  );
  const change = fc.record({ at: fc.nat(), remove: fc.nat(30), insert: piece });

  test('is loaded or refused, in a moment', () => {
    let longest = 0;
    const counts = { loaded: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) => {
        const changed = changes.reduce((current, { at, remove, insert }) => {
          const start = at % (current.length + 1);
          return current.slice(0, start) + insert + current.slice(start + remove);
        }, text);
        const start = performance.now();
        counts[loadOrRefuse(changed)]++;
        longest = Math.max(longest, performance.now() - start);
      }),
      runs,
    );
    expect(counts.refused).toBeGreaterThan(100);
    expect(longest).toBeLessThan(5000);
  });
});
