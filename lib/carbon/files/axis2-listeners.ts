import type { PatchOperation } from '../../patch/operations';
import { positionAt } from '../../text/position';
import { attributeOf, childElements, type ElementSource } from '../../xml/document';
import type { FileRecipe, RecipeContext } from '../carbon-file';
import { isHttpListener } from '../http-listener';

/**
 * The listeners that the load balancer forwards to, or that are the load balancer's own: pass-through and NIO.
 * The servlet transports of the other products have no such parameters.
 */
export function listeners(context: RecipeContext): FileRecipe {
  const { node, role, topology } = context;
  const { httpPort, httpsPort } = topology.frontEnd;
  const hostName = node.hostName ?? topology.frontEnd.hostName;
  const fronts = [
    { name: 'http', port: httpPort },
    { name: 'https', port: httpsPort },
  ];
  const recipes = fronts.map(({ name, port }): FileRecipe => {
    const receivers = receiversOf(context, name);
    const operations = receivers
      .filter(({ isListener }) => isListener)
      .flatMap(({ at }): readonly PatchOperation[] =>
        role.isLoadBalancer
          ? [{ op: 'setText', at: `${at}/parameter[@name='port']`, value: String(port) }]
          : wsdlEprPrefix(at, `${name}://${hostName}:${port}`),
      );
    return { operations, notes: operations.length === 0 ? [] : repeatedNotes(context, name, receivers) };
  });
  const operations = recipes.flatMap((recipe) => recipe.operations);
  const notes = recipes.flatMap((recipe) => recipe.notes);
  const lowPorts = fronts.filter(({ port }) => role.isLoadBalancer && port < 1024).map(({ port }) => port);
  if (lowPorts.length === 0 || operations.length === 0) return { operations, notes };
  const rootNote = `Ports below 1024 (${lowPorts.join(', ')}) need root on Linux: start the load balancer with sudo -E sh bin/wso2server.sh.`;
  return { operations, notes: [...notes, rootNote] };
}

interface Receiver {
  readonly element: ElementSource;
  readonly at: string;
  readonly isListener: boolean;
}

function receiversOf({ document }: RecipeContext, name: string): readonly Receiver[] {
  const elements = childElements(document.root, 'transportReceiver').filter(
    (one) => attributeOf(document, one, 'name') === name,
  );
  const all = `/axisconfig/transportReceiver[@name='${name}']`;
  return elements.map((element, index) => ({
    element,
    at: elements.length === 1 ? all : `${all}[${index + 1}]`,
    isListener: isHttpListener(attributeOf(document, element, 'class') ?? ''),
  }));
}

/** Whoever makes a sample live and forgets the receiver that was there has two of one name. */
function repeatedNotes({ document }: RecipeContext, name: string, receivers: readonly Receiver[]): readonly string[] {
  if (receivers.length === 1) return [];
  const lines = receivers.map(({ element }) => positionAt(document.text, element.whole.start).line);
  return [
    `axis2.xml has ${receivers.length} receivers named ${name} (lines ${lines.join(', ')}), of which the last counts: each is set; comment out those that are not meant.`,
  ];
}

/** What a WSDL names as the address of its services: the host of the cluster and the ports of the load balancer. */
function wsdlEprPrefix(at: string, value: string): readonly PatchOperation[] {
  return [
    {
      op: 'ensureElement',
      at,
      element: { name: 'parameter', attributes: { name: 'WSDLEPRPrefix', locked: 'false' }, text: value },
      key: ['@name'],
      place: [
        'besideSample',
        { after: "parameter[@name='bind-address']" },
        { after: "parameter[@name='non-blocking']" },
        { after: "parameter[@name='port']" },
      ],
    },
    { op: 'setText', at: `${at}/parameter[@name='WSDLEPRPrefix']`, value },
  ];
}
