import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from '@jest/globals';
import { clusterFixtures, goodFiles } from './cluster-fixtures';
import { clusterJsonSchema } from '../../../docs/cluster-schema';
import { clusterSchemaFile } from '../../../docs/schema-page';
import { root } from '../../fresh-build';
import { parseClusterFile, resolveClusterFile } from '../../../lib/cluster/cluster-file/parse-cluster-file';
import type { ClusterTopology } from '../../../lib/cluster/topology';
import { operations } from '../../../lib/patch/operations';

type Validate = (value: unknown) => boolean;

/** The validator of draft 7 that the linter brings along; nothing of the project depends on it. */
function compiled(): Validate {
  const fromLinter = createRequire(createRequire(__filename).resolve('eslint'));
  const Validator = fromLinter('ajv') as new () => { readonly compile: (schema: unknown) => Validate };
  return new Validator().compile(clusterJsonSchema());
}

const isValid = compiled();

const valueOf = (file: string): unknown => parse(readFileSync(join(clusterFixtures, file), 'utf8')) as unknown;

interface SchemaNode {
  readonly default?: unknown;
  readonly description?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** Every property below a schema with the keys that lead to it; `0` for the items of a list. */
function propertiesOf(
  schema: SchemaNode,
  at: readonly string[] = [],
): readonly (readonly [readonly string[], SchemaNode])[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
    [[...at, key], property] as const,
    ...propertiesOf(property, [...at, key]),
  ]);
  return [...own, ...(schema.items === undefined ? [] : propertiesOf(schema.items, [...at, '0']))];
}

const all = propertiesOf(clusterJsonSchema() as SchemaNode);

describe('the JSON Schema', () => {
  test('is the committed one; `npm run docs` writes it anew', () => {
    expect(readFileSync(join(root, 'docs/cluster.schema.json'), 'utf8')).toBe(clusterSchemaFile());
  });

  test('describes every key, and allows no others', () => {
    const undescribed = all.filter(([, { description }]) => !description).map(([at]) => at.join('.'));
    expect(undescribed).toEqual([]);
    const open = all.filter(([, one]) => one.properties !== undefined && one.additionalProperties !== false);
    expect(open.map(([at]) => at.join('.'))).toEqual([]);
  });

  test('has a form for every operation', () => {
    const text = JSON.stringify(clusterJsonSchema());
    for (const op of Object.keys(operations)) expect(text).toContain(`"op":{"const":"${op}"}`);
  });

  test.each(goodFiles)('takes %s', (file) => {
    expect(isValid(valueOf(file))).toBe(true);
  });

  test.each([
    'wrong-types',
    'unknown-keys',
    'missing-keys',
    'empty-lists',
    'ports-out-of-range',
    'nothing-there',
    'number-for-text',
    'yes-and-no',
    'secret-forms',
    'password-number',
    'password-list',
    'operations',
    'patch-paths',
    'silence',
    'namespaces',
    'list-at-the-top',
    'text-at-the-top',
    'bom',
    'crlf',
  ])('refuses broken/%s, whose form is wrong', (name) => {
    expect(isValid(valueOf(`broken/${name}.yaml`))).toBe(false);
  });
});

describe('the defaults that the schema states', () => {
  const text = readFileSync(join(clusterFixtures, 'good/minimal.yaml'), 'utf8');
  const stated = all
    .filter(([, one]) => one.default !== undefined)
    .map(([at, one]) => [at.join('.'), one.default] as const);

  /** What the minimal file means, with values set by their paths; a map of its own gets the key that it needs. */
  function topologyWith(path: string, values: Readonly<Record<string, unknown>>): ClusterTopology {
    const needed = path.startsWith('deploymentSynchronizer.') ? { 'deploymentSynchronizer.svnUrl': 'u' } : {};
    const settings = Object.entries({ ...needed, ...values }).map(([at, value]) => ({
      path: at,
      value: JSON.stringify(value),
      origin: '--set',
    }));
    const secrets = { env: { CARBON_PATCH_DB_PASSWORD: 'p' }, files: new Map(), need: 'required' } as const;
    return resolveClusterFile(parseClusterFile(text, 'a.yaml', settings), { secrets, resolveHome: (home) => home })
      .topology;
  }

  test('are some', () => {
    expect(stated.map(([path]) => path)).toEqual(
      expect.arrayContaining([
        'membershipScheme',
        'loadBalancer.httpPort',
        'database.layout',
        'database.names.registry',
      ]),
    );
  });

  test.each(stated)('%s: %j is what counts without it', (path, value) => {
    const without = topologyWith(path, {});
    // What follows from the product of a home is not known to the cluster.
    const isOfHome = path === 'registry.governanceTargetPath';
    const registry = { ...without.registry, ...(isOfHome ? { governanceTargetPath: value } : {}) };
    expect(topologyWith(path, { [path]: value })).toEqual({ ...without, registry });
  });
});

test('docs/cluster-file.md shows the worked example as it is', () => {
  const page = readFileSync(join(root, 'docs/cluster-file.md'), 'utf8');
  expect(page).toContain(`\n\`\`\`yaml\n${readFileSync(join(clusterFixtures, 'worked-example.yaml'), 'utf8')}\`\`\`\n`);
});
