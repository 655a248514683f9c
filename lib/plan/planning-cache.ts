import type { DecodedText } from '../text/encoding';
import type { FileContent } from '../disk/read-file';
import { parseBytes, type Namespaces, type SourceDocument } from '../xml/document';

/**
 * What planning many homes need not do again for files with the same bytes. It remembers the latest few results only, so
 * that it does not grow with the number of homes; what it gives is shared between their plans.
 */
export interface PlanningCache {
  /** The document of a file; of the same bytes at the same path always the same one. Throws as `parseBytes` does. */
  document(content: FileContent, path: string, namespaces?: Namespaces): SourceDocument;
  /** What `work` makes of a document or text, unless it was made for the same key before. Nothing that is thrown is remembered. */
  result<Result>(of: SourceDocument | DecodedText, key: string, work: () => Result): Result;
}

/** An empty cache for one planning run. */
export function createPlanningCache(): PlanningCache {
  const documents = new Map<string, SourceDocument>();
  const results = new Map<string, unknown>();
  const identities = new WeakMap<object, number>();
  let lastIdentity = 0;
  const identityOf = (value: object): number => {
    const known = identities.get(value);
    if (known !== undefined) return known;
    identities.set(value, ++lastIdentity);
    return lastIdentity;
  };
  return {
    document: (content, path, namespaces = {}) => {
      const key = JSON.stringify([content.digest, path, namespaces]);
      return remembered(documents, mostDocuments, key, () => parseBytes(content.bytes, path, namespaces));
    },
    result: <Result>(of: SourceDocument | DecodedText, key: string, work: () => Result) =>
      remembered(results, mostResults, `${identityOf(of)} ${key}`, work) as Result,
  };
}

/** Homes of a few products with some files each; a document takes a few times its text. */
const mostDocuments = 64;
const mostResults = 512;

/** A map keeps the order of insertion, so its first entry is the one that was not used for longest. */
function remembered<Value>(entries: Map<string, Value>, most: number, key: string, work: () => Value): Value {
  const known = entries.get(key);
  const value = known ?? work();
  entries.delete(key);
  entries.set(key, value);
  const [oldest] = entries.keys();
  if (entries.size > most && oldest !== undefined) entries.delete(oldest);
  return value;
}
