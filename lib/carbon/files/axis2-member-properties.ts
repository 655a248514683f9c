import { roleOf } from '../../cluster/roles';
import type { PatchOperation } from '../../patch/operations';
import type { Place } from '../../patch/operations/ensure-element';
import type { RecipeContext } from '../carbon-file';

const clustering = '/axisconfig/clustering';
const properties = `${clustering}/parameter[@name='properties']`;

/** Properties that a member tells the others: its sub-domain, and for a manager where its servlet ports are. */
export function memberProperties(
  { node, role, topology }: RecipeContext,
  place: readonly Place[],
): readonly PatchOperation[] {
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
      place,
    },
    ...setProperty('subDomain', role.subDomain),
    ...(role.servesConsole ? portMappings(node.offset, topology) : removePortMappings),
  ];
}

const servletPorts = { http: 9763, https: 9443 };

/**
 * A load balancer that gets a request on its port P forwards it to `port.mapping.P` of the member, where that is there:
 * the effective port, with the offset added (synapse DynamicLoadbalanceEndpoint).
 */
function portMappings(offset: number, { frontEnd, nodes }: RecipeContext['topology']): readonly PatchOperation[] {
  if (!nodes.some(({ role }) => roleOf(role).isLoadBalancer)) return [];
  return [
    ...setProperty(`port.mapping.${frontEnd.httpPort}`, String(servletPorts.http + offset)),
    ...setProperty(`port.mapping.${frontEnd.httpsPort}`, String(servletPorts.https + offset)),
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
