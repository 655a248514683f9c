import { roleOf } from '../../cluster/roles';
import type { PatchOperation } from '../../patch/operations';
import type { Place } from '../../patch/operations/ensure-element';
import type { RecipeContext } from '../carbon-file';
import { xpathLiteral } from '../xpath-literal';

const clustering = '/axisconfig/clustering';
const properties = `${clustering}/parameter[@name='properties']`;

/**
 * Properties that a member tells the others: its sub-domain, for a manager where its servlet ports are, and what the cluster
 * states for the node, which wins. A load balancer has none unless they are stated.
 */
export function memberProperties(context: RecipeContext, place: readonly Place[]): readonly PatchOperation[] {
  const wanted = wantedProperties(context);
  const [first, ...others] = Object.entries(wanted).map(([name, value]) => ({ name, value }));
  if (first === undefined) return [];
  return [
    {
      op: 'ensureElement',
      at: clustering,
      element: {
        name: 'parameter',
        attributes: { name: 'properties' },
        children: [{ name: 'property', attributes: { ...first } }],
      },
      key: ['@name'],
      place,
    },
    ...[first, ...others].flatMap(({ name, value }) => setProperty(name, value)),
    ...(context.role.servesConsole || context.role.isLoadBalancer ? [] : removePortMappings(Object.keys(wanted))),
  ];
}

function wantedProperties({ node, role, topology }: RecipeContext): Readonly<Record<string, string>> {
  const subDomain = node.subDomain ?? role.subDomain;
  return {
    ...(subDomain === undefined ? {} : { subDomain }),
    ...(role.servesConsole ? portMappings(node.offset, topology) : {}),
    ...node.properties,
  };
}

const servletPorts = { http: 9763, https: 9443 };

/**
 * A load balancer that gets a request on its port P forwards it to `port.mapping.P` of the member, where that is there:
 * the effective port, with the offset added (synapse DynamicLoadbalanceEndpoint).
 */
function portMappings(
  offset: number,
  { frontEnd, nodes }: RecipeContext['topology'],
): Readonly<Record<string, string>> {
  if (!nodes.some(({ role }) => roleOf(role).isLoadBalancer)) return {};
  return {
    [`port.mapping.${frontEnd.httpPort}`]: String(servletPorts.http + offset),
    [`port.mapping.${frontEnd.httpsPort}`]: String(servletPorts.https + offset),
  };
}

/**
 * A worker takes requests on its pass-through ports; a mapping left over from a manager would send them elsewhere. Those
 * that the cluster states stay.
 */
function removePortMappings(stated: readonly string[]): readonly PatchOperation[] {
  const kept = stated
    .filter((name) => name.startsWith('port.mapping.'))
    .map((name) => ` and @name!=${xpathLiteral(name)}`)
    .join('');
  const at = `${properties}/property[starts-with(@name, 'port.mapping.')${kept}]`;
  return [{ op: 'removeElement', at, occurrences: 'all' }];
}

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
    { op: 'setAttribute', at: `${properties}/property[@name=${xpathLiteral(name)}]`, name: 'value', value },
  ];
}
