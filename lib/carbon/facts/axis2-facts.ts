import type { ClusteringAgent } from '../../cluster/members';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import { clusteringAgentOf } from '../clustering-agent';
import { isHttpListener } from '../http-listener';
import { byName, leafElements, sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/** What an axis2.xml says about clustering and about the transports that clients reach. */
export interface Axis2Facts {
  /** Relative to the home. */
  readonly path: string;
  /** The first live `clustering` element, or `undefined` where there is none. */
  readonly clustering: ClusteringFacts | undefined;
  /** Live `transportReceiver` elements, in document order. */
  readonly receivers: readonly ReceiverFacts[];
}

/** One `clustering` element. */
export interface ClusteringFacts {
  /** The class, as written; empty where there is none. */
  readonly className: Sourced<string>;
  readonly agent: ClusteringAgent;
  /** Axis2 takes a missing attribute for true; anything but `true` (whatever its case) is false. The place is the start tag. */
  readonly enabled: Sourced<boolean>;
  /** Trimmed texts of the `parameter` elements without element children, by name; of two of one name the last counts. */
  readonly parameters: ReadonlyMap<string, Sourced<string>>;
  /** The `property` elements of `parameter[@name='properties']`, by name. */
  readonly properties: ReadonlyMap<string, Sourced<string>>;
  /** Every `members` element; Carbon reads only the first. */
  readonly memberLists: readonly MemberList[];
  /** `groupManagement`, or `undefined` where there is none. */
  readonly groupManagement: Sourced<GroupManagementFacts> | undefined;
}

/** One `members` element. The place is its start tag. */
export interface MemberList {
  readonly list: Sourced<number>;
  readonly members: readonly Sourced<MemberText>[];
}

/** A `member`, trimmed as Carbon trims it; a missing child gives an empty string. */
export interface MemberText {
  readonly hostName: string;
  readonly port: string;
}

/** `groupManagement` of an axis2.xml, which ELB 2.0 and old nodes have. */
export interface GroupManagementFacts {
  readonly enabled: boolean;
  /** `applicationDomain` elements: their name and port, trimmed. */
  readonly domains: readonly { readonly name: string; readonly port: string }[];
}

/** One `transportReceiver`. */
export interface ReceiverFacts {
  /** The `name` attribute, with the place of the start tag. */
  readonly name: Sourced<string>;
  readonly className: string;
  /** True for the pass-through and NIO listeners, which the load balancer forwards to; false for servlet transports. */
  readonly isListener: boolean;
  /** Trimmed texts of its parameters, by name. */
  readonly parameters: ReadonlyMap<string, Sourced<string>>;
}

/** The facts of an axis2.xml; only live elements count. */
export function readAxis2Facts(document: SourceDocument): Axis2Facts {
  const reader = sourceReader(document);
  const [clustering] = childElements(document.root, 'clustering');
  return {
    path: document.path,
    clustering: clustering && clusteringFacts(reader, clustering),
    receivers: childElements(document.root, 'transportReceiver').map((element) => receiverFacts(reader, element)),
  };
}

function clusteringFacts(reader: SourceReader, clustering: ElementSource): ClusteringFacts {
  const { document } = reader;
  const properties = childElements(clustering, 'parameter')
    .filter((one) => nameOf(document, one) === 'properties')
    .flatMap((one) => childElements(one, 'property'));
  const [management] = childElements(clustering, 'groupManagement');
  return {
    className: reader.attribute(clustering, 'class'),
    agent: clusteringAgentOf(document),
    enabled: reader.at(clustering, /^true$/i.test(attributeOf(document, clustering, 'enable') ?? 'true')),
    parameters: parametersOf(reader, clustering),
    properties: byName(
      properties,
      'last',
      (one) => reader.at(one, attributeOf(document, one, 'value') ?? ''),
      (one) => nameOf(document, one),
    ),
    memberLists: childElements(clustering, 'members').map((list) => memberList(reader, list)),
    groupManagement: management && reader.at(management, groupManagementFacts(document, management)),
  };
}

function memberList(reader: SourceReader, list: ElementSource): MemberList {
  const elements = childElements(list, 'member');
  return {
    list: reader.at(list, elements.length),
    members: elements.map((member) =>
      reader.at(member, {
        hostName: firstText(reader.document, member, 'hostName'),
        port: firstText(reader.document, member, 'port'),
      }),
    ),
  };
}

function groupManagementFacts(document: SourceDocument, management: ElementSource): GroupManagementFacts {
  return {
    enabled: /^true$/i.test(attributeOf(document, management, 'enable') ?? ''),
    domains: childElements(management, 'applicationDomain').map((domain) => ({
      name: (attributeOf(document, domain, 'name') ?? '').trim(),
      port: (attributeOf(document, domain, 'port') ?? '').trim(),
    })),
  };
}

function receiverFacts(reader: SourceReader, receiver: ElementSource): ReceiverFacts {
  const className = (attributeOf(reader.document, receiver, 'class') ?? '').trim();
  return {
    name: reader.at(receiver, nameOf(reader.document, receiver)),
    className,
    isListener: isHttpListener(className),
    parameters: parametersOf(reader, receiver),
  };
}

function parametersOf(reader: SourceReader, parent: ElementSource): ReadonlyMap<string, Sourced<string>> {
  return byName(
    leafElements(parent, 'parameter'),
    'last',
    (one) => reader.trimmed(one),
    (one) => nameOf(reader.document, one),
  );
}

function nameOf(document: SourceDocument, element: ElementSource): string {
  return attributeOf(document, element, 'name') ?? '';
}

function firstText(document: SourceDocument, parent: ElementSource, name: string): string {
  const [child] = childElements(parent, name);
  return child === undefined ? '' : textOf(document, child).trim();
}
