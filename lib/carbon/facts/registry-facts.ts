import { attributeOf, childElements, type ElementSource, type SourceDocument } from '../../xml/document';
import { byName, leafElements, sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/** What a registry.xml says. Texts are as Carbon reads them: not trimmed. */
export interface RegistryFacts {
  readonly path: string;
  readonly currentDbConfig: Sourced<string> | undefined;
  readonly readOnly: Sourced<string> | undefined;
  readonly dbConfigs: readonly Sourced<DbConfigFacts>[];
  readonly remoteInstances: readonly Sourced<RemoteInstanceFacts>[];
  readonly mounts: readonly Sourced<MountFacts>[];
}

/** One `dbConfig`. */
export interface DbConfigFacts {
  /** An empty string where the attribute is missing. */
  readonly name: string;
  /** `dataSource`, or `undefined` where the connection is written here or missing. */
  readonly dataSource: Sourced<string> | undefined;
  /** `url`, of a connection written here. */
  readonly url: Sourced<string> | undefined;
}

/** One `remoteInstance`; its children by name (`id`, `dbConfig`, `readOnly`, `enableCache`, `registryRoot`, `cacheId`, …). */
export interface RemoteInstanceFacts {
  readonly url: string | undefined;
  readonly children: ReadonlyMap<string, Sourced<string>>;
}

/** One `mount`. */
export interface MountFacts {
  readonly mountPath: string | undefined;
  readonly overwrite: string | undefined;
  readonly instanceId: Sourced<string> | undefined;
  readonly targetPath: Sourced<string> | undefined;
}

/** The facts of a registry.xml. Of two children of one name Carbon takes the first. */
export function readRegistryFacts(document: SourceDocument): RegistryFacts {
  const reader = sourceReader(document);
  const { root } = document;
  const facts = <Value>(name: string, read: (element: ElementSource) => Value): readonly Sourced<Value>[] =>
    childElements(root, name).map((element) => reader.at(element, read(element)));
  return {
    path: document.path,
    currentDbConfig: firstText(reader, root, 'currentDBConfig'),
    readOnly: firstText(reader, root, 'readOnly'),
    dbConfigs: facts('dbConfig', (element) => ({
      name: attributeOf(document, element, 'name') ?? '',
      dataSource: firstText(reader, element, 'dataSource'),
      url: firstText(reader, element, 'url'),
    })),
    remoteInstances: facts('remoteInstance', (element) => ({
      url: attributeOf(document, element, 'url'),
      children: byName(leafElements(element), 'first', (child) => reader.text(child)),
    })),
    mounts: facts('mount', (element) => ({
      mountPath: attributeOf(document, element, 'path'),
      overwrite: attributeOf(document, element, 'overwrite'),
      instanceId: firstText(reader, element, 'instanceId'),
      targetPath: firstText(reader, element, 'targetPath'),
    })),
  };
}

function firstText(reader: SourceReader, parent: ElementSource, name: string): Sourced<string> | undefined {
  const [child] = childElements(parent, name);
  return child && reader.text(child);
}
