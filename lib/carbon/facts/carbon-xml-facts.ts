import { childElements, type ElementSource, type SourceDocument } from '../../xml/document';
import { byName, leafElements, sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/** What a carbon.xml says. Texts are trimmed; an element that is missing is `undefined`. */
export interface CarbonXmlFacts {
  readonly path: string;
  readonly name: Sourced<string> | undefined;
  readonly serverKey: Sourced<string> | undefined;
  readonly version: Sourced<string> | undefined;
  readonly hostName: Sourced<string> | undefined;
  readonly mgtHostName: Sourced<string> | undefined;
  readonly offset: Sourced<string> | undefined;
  /** Every live element below `Ports` that has only text, by its path below it, such as `JMX/RMIRegistryPort`. */
  readonly ports: ReadonlyMap<string, Sourced<string>>;
  /** Every live `DeploymentSynchronizer` element. */
  readonly deploymentSynchronizers: readonly Sourced<DeploymentSynchronizerFacts>[];
}

/** Children of a `DeploymentSynchronizer`, by name, trimmed. */
export type DeploymentSynchronizerFacts = ReadonlyMap<string, Sourced<string>>;

/** The facts of a carbon.xml, whether or not it declares its namespace. Of two elements of one name Carbon takes the first. */
export function readCarbonXmlFacts(document: SourceDocument): CarbonXmlFacts {
  const reader = sourceReader(document);
  const { root } = document;
  const text = (name: string): Sourced<string> | undefined => {
    const [element] = childElements(root, name);
    return element && reader.trimmed(element);
  };
  const ports = portsBelow(reader, childElements(root, 'Ports'));
  return {
    path: document.path,
    name: text('Name'),
    serverKey: text('ServerKey'),
    version: text('Version'),
    hostName: text('HostName'),
    mgtHostName: text('MgtHostName'),
    offset: ports.get('Offset'),
    ports,
    deploymentSynchronizers: childElements(root, 'DeploymentSynchronizer').map((element) =>
      reader.at(
        element,
        byName(leafElements(element), 'first', (child) => reader.trimmed(child)),
      ),
    ),
  };
}

function portsBelow(reader: SourceReader, parents: readonly ElementSource[]): ReadonlyMap<string, Sourced<string>> {
  const ports = new Map<string, Sourced<string>>();
  // Files may be nested more deeply than the call stack.
  const pending = parents.map((element) => ({ element, prefix: '' })).toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { element, prefix } = next;
    for (const child of childElements(element).toReversed()) {
      if (childElements(child).length > 0) pending.push({ element: child, prefix: `${prefix}${child.name}/` });
    }
    for (const child of leafElements(element)) {
      const path = `${prefix}${child.name}`;
      if (!ports.has(path)) ports.set(path, reader.trimmed(child));
    }
  }
  return ports;
}
