import { nearestName } from '../../text/nearest-name';
import { readPlainYaml } from './plain-yaml';
import type { ValuePath } from './source';

/** A value that takes the place of one in the cluster file, from the command line or the environment. */
export interface Setting {
  /** Such as `nodes.worker1.offset` or `hosts["mgr.example.org"]`; nodes are named by their name. */
  readonly path: string;
  /** Read as plain YAML where it is that, else as the text it is; an empty one takes the value away, so that its default counts. */
  readonly value: string;
  /** Who says so, for errors and for `plan --explain`: `--set` or the name of an environment variable. */
  readonly origin: string;
}

/** A cluster file's value with the settings made. */
export interface ValueWithSettings {
  readonly value: unknown;
  /** The settings that were made, with the way to their values. */
  readonly made: readonly { readonly at: ValuePath; readonly setting: Setting }[];
  /** What is wrong with settings, each with the setting's origin and path in front. */
  readonly problems: readonly string[];
}

/** Makes settings in the value of a cluster file, the later ones winning. The value itself is not changed. */
export function withSettings(value: unknown, settings: readonly Setting[]): ValueWithSettings {
  const made: { readonly at: ValuePath; readonly setting: Setting }[] = [];
  const problems: string[] = [];
  let current: unknown = value ?? {};
  for (const setting of settings) {
    const result = withSetting(current, setting);
    if ('problem' in result) problems.push(`${nameOf(setting)}: ${result.problem}`);
    else {
      current = result.value;
      made.push({ at: result.at, setting });
    }
  }
  return { value: current, made, problems };
}

/** `--set database.host`, as errors name a setting. */
export function nameOf({ origin, path }: Setting): string {
  return `${origin} ${path}`;
}

type Made = { readonly value: unknown; readonly at: ValuePath } | { readonly problem: string };

function withSetting(value: unknown, setting: Setting): Made {
  const parts = splitPath(setting.path);
  if (parts === undefined) return { problem: notAPath };
  const located = locate(value, parts);
  if ('problem' in located) return located;
  const parsed = parseValue(setting.value);
  if ('problem' in parsed) return parsed;
  if (parsed.value === null && located.isItem)
    return { problem: 'an item of a list cannot be taken away; set the whole list' };
  return { value: replaced(value, located.at, parsed.value), at: located.at };
}

const notAPath =
  'is not PATH=VALUE with the path of a value, such as nodes.worker1.offset=3 or hosts["db.example.org"]=192.0.2.10';

function splitPath(path: string): readonly string[] | undefined {
  const parts = [...path.matchAll(/(?:^|\.)([^.[\]"=…]+)|\[(?:"([^"]*)"|(\d+))\]/g)];
  const covered = parts.reduce((length, [whole]) => length + whole.length, 0);
  if (parts.length === 0 || covered !== path.length || path.startsWith('.')) return undefined;
  const names = parts.map(([, plain, quoted, index]) => plain ?? quoted ?? index ?? '');
  return names.includes('__proto__') ? undefined : names;
}

/** Names of list items become indexes. */
function locate(
  value: unknown,
  parts: readonly string[],
): { readonly at: ValuePath; readonly isItem: boolean } | { readonly problem: string } {
  const at: (string | number)[] = [];
  let current = value;
  for (const part of parts) {
    if (!Array.isArray(current)) {
      if (!isRecord(current ?? {})) return { problem: `${at.join('.')} holds no other values; set it as a whole` };
      at.push(part);
      current = isRecord(current) && Object.hasOwn(current, part) ? current[part] : undefined;
      continue;
    }
    const items: readonly unknown[] = current;
    const named = items.findIndex((item) => isRecord(item) && item['name'] === part);
    const index = named === -1 && /^\d+$/.test(part) ? Number(part) : named;
    if (index < 0 || index >= items.length) return { problem: noItem(part, at, items) };
    at.push(index);
    current = items[index];
  }
  return { at, isItem: typeof at.at(-1) === 'number' };
}

function noItem(part: string, at: ValuePath, items: readonly unknown[]): string {
  const names = items.flatMap((item) => (isRecord(item) && typeof item['name'] === 'string' ? [item['name']] : []));
  const nearest = nearestName(part, names);
  const count = `it has ${items.length} item${items.length === 1 ? '' : 's'}, counted from 0`;
  return `there is no ${part} in ${at.join('.')}; ${nearest === undefined ? count : `did you mean ${nearest}?`}`;
}

/**
 * Plain YAML as that. What is none, such as `@home`, or what holds a comment, is meant as it stands: a password may begin
 * with `#`, `&` or `!`. What begins as a list or a map is meant to be one.
 */
function parseValue(text: string): { readonly value: unknown } | { readonly problem: string } {
  if (text.trim() === '') return { value: null };
  const { document, problems } = readPlainYaml(text);
  if (document === undefined) {
    return /^\s*[[{]/.test(text) ? { problem: `the value is no plain YAML: ${problems[0].problem}` } : { value: text };
  }
  const isWhole = /^\s*[[{]/.test(text) || !/(?:^|\s)#/.test(text);
  const value: unknown = document.toJS();
  return { value: isWhole ? value : text };
}

function replaced(value: unknown, [first, ...rest]: ValuePath, inner: unknown): unknown {
  if (first === undefined) return inner;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === first ? replaced(item, rest, inner) : item));
  const record = isRecord(value) ? value : {};
  const next = replaced(record[first], rest, inner);
  const others = Object.entries(record).filter(([key]) => key !== String(first));
  if (next === null && rest.length === 0) return Object.fromEntries(others);
  return Object.fromEntries([...others, [first, next]]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
