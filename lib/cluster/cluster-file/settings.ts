import { parseDocument } from 'yaml';
import type { ValuePath } from './source';

/** A value that takes the place of one in the cluster file, from the command line or the environment. */
export interface Setting {
  /** Such as `nodes.worker1.offset` or `hosts["mgr.example.org"]`; nodes are named by their name. */
  readonly path: string;
  /** Read as YAML; an empty one takes the value away, so that its default counts. */
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
    const parts = splitPath(setting.path);
    const parsed = parseValue(setting.value);
    const at = parts && locate(current, parts);
    if (at === undefined)
      problems.push(`${nameOf(setting)}: is no path of a value, such as database.host or nodes.worker1.offset`);
    else if (typeof at === 'string') problems.push(`${nameOf(setting)}: ${at}`);
    else if ('problem' in parsed) problems.push(`${nameOf(setting)}: ${parsed.problem}`);
    else {
      current = replaced(current, at, parsed.value);
      made.push({ at, setting });
    }
  }
  return { value: current, made, problems };
}

/** `--set database.host`, as errors name a setting. */
export function nameOf({ origin, path }: Setting): string {
  return `${origin} ${path}`;
}

function splitPath(path: string): readonly string[] | undefined {
  const parts = [...path.matchAll(/(?:^|\.)([^.[\]"=]+)|\[(?:"([^"]*)"|(\d+))\]/g)];
  const covered = parts.reduce((length, [whole]) => length + whole.length, 0);
  if (parts.length === 0 || covered !== path.length) return undefined;
  return parts.map(([, plain, quoted, index]) => plain ?? quoted ?? index ?? '');
}

/** Names of list items become indexes; a string says why that cannot be. */
function locate(value: unknown, parts: readonly string[]): ValuePath | string {
  const path: (string | number)[] = [];
  let current = value;
  for (const part of parts) {
    if (Array.isArray(current)) {
      const items: readonly unknown[] = current;
      const named = items.findIndex((item) => isRecord(item) && item['name'] === part);
      const index = named === -1 && /^\d+$/.test(part) ? Number(part) : named;
      if (index < 0 || index >= items.length) return `there is no ${part} in this list`;
      path.push(index);
      current = items[index];
    } else {
      if (part === '__proto__') return 'is no path of a value';
      path.push(part);
      current = isRecord(current) ? current[part] : undefined;
    }
  }
  return path;
}

function parseValue(text: string): { readonly value: unknown } | { readonly problem: string } {
  const document = parseDocument(text, { prettyErrors: false, merge: false, logLevel: 'silent' });
  // What is no YAML, such as `@home` or `a: b: c`, is meant as it stands.
  if (document.errors.length > 0) return { value: text };
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return { value };
  } catch {
    return { problem: 'holds an alias; write the value out' };
  }
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
