import { attributeOf, childElements, parseBytes, textOf, type SourceDocument } from '../xml/document';

/** What a home is, as its files say. */
export interface CarbonHome {
  /** As the caller named it. */
  readonly path: string;
  /** `repository/conf`, or `conf` in EI 6. */
  readonly confFolder: string;
  /** From carbon.xml or bin/version.txt, such as `WSO2 Enterprise Service Bus`; people rename it, so nothing is decided by it. */
  readonly productName: string | undefined;
  readonly productVersion: string | undefined;
  /** The version of the framework below the product, from bin/wso2carbon-version.txt. */
  readonly carbonVersion: string | undefined;
  /** The clustering class of axis2.xml. */
  readonly clusteringClass: string | undefined;
  /** True where the conf folder holds `loadbalancer.conf`. */
  readonly isLoadBalancer: boolean;
  /** True where the server has been started before: what it mounted then stays in its local registry. */
  readonly hasBeenStarted: boolean;
}

/** The files that tell what a home is; relative to the home, or to the conf folder. Any of them may be missing. */
export interface HomeEvidence {
  /** bin/version.txt */
  readonly version: Uint8Array | undefined;
  /** bin/wso2carbon-version.txt */
  readonly carbonVersion: Uint8Array | undefined;
  readonly carbonXml: Uint8Array | undefined;
  readonly axis2Xml: Uint8Array | undefined;
}

/** Product, version and clustering of a home. What cannot be read is `undefined`; nothing is thrown. */
export function recogniseProduct(
  evidence: HomeEvidence,
): Pick<CarbonHome, 'productName' | 'productVersion' | 'carbonVersion' | 'clusteringClass'> {
  const server = evidence.carbonXml && parseQuietly(evidence.carbonXml, 'carbon.xml');
  const axis2 = evidence.axis2Xml && parseQuietly(evidence.axis2Xml, 'axis2.xml');
  // `WSO2 Enterprise Service Bus v5.0.0`; one product shipped with unfilled `${…}` placeholders here.
  const [, name, version] = /^\s*([^\r\n$]*\S)\s+v(\d[^\s]*)/.exec(latin1(evidence.version)) ?? [];
  const [clustering] = axis2 === undefined ? [] : childElements(axis2.root, 'clustering');
  return {
    productName: (server && serverText(server, 'Name')) ?? name,
    productVersion: (server && serverText(server, 'Version')) ?? version,
    carbonVersion: /v(\d+\.\d+[^\s]*)/.exec(latin1(evidence.carbonVersion))?.[1],
    clusteringClass: axis2 && clustering && attributeOf(axis2, clustering, 'class'),
  };
}

/** What was found, in one line: `WSO2 Enterprise Service Bus 5.0.0 (Carbon 4.4.8), repository/conf, Hazelcast clustering`. */
export function describeHome(home: CarbonHome): string {
  const product = [home.productName ?? 'unnamed product', home.productVersion].filter(Boolean).join(' ');
  const carbon = home.carbonVersion === undefined ? '' : ` (Carbon ${home.carbonVersion})`;
  const agent =
    home.clusteringClass?.split('.').at(-1)?.replace('ClusteringAgent', ' clustering') ?? 'no clustering element';
  return `${product}${carbon}, ${home.confFolder}, ${agent}`;
}

function parseQuietly(bytes: Uint8Array, path: string): SourceDocument | undefined {
  try {
    return parseBytes(bytes, path);
  } catch {
    // Recognition only describes; a file that a role needs is read again, and refused, when it is planned.
    return undefined;
  }
}

function serverText(document: SourceDocument, name: string): string | undefined {
  const [element] = childElements(document.root, name);
  return element && (textOf(document, element).trim() || undefined);
}

function latin1(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('latin1');
}
