import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema';
import { clusterFileSchema } from '../lib/cluster/cluster-file/schema';
import type { ArgumentForm, ArgumentKind } from '../lib/patch/argument';
import { operations } from '../lib/patch/operations';

/**
 * The JSON Schema (draft 7) of the cluster file, for editors: made from the schema that the program checks with, and from
 * the registry of operations. It takes what the program takes, and here and there more: what is wrong between values, and
 * what a pattern cannot say, the program tells alone.
 */
export function clusterJsonSchema(): JsonSchema {
  const converted = toJsonSchema(clusterFileSchema, {
    errorMode: 'ignore',
    overrideAction: ({ valibotAction, jsonSchema }) => {
      if (valibotAction.type === 'ip') return { ...jsonSchema, anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
      return valibotAction.type === 'regex'
        ? { ...jsonSchema, pattern: portable(jsonSchema.pattern ?? '') }
        : undefined;
    },
  });
  const { $schema, ...schema } = withDefaults(converted);
  return {
    $schema: $schema ?? 'http://json-schema.org/draft-07/schema#',
    title: 'Cluster file of carbon-patch',
    description: 'A cluster of WSO2 Carbon servers: see docs/cluster-file.md.',
    ...withOperations(schema),
    definitions,
  };
}

/** Not every validator knows classes of characters such as `\p{L}`; these take the letters of all languages, and some more. */
function portable(pattern: string): string {
  return pattern.replaceAll('\\p{L}', 'A-Za-z\\u0080-\\uFFFF').replaceAll('\\p{N}', '0-9');
}

/** A description that ends with one word as its default states a value; longer ones are for people only. */
function withDefaults(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    typeof property === 'boolean' ? property : withDefaults(property),
  ]);
  const items =
    typeof schema.items === 'object' && !Array.isArray(schema.items) ? withDefaults(schema.items) : undefined;
  const word = / Default: (\S+)\.$/.exec(schema.description ?? '')?.[1];
  return {
    ...schema,
    ...(properties.length === 0
      ? {}
      : { properties: Object.fromEntries(properties) as JsonSchema['properties'] & object }),
    ...(items === undefined ? {} : { items }),
    ...(word === undefined || schema.type === 'array' ? {} : { default: typed(word, schema.type) }),
  };
}

function typed(word: string, type: JsonSchema['type']): string | number | boolean {
  if (type === 'integer') return Number(word);
  return type === 'boolean' ? word === 'true' : word;
}

/** The check of the form leaves operations to the registry; their part of the schema is put in here. */
function withOperations(schema: JsonSchema): JsonSchema {
  const patches = schema.properties?.['patches'] as JsonSchema;
  const patch = patches.items as JsonSchema;
  const list = patch.properties?.['operations'] as JsonSchema;
  const patchProperties = { ...patch.properties, operations: { ...list, items: { oneOf: operationSchemas() } } };
  return {
    ...schema,
    properties: { ...schema.properties, patches: { ...patches, items: { ...patch, properties: patchProperties } } },
  };
}

function operationSchemas(): JsonSchema[] {
  return Object.entries(operations).map(([op, { summary, arguments: kinds }]) => {
    const described = Object.entries<ArgumentKind>(kinds);
    const properties = described.map(([name, { form, description }]) => [name, { ...formSchemas[form], description }]);
    return {
      type: 'object',
      title: op,
      description: summary,
      properties: { op: { const: op }, ...(Object.fromEntries(properties) as Record<string, JsonSchema>) },
      required: ['op', ...described.filter(([, { optional }]) => !optional).map(([name]) => name)],
      additionalProperties: false,
    };
  });
}

const filled: JsonSchema = { type: 'string', pattern: '\\S' };
const xmlName: JsonSchema = { type: 'string', pattern: '^[^\\s:<>&"\'=/]+(?::[^\\s:<>&"\'=/]+)?$' };
const oneXPath = (name: string): JsonSchema => ({
  type: 'object',
  properties: { [name]: filled },
  required: [name],
  additionalProperties: false,
});

const formSchemas: Readonly<Record<ArgumentForm, JsonSchema>> = {
  xpath: filled,
  name: xmlName,
  string: { type: 'string' },
  // Beside a reference nothing counts in draft 7, so that a description needs it to stand in a list.
  element: { allOf: [{ $ref: '#/definitions/element' }] },
  elements: { type: 'array', items: { $ref: '#/definitions/element' } },
  keys: { type: 'array', items: filled },
  places: {
    type: 'array',
    items: { anyOf: [{ enum: ['first', 'last', 'besideSample'] }, oneXPath('before'), oneXPath('after')] },
  },
  occurrences: { enum: ['one', 'all'] },
};

const definitions: Readonly<Record<string, JsonSchema>> = {
  element: {
    type: 'object',
    properties: {
      name: { ...xmlName, description: 'Name of the element.' },
      attributes: {
        type: 'object',
        propertyNames: xmlName,
        additionalProperties: { type: 'string' },
        description: 'Attributes by name.',
      },
      text: { type: 'string', description: 'Its text; not beside children.' },
      children: { type: 'array', items: { $ref: '#/definitions/element' }, description: 'Elements in it.' },
    },
    required: ['name'],
    additionalProperties: false,
    not: { required: ['text', 'children'] },
  },
};
