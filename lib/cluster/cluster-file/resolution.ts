import type { ValuePath } from './source';

/** One value of the resolved cluster, and from where it came. */
export interface Explanation {
  /** Such as `nodes.worker1.offset`. */
  readonly path: string;
  /** As text; a secret is not shown. */
  readonly value: string;
  /** A place in the cluster file, `--set`, an environment variable, or how the value was derived. */
  readonly origin: string;
  /** True where nobody stated the value. */
  readonly isDerived: boolean;
}

/** What is noted down while a cluster file is resolved. */
export interface Resolution {
  readonly explanations: Explanation[];
  /** Problems between values, each with the value it is best corrected at. */
  readonly problems: { readonly at: ValuePath; readonly problem: string }[];
  /** What works but should not stay so; whole sentences. */
  readonly warnings: string[];
  /** From where a value that is stated came, in words. */
  originOf(at: ValuePath): string;
}

/** Notes a value down: the stated one where there is one, else the derived one with its reason. */
export function settle<Value>(
  resolution: Resolution,
  { at, name }: { readonly at: ValuePath; readonly name: string },
  stated: Value | undefined,
  derived: { readonly value: Value; readonly because: string },
): Value {
  const value = stated ?? derived.value;
  const isDerived = stated === undefined;
  if (value !== undefined)
    resolution.explanations.push({
      path: name,
      value: shown(value),
      origin: isDerived ? derived.because : resolution.originOf(at),
      isDerived,
    });
  return value;
}

/** Notes a value down that must be there, and has one key on the way to it a part of its name. */
export function stated(resolution: Resolution, name: string, value: string): string {
  return settle(resolution, { at: name.split('.'), name }, value, { value, because: '' });
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(shown).join(', ') : JSON.stringify(value);
}
