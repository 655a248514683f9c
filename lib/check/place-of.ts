import type { Sourced } from '../carbon/facts/sourced';
import type { FindingPlace } from './rule';

/** The place of a finding that is about a value. */
export function placeOf({ path, line, column }: Sourced<unknown>): FindingPlace {
  return { path, line, column };
}
