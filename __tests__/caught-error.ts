import { CarbonPatchError } from '../lib/errors';

/** The error that a call throws on purpose; anything else it throws is thrown on, and throwing nothing fails the test. */
export function caughtError(run: () => unknown): CarbonPatchError {
  try {
    run();
  } catch (error) {
    if (error instanceof CarbonPatchError) return error as CarbonPatchError;
    throw error;
  }
  throw new Error('nothing was thrown');
}
