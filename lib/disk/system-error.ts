import { CarbonPatchError, isCarbonPatchError } from '../errors';

/** The code of an error of the operating system, such as `ENOENT`; `undefined` for any other value. */
export function systemCode(error: unknown): string | undefined {
  const code = fieldOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** An error in words, without the path that Node puts at its end: `permission denied (EACCES)`. */
export function problemOf(error: unknown): string {
  const message = fieldOf(error, 'message');
  if (typeof message !== 'string') return String(error);
  const [, code, words] = /^([A-Z0-9]+): (.*?)(?:, \w+(?: '.*)?)?$/s.exec(message) ?? [];
  return code !== undefined && words !== undefined ? `${words} (${code})` : message;
}

/**
 * What `work` gives; an error of it becomes WRITE_FAILED for `path` with `restored: true`, which a caller that could
 * not restore corrects with `notRestored`. A `CarbonPatchError` passes as it is.
 */
export async function orWriteFailed<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CarbonPatchError) throw error;
    throw new CarbonPatchError('WRITE_FAILED', { path, problem: problemOf(error), restored: true }, { cause: error });
  }
}

/** The error that says that after `error` not every file could be brought back; a WRITE_FAILED keeps its path and problem. */
export function notRestored(error: unknown): CarbonPatchError<'WRITE_FAILED'> {
  return new CarbonPatchError('WRITE_FAILED', { ...failureOf(error), restored: false }, { cause: error });
}

function failureOf(error: unknown): { readonly path: string; readonly problem: string } {
  if (isCarbonPatchError(error, 'WRITE_FAILED')) return error.details;
  if (isCarbonPatchError(error, 'PLAN_STALE')) return { path: error.details.path, problem: 'it was changed meanwhile' };
  return { path: '.carbon-patch', problem: problemOf(error) };
}

/** Not by `instanceof Error`, as an error from another realm, such as Node's own under a test runner, is none. */
function fieldOf(error: unknown, field: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[field] : undefined;
}
