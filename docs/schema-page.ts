import type { JsonSchema } from '@valibot/to-json-schema';
import { clusterJsonSchema } from './cluster-schema';
import { code, page, table } from './markdown';

/** The text of `docs/cluster.schema.json`. */
export function clusterSchemaFile(): string {
  return `${withShortLists(JSON.stringify(clusterJsonSchema(), undefined, 2))}\n`;
}

/** Lists of plain values that fit into a line stand on one, as the formatter of the project has them. */
function withShortLists(json: string): string {
  const list = /^( *(?:"[^"]*": )?)\[\n((?: *(?:"(?:[^"\\]|\\.)*"|[\w.-]+),?\n)+) *\](,?)$/gm;
  return json.replace(list, (whole: string, start: string, items: string, comma: string) => {
    const line = `${start}[${items.trim().replace(/,\n\s*/g, ', ')}]${comma}`;
    return line.length <= lineWidth ? line : whole;
  });
}

const lineWidth = 120;

/** The page of all keys of the cluster file. */
export function clusterFilePage(): string {
  const sections: (readonly [string, JsonSchema])[] = [];
  collect('', clusterJsonSchema(), sections);
  return page(
    'Keys of the cluster file',
    '`lib/cluster/cluster-file/schema.ts`',
    'What the file is for, and how its values work together, is told in [cluster-file.md](../cluster-file.md).\nThe same as a JSON Schema, for editors, is [cluster.schema.json](../cluster.schema.json).',
    ...withSharedTables(sections.map(([path, schema]) => [path === '' ? 'The file' : path, keyTable(schema)])),
  );
}

/** Maps with the same keys stand together. */
function withSharedTables(sections: readonly (readonly [string, string])[]): readonly string[] {
  const paths = new Map<string, readonly string[]>();
  for (const [path, keys] of sections) paths.set(keys, [...(paths.get(keys) ?? []), path]);
  return [...paths].flatMap(([keys, names]) => [`## ${names.join(', ')}`, keys]);
}

/** Every map with keys of its own, the outer ones first. */
function collect(path: string, schema: JsonSchema, sections: (readonly [string, JsonSchema])[]): void {
  sections.push([path, schema]);
  for (const [name, property] of propertiesOf(schema)) {
    const inner = `${path}${path === '' ? '' : '.'}${name}`;
    if (propertiesOf(property).length > 0) collect(inner, property, sections);
    else if (propertiesOf(itemsOf(property)).length > 0) collect(`${inner}[]`, itemsOf(property), sections);
  }
}

function keyTable(schema: JsonSchema): string {
  const rows = propertiesOf(schema).map(([name, property]) => {
    const description = (property.description ?? '').replace(/ ?Default: (.*)\.$/, '');
    const stated = / ?Default: (.*)\.$/.exec(property.description ?? '')?.[1];
    const isNeeded = schema.required?.includes(name) ?? false;
    const absent = property.default === undefined ? (stated ?? '') : code(word(property.default));
    return [code(name), typeOf(property), isNeeded ? 'must be there' : absent, description];
  });
  return table(['Key', 'Type', 'Default', 'Meaning'], rows);
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(word(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(word(value))).join(', ');
  // Both versions of an IP address are text; the formats of it are no types.
  const variants = (schema.anyOf ?? []).filter(
    (one): one is JsonSchema => typeof one === 'object' && one.format === undefined,
  );
  if (variants.length > 0) return [...new Set(variants.map(typeOf))].join(' or ');
  if (schema.type === 'array')
    return `list of ${propertiesOf(itemsOf(schema)).length > 0 || itemsOf(schema).oneOf ? 'maps' : typeOf(itemsOf(schema))}`;
  if (schema.type === 'object') return mapType(schema);
  if (schema.type === 'integer') return `${schema.minimum} to ${schema.maximum}`;
  return schema.type === 'boolean' ? '`true`, `false`' : schema.type === 'number' ? 'number' : 'text';
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function mapType(schema: JsonSchema): string {
  const names = propertiesOf(schema).map(([name]) => name);
  const isSecret = names.length === 1 && ['env', 'file'].includes(names[0] ?? '');
  if (isSecret) return code(`{ ${names[0]}: … }`);
  return names.length > 0 ? 'map' : 'map of names to values';
}

function propertiesOf({ properties = {} }: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries(properties).filter((entry): entry is [string, JsonSchema] => typeof entry[1] === 'object');
}

function itemsOf({ items }: JsonSchema): JsonSchema {
  return typeof items === 'object' && !Array.isArray(items) ? items : {};
}
