import type { PatchOperation } from '../../patch/operations';
import { attributeOf, childElements } from '../../xml/document';
import type { FileRecipe, RecipeContext } from '../carbon-file';

/**
 * The listeners that the load balancer forwards to, or that are the load balancer's own: pass-through and NIO.
 * The servlet transports of the other products have no such parameters.
 */
export function listeners(context: RecipeContext): FileRecipe {
  const { role, topology, document } = context;
  const { hostName, httpPort, httpsPort } = topology.frontEnd;
  const fronts = [
    { name: 'http', port: httpPort },
    { name: 'https', port: httpsPort },
  ];
  const operations = fronts.flatMap(({ name, port }): readonly PatchOperation[] => {
    const receivers = childElements(document.root, 'transportReceiver').filter(
      (one) => attributeOf(document, one, 'name') === name,
    );
    if (!receivers.some((one) => listenerClass.test(attributeOf(document, one, 'class') ?? ''))) return [];
    const at = `/axisconfig/transportReceiver[@name='${name}']`;
    if (role.isLoadBalancer) return [{ op: 'setText', at: `${at}/parameter[@name='port']`, value: String(port) }];
    return wsdlEprPrefix(at, `${name}://${hostName}:${port}`);
  });
  const lowPorts = fronts.filter(({ port }) => role.isLoadBalancer && port < 1024).map(({ port }) => port);
  const notes =
    lowPorts.length > 0 && operations.length > 0
      ? [
          `Ports below 1024 (${lowPorts.join(', ')}) need root on Linux: start the load balancer with sudo -E sh bin/wso2server.sh.`,
        ]
      : [];
  return { operations, notes };
}

const listenerClass = /\.(?:passthru\.PassThroughHttp\w*|nhttp\.HttpCoreNIO\w*)Listener$/;

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
