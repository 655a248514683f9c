import { CarbonPatchError, type ErrorCode } from '../../lib/errors';
import { errorText } from '../../lib/report/error-text';

/** What the library does not keep: what was promised, and what came instead. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** Throws `BrokenPromise` where a promise is not kept. */
export function promise(isKept: boolean, text: string): asserts isKept {
  if (!isKept) throw new BrokenPromise(text);
}

/** What the work gives, or `undefined` where it is refused with one of the codes, which the report can put into words. */
export function orRefusal<Result>(codes: readonly ErrorCode[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    checkRefusal(codes, error);
    return undefined;
  }
}

/** Throws the error on unless it has one of the codes. */
export function checkRefusal(codes: readonly ErrorCode[], error: unknown): void {
  if (!(error instanceof CarbonPatchError)) throw error;
  const { code, message } = error as CarbonPatchError;
  if (!codes.includes(code)) throw error;
  promise(!/\bundefined\b|\[object/.test(message), `message: ${message}`);
  promise(!controlCharacter.test(errorText(error, {})), 'the text of an error has control characters');
}

// eslint-disable-next-line no-control-regex
const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)/;
