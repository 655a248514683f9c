import { membersOf } from '../../cluster/members';
import { roleOf } from '../../cluster/roles';
import type { PatchOperation } from '../../patch/operations';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import type { NewElement } from '../../xml/fragment';
import { clusteringAgentOf } from '../clustering-agent';
import type { CarbonFile, RecipeContext } from '../carbon-file';
import { placeInOrder } from '../element-order';
import { listeners } from './axis2-listeners';

const clustering = '/axisconfig/clustering';
const properties = `${clustering}/parameter[@name='properties']`;

/** `axis2.xml`: membership of the cluster, and the transport listeners that clients reach. */
export const axis2Xml: CarbonFile = {
  name: 'axis2.xml',
  path: 'axis2/axis2.xml',
  summary:
    'Clustering on, well-known membership, domain, local member, member properties and members; WSDLEPRPrefix of the HTTP listeners; for a load balancer their ports. The clustering class is never changed.',
  need: () => 'required',
  recipe: (context) => {
    const { operations, notes } = listeners(context);
    return { operations: [...clusteringOperations(context), ...operations], notes };
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

/** The order in which the shipped files of both eras document the children of `clustering`. */
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
  const { node, role, topology, document } = context;
  const domain = role.isLoadBalancer ? topology.loadBalancerDomain : topology.domain;
  return [
    { op: 'setAttribute', at: clustering, name: 'enable', value: 'true' },
    ...setParameter('membershipScheme', topology.membershipScheme),
    ...(domain === undefined ? [] : setParameter('domain', domain)),
    ...setParameter('localMemberHost', node.localMemberHost),
    ...setParameter('localMemberPort', String(node.localMemberPort)),
    ...memberProperties(context),
    {
      op: 'ensureElement',
      at: clustering,
      element: { name: 'members', text: '' },
      place: placeInOrder(documentedOrder, 'members'),
    },
    {
      op: 'replaceChildren',
      at: `${clustering}/members`,
      name: 'member',
      children: membersOf(node, topology, clusteringAgentOf(document)).map(({ hostName, port }): NewElement => ({
        name: 'member',
        children: [
          { name: 'hostName', text: hostName },
          { name: 'port', text: String(port) },
        ],
      })),
    },
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

/** Properties that a member tells the others: its sub-domain, and for a manager where its servlet ports are. */
function memberProperties({ node, role, topology }: RecipeContext): readonly PatchOperation[] {
  if (role.subDomain === undefined) return [];
  return [
    {
      op: 'ensureElement',
      at: clustering,
      element: {
        name: 'parameter',
        attributes: { name: 'properties' },
        children: [{ name: 'property', attributes: { name: 'subDomain', value: role.subDomain } }],
      },
      key: ['@name'],
      place: placeInOrder(documentedOrder, "parameter[@name='properties']"),
    },
    ...setProperty('subDomain', role.subDomain),
    ...(role.servesConsole ? portMappings(node.portOffset, topology) : removePortMappings),
  ];
}

const servletPorts = { http: 9763, https: 9443 };

/**
 * A load balancer that gets a request on its port P forwards it to `port.mapping.P` of the member, where that is there:
 * the effective port, with the offset added (synapse DynamicLoadbalanceEndpoint).
 */
function portMappings(portOffset: number, { frontEnd, nodes }: RecipeContext['topology']): readonly PatchOperation[] {
  if (!nodes.some(({ role }) => roleOf(role).isLoadBalancer)) return [];
  return [
    ...setProperty(`port.mapping.${frontEnd.httpPort}`, String(servletPorts.http + portOffset)),
    ...setProperty(`port.mapping.${frontEnd.httpsPort}`, String(servletPorts.https + portOffset)),
  ];
}

/** A worker takes requests on its pass-through ports; a mapping left over from a manager would send them elsewhere. */
const removePortMappings: readonly PatchOperation[] = [
  { op: 'removeElement', at: `${properties}/property[starts-with(@name, 'port.mapping.')]`, occurrences: 'all' },
];

function setProperty(name: string, value: string): readonly PatchOperation[] {
  return [
    {
      op: 'ensureElement',
      at: properties,
      element: { name: 'property', attributes: { name, value } },
      key: ['@name'],
      place: [
        'besideSample',
        { after: "property[starts-with(@name, 'port.mapping.')]" },
        { after: "property[@name='subDomain']" },
      ],
    },
    { op: 'setAttribute', at: `${properties}/property[@name='${name}']`, name: 'value', value },
  ];
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
