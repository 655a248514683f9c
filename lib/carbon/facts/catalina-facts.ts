import { childElements, type ElementSource, type SourceDocument } from '../../xml/document';
import { sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/** What a catalina-server.xml says about its connectors. */
export interface CatalinaFacts {
  readonly path: string;
  /** `Server/@port`. */
  readonly shutdownPort: Sourced<string> | undefined;
  readonly connectors: readonly Sourced<ConnectorFacts>[];
}

/** One live `Connector`; attributes by name. */
export interface ConnectorFacts {
  readonly attributes: ReadonlyMap<string, Sourced<string>>;
  /** True for https: `scheme="https"`, or `SSLEnabled="true"`. */
  readonly isSecure: boolean;
}

/** The facts of a catalina-server.xml. */
export function readCatalinaFacts(document: SourceDocument): CatalinaFacts {
  const reader = sourceReader(document);
  const { root } = document;
  return {
    path: document.path,
    shutdownPort: root.attributes.has('port') ? reader.attribute(root, 'port') : undefined,
    connectors: childElements(root, 'Service')
      .flatMap((service) => childElements(service, 'Connector'))
      .map((connector) => reader.at(connector, connectorFacts(reader, connector))),
  };
}

function connectorFacts(reader: SourceReader, connector: ElementSource): ConnectorFacts {
  const attributes = new Map([...connector.attributes.keys()].map((name) => [name, reader.attribute(connector, name)]));
  const isSecure =
    attributes.get('scheme')?.value === 'https' || /^true$/i.test(attributes.get('SSLEnabled')?.value ?? '');
  return { attributes, isSecure };
}
