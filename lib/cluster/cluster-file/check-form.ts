import * as v from 'valibot';
import { nearestName } from '../../text/nearest-name';
import { clusterFileSchema, type ClusterFile } from './schema';
import type { ValuePath } from './source';

/** Something that is wrong with a value, with the way to it. */
export interface ValueProblem {
  readonly at: ValuePath;
  /** True where the key itself is wrong, not its value. */
  readonly isAboutKey: boolean;
  /** The value by its name and what it must be, without a final dot. */
  readonly problem: string;
}

/** A value with the form of a cluster file, or everything that keeps it from being one. */
export type CheckedForm =
  | { readonly file: ClusterFile; readonly problems: readonly [] }
  | { readonly file: undefined; readonly problems: readonly ValueProblem[] };

/** Checks the form of a value against the schema: what is there, of which type, in which range; nothing between values. */
export function checkForm(value: unknown): CheckedForm {
  const result = v.safeParse(clusterFileSchema, value);
  if (result.success) return { file: result.output, problems: [] };
  const problems = result.issues.flatMap((issue) => problemsOf(issue));
  // A value that fails one check can fail the next with the same words.
  return { file: undefined, problems: [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()] };
}

/** A path as people write it: `nodes[2].offset`, `hosts["mgr.example.org"]`. */
export function pathText(at: ValuePath): string {
  return at
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `["${part}"]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

function problemsOf(issue: v.BaseIssue<unknown>): readonly ValueProblem[] {
  const at = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const last = issue.path?.at(-1);
  const isAboutKey = last?.origin === 'key';
  const name = at.length === 0 ? 'the cluster file' : pathText(at);
  if (!isAboutKey) return [{ at, isAboutKey, problem: `${name} ${issue.message}${hint(issue)}` }];
  const parent = at.slice(0, -1);
  const parentName = parent.length === 0 ? 'the cluster file' : pathText(parent);
  if (issue.type !== 'strict_object')
    return [{ at, isAboutKey, problem: `the key ${JSON.stringify(at.at(-1))} of ${parentName} ${issue.message}` }];
  // To the check of a map, a list is one with numbers for keys.
  if (Array.isArray(last?.input))
    return [{ at: parent, isAboutKey: false, problem: `${parentName} must be a map, but this is a list` }];
  if (issue.expected !== 'never') return [{ at: parent, isAboutKey: false, problem: `${name} is missing; add it` }];
  return unknownKeys(parent, Object.keys(last?.input as object));
}

/** The check of a map ends at its first unknown key; all of them are wanted. */
function unknownKeys(parent: ValuePath, keys: readonly string[]): readonly ValueProblem[] {
  const known = keysAt(parent);
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known);
      const choice = nearest === undefined ? `it can be ${known.join(', ')}` : `did you mean ${nearest}?`;
      const at = [...parent, key];
      return { at, isAboutKey: true, problem: `${pathText(at)} is no key of the cluster file; ${choice}` };
    });
}

/** YAML takes `5` and `true` for other things than text. The value itself is not told, as it may be a secret. */
function hint({ expected, input }: v.BaseIssue<unknown>): string {
  if (input === null) return ', but nothing is there; write a value, or leave the key out';
  if (!expected?.includes('string')) return '';
  if (typeof input === 'number' || typeof input === 'boolean')
    return `, but this is ${numberOrSwitch(input)}; put it in quotes`;
  return expected === 'string' && typeof input === 'object' ? ', but this is a map or a list' : '';
}

function numberOrSwitch(input: number | boolean): string {
  return typeof input === 'number' ? 'a number' : 'true or false';
}

interface ObjectSchema {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly item?: unknown;
  readonly wrapped?: unknown;
  readonly pipe?: readonly unknown[];
}

/** The keys that the schema has in the map at a path. */
function keysAt(at: ValuePath): readonly string[] {
  const schema = at.reduce<unknown>((current, part) => {
    const { entries, item } = unwrapped(current);
    return typeof part === 'number' ? item : entries?.[part];
  }, clusterFileSchema);
  return Object.keys(unwrapped(schema).entries ?? {});
}

function unwrapped(schema: unknown): ObjectSchema {
  const inner = (schema ?? {}) as ObjectSchema;
  if (inner.wrapped !== undefined) return unwrapped(inner.wrapped);
  const [first] = inner.pipe ?? [];
  return first !== undefined && first !== schema ? unwrapped(first) : inner;
}
