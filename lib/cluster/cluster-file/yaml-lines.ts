import { stringify } from 'yaml';

/**
 * The lines of a key with its value as YAML, without an indent. Small maps and lists stand on one line, the addresses of
 * `hosts` one a line; text that YAML would take for something else is quoted.
 */
export function entryLines(key: string, value: unknown): readonly string[] {
  const name = oneLine(key);
  const flat = `${name}: ${oneLine(value)}`;
  if (
    !isCollection(value) ||
    Object.keys(value).length === 0 ||
    (isFlat(value) && flat.length <= longestLine && key !== 'hosts')
  )
    return [flat];
  const inner = Array.isArray(value)
    ? value.flatMap((item: unknown) => itemLines(item))
    : Object.entries(value).flatMap(([innerKey, innerValue]) => entryLines(innerKey, innerValue));
  return [`${name}:`, ...inner.map((line) => `  ${line}`)];
}

/** A map on one line, `{ name: worker1, role: worker }`. */
export function flowText(value: Readonly<Record<string, unknown>>): string {
  return oneLine(value);
}

/** A map on one line as JSON has it, `{ "name": "worker1" }`. */
export function jsonText(value: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${JSON.stringify(inner)}`);
  return `{ ${pairs.join(', ')} }`;
}

/** In characters. */
const longestLine = 100;

function itemLines(item: unknown): readonly string[] {
  if (!isCollection(item) || Array.isArray(item)) return [`- ${oneLine(item)}`];
  const lines = Object.entries(item).flatMap(([key, value]) => entryLines(key, value));
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

/** Never folded; text that only older programs take for something else, such as `yes`, is quoted too. */
function oneLine(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, blockQuote: false, compat: 'yaml-1.1' }).trimEnd();
}

function isCollection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isFlat(value: Readonly<Record<string, unknown>>): boolean {
  return Object.values(value).every((inner) => !isCollection(inner));
}
