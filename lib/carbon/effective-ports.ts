import type { Sourced } from './facts/sourced';

/** A port that a server listens on once it runs, with the setting it comes from. */
export interface EffectivePort {
  /** The setting as people know it, such as `https servlet (catalina-server.xml)`. */
  readonly setting: string;
  /** The number that is listened on, offset added where it moves. */
  readonly port: number;
  /** The number before the offset. */
  readonly base: number;
  readonly isMovedByOffset: boolean;
  /** Where the number stands, or `undefined` where it is the product's default. */
  readonly source: Sourced<string> | undefined;
}
