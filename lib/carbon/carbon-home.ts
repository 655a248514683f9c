import { attributeOf, childElements, textOf, type SourceDocument } from '../xml/document';

/** What a home is, as its files say. */
export interface CarbonHome {
  /** As the caller named it. */
  readonly path: string;
  /** `repository/conf`, or `conf` in EI 6. */
  readonly confFolder: string;
  /** The name of an EI 6 profile that is a home of its own, such as `broker`; `undefined` for every other home. */
  readonly profile: string | undefined;
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

/** The files that tell what a home is. Any of them may be missing; one that is malformed counts as missing. */
export interface HomeEvidence {
  /** bin/version.txt */
  readonly version: Uint8Array | undefined;
  /** bin/wso2carbon-version.txt */
  readonly carbonVersion: Uint8Array | undefined;
  readonly carbonXml: SourceDocument | undefined;
  readonly axis2Xml: SourceDocument | undefined;
}

/** Product, version and clustering of a home. What cannot be read is `undefined`; nothing is thrown. */
export function recogniseProduct({
  version: versionText,
  carbonVersion,
  carbonXml: server,
  axis2Xml: axis2,
}: HomeEvidence): Pick<CarbonHome, 'productName' | 'productVersion' | 'carbonVersion' | 'clusteringClass'> {
  // `WSO2 Enterprise Service Bus v5.0.0`; one product shipped with unfilled `${…}` placeholders here.
  const [, name, version] = /^\s*([^\r\n$]*\S)\s+v(\d[^\s]*)/.exec(latin1(versionText)) ?? [];
  const [clustering] = axis2 === undefined ? [] : childElements(axis2.root, 'clustering');
  return {
    productName: (server && serverText(server, 'Name')) ?? name,
    productVersion: (server && serverText(server, 'Version')) ?? version,
    carbonVersion: /v(\d+\.\d+[^\s]*)/.exec(latin1(carbonVersion))?.[1],
    clusteringClass: axis2 && clustering && attributeOf(axis2, clustering, 'class'),
  };
}

/**
 * What was found, in one line: `WSO2 Enterprise Service Bus 5.0.0 (Carbon 4.4.8), repository/conf, Hazelcast clustering`.
 * A profile of EI 6 is named behind its conf folder: `conf of profile broker`.
 */
export function describeHome(home: CarbonHome): string {
  const product = [home.productName ?? 'unnamed product', home.productVersion].filter(Boolean).join(' ');
  const carbon = home.carbonVersion === undefined ? '' : ` (Carbon ${home.carbonVersion})`;
  const agent =
    home.clusteringClass?.split('.').at(-1)?.replace('ClusteringAgent', ' clustering') ?? 'no clustering element';
  const profile = home.profile === undefined ? '' : ` of profile ${home.profile}`;
  return `${product}${carbon}, ${home.confFolder}${profile}, ${agent}`;
}

function serverText(document: SourceDocument, name: string): string | undefined {
  const [element] = childElements(document.root, name);
  return element && (textOf(document, element).trim() || undefined);
}

function latin1(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('latin1');
}
