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
  return { file: undefined, problems: result.issues.map((issue) => problemOf(issue)) };
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

function problemOf(issue: v.BaseIssue<unknown>): ValueProblem {
  const at = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  if (issue.type !== 'strict_object' || issue.path?.at(-1)?.origin !== 'key') {
    const name = at.length === 0 ? 'the cluster file' : pathText(at);
    return { at, isAboutKey: false, problem: `${name} ${issue.message}${hint(issue)}` };
  }
  const key = String(at.at(-1));
  const parent = at.slice(0, -1);
  if (issue.expected !== 'never') return { at: parent, isAboutKey: false, problem: `${pathText(at)} is missing` };
  const known = keysAt(parent);
  const nearest = nearestName(key, known);
  const choice = nearest === undefined ? `it can be ${known.join(', ')}` : `did you mean ${nearest}?`;
  return { at, isAboutKey: true, problem: `${pathText(at)} is no key of the cluster file; ${choice}` };
}

/** YAML takes `1.10` and `yes` for other things than text. */
function hint({ expected, input }: v.BaseIssue<unknown>): string {
  const isPlain = typeof input === 'number' || typeof input === 'boolean';
  if (expected === 'string' && isPlain) return `, but ${String(input)} is not; put it in quotes`;
  if (input === null) return ', but nothing is there';
  return '';
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
