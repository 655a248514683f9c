import type { Sourced } from './sourced';

/** One live datasource of a `*-datasources.xml`. The place of texts is the element; of what is missing, the datasource. */
export interface DatasourceFacts {
  readonly name: Sourced<string>;
  /** Trimmed; an empty string where there is none. */
  readonly jndiName: Sourced<string>;
  /** `definition/@type`, or an empty string. */
  readonly type: string;
  /** Trimmed texts of `definition/configuration`, by name; of two of one name the last counts. */
  readonly settings: ReadonlyMap<string, Sourced<string>>;
  /** The names of the settings that have a secure-vault alias or are marked as encrypted. */
  readonly aliased: readonly string[];
  /** The text of `url` as it stands in the file, neither trimmed nor with its references resolved, or `undefined`. */
  readonly rawUrl: string | undefined;
}
