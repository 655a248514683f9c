import type { PatchOperation } from '../../patch/operations';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import type { CarbonFile, RecipeContext } from '../carbon-file';
import { placeInOrder } from '../element-order';
import { listeners } from './axis2-listeners';
import { memberProperties } from './axis2-member-properties';
import { members } from './axis2-members';

const clustering = '/axisconfig/clustering';
const properties = `${clustering}/parameter[@name='properties']`;

/** `axis2.xml`: membership of the cluster, and the transport listeners that clients reach. */
export const axis2Xml: CarbonFile = {
  name: 'axis2.xml',
  path: 'axis2/axis2.xml',
  summary:
    'Clustering on, membership scheme, domain, local member, member properties and members; WSDLEPRPrefix of the HTTP listeners; for a load balancer their ports. The clustering class is never changed.',
  need: () => 'required',
  recipe: (context) => {
    const parts = [members(context), listeners(context)];
    return {
      operations: [...clusteringOperations(context), ...parts.flatMap(({ operations }) => operations)],
      notes: [...schemeNotes(context), ...parts.flatMap(({ notes }) => notes)],
    };
  },
  settings: [
    {
      name: 'clustering class',
      at: clustering,
      read: (document, element) => attributeOf(document, element, 'class') ?? '',
    },
    // Axis2 takes a missing attribute for "true".
    {
      name: 'clustering enable',
      at: clustering,
      read: (document, element) => attributeOf(document, element, 'enable') ?? 'true',
    },
    ...['membershipScheme', 'domain', 'localMemberHost', 'localMemberPort'].map((name) => ({
      name,
      at: parameter(name),
    })),
    {
      name: 'property',
      at: `${properties}/property`,
      read: (document, element) =>
        `${attributeOf(document, element, 'name')} = ${attributeOf(document, element, 'value')}`,
    },
    { name: 'member', at: `${clustering}/members/member`, read: memberText },
    ...['http', 'https'].flatMap((name) => [
      { name: `${name} port`, at: `/axisconfig/transportReceiver[@name='${name}']/parameter[@name='port']` },
      {
        name: `${name} WSDLEPRPrefix`,
        at: `/axisconfig/transportReceiver[@name='${name}']/parameter[@name='WSDLEPRPrefix']`,
      },
    ]),
  ],
};

/** The order in which the shipped files of both eras document the parameters of `clustering`. */
const documentedOrder: readonly string[] = [
  ...[
    'clusteringPattern',
    'AvoidInitiation',
    'membershipScheme',
    'domain',
    'synchronizeAll',
    'maxRetries',
    'mcastAddress',
    'mcastPort',
    'mcastTTL',
    'mcastTimeout',
    'mcastFrequency',
    'memberDropTime',
    'mcastBindAddress',
    'localMemberHost',
    'localMemberBindAddress',
    'localMemberPort',
    'localMemberBindPort',
    'preserveMessageOrder',
    'atmostOnceMessageSemantics',
    'properties',
  ].map((name) => `parameter[@name='${name}']`),
  'members',
  'groupManagement',
  'nodeManager',
  'stateManager',
];

function parameter(name: string): string {
  return `${clustering}/parameter[@name='${name}']`;
}

function clusteringOperations(context: RecipeContext): readonly PatchOperation[] {
  const { node, role, topology } = context;
  const domain = role.isLoadBalancer ? topology.loadBalancerDomain : topology.domain;
  return [
    { op: 'setAttribute', at: clustering, name: 'enable', value: 'true' },
    ...setParameter('membershipScheme', topology.membershipScheme),
    ...(domain === undefined ? [] : setParameter('domain', domain)),
    ...setParameter('localMemberHost', node.localMemberHost),
    ...setParameter('localMemberPort', String(node.localMemberPort)),
    ...memberProperties(context, placeInOrder(documentedOrder, "parameter[@name='properties']")),
  ];
}

function setParameter(name: string, value: string): readonly PatchOperation[] {
  return [
    {
      op: 'ensureElement',
      at: clustering,
      element: { name: 'parameter', attributes: { name }, text: value },
      key: ['@name'],
      place: placeInOrder(documentedOrder, `parameter[@name='${name}']`),
    },
    { op: 'setText', at: parameter(name), value },
  ];
}

/** A home that finds its members through a container platform no longer does so. */
function schemeNotes({ document, topology }: RecipeContext): readonly string[] {
  const schemes = childElements(document.root, 'clustering')
    .flatMap((one) => childElements(one, 'parameter'))
    .filter((one) => attributeOf(document, one, 'name') === 'membershipScheme')
    .map((one) => textOf(document, one).trim());
  return schemes
    .filter((scheme) => !['', 'wka', 'multicast'].includes(scheme))
    .map((scheme) => {
      const { membershipScheme } = topology;
      const instead = membershipScheme === 'wka' ? 'it asks the listed members' : 'it asks the network';
      return `This home found its members by the scheme ${scheme}; with ${membershipScheme} ${instead} instead, and the parameters of ${scheme} are left but no longer read.`;
    });
}

function memberText(document: SourceDocument, member: ElementSource): string {
  return ['hostName', 'port']
    .map((name) =>
      childElements(member, name)
        .map((child) => textOf(document, child).trim())
        .join(),
    )
    .join(':');
}
