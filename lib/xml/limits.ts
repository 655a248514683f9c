import { CarbonPatchError } from '../errors';
import { abbreviateWords } from '../text/abbreviate';

// What no configuration comes near, and what would otherwise take time or memory without bound. A file beyond a limit comes
// back from an empty patch, as that asks for nothing; it is neither looked into nor edited.

/** How many characters the entities of a file may stand for, all in all. */
export const longestExpansion = 1_000_000;

/** How deep entities may lie in each other. */
export const deepestExpansion = 40;

/** How many attributes one element may have: xmldom looks through all of them for each. */
export const mostAttributes = 5000;

/** How many attributes with a prefix a DOCTYPE may add to elements. */
export const mostDefaults = 100_000;

/** The error for a file that asks for more. */
export function beyondLimits(path: string, problem: string): CarbonPatchError {
  return new CarbonPatchError('BEYOND_LIMITS', { path, problem: abbreviateWords(problem) });
}
