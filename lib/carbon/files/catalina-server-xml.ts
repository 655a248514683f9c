import { attributeOf } from '../../xml/document';
import type { CarbonFile, FileRecipe, RecipeContext } from '../carbon-file';
import { readCatalinaFacts, type ConnectorFacts } from '../facts/catalina-facts';
import { xpathLiteral } from '../xpath-literal';

const connectors = '/Server/Service/Connector';

/** `catalina-server.xml`: the ports at which clients reach the servlet transports through the load balancer. */
export const catalinaServerXml: CarbonFile = {
  name: 'catalina-server.xml',
  path: 'tomcat/catalina-server.xml',
  summary:
    'proxyPort of the http and of the https Connector: the ports of the load balancer. Only where the cluster file says loadBalancer.proxyPorts; the ports themselves stay.',
  need: (role, topology) => {
    if (role.isLoadBalancer || topology?.frontEnd.proxyPorts === false) return 'untouched';
    return topology === undefined ? 'optional' : 'required';
  },
  recipe: (context) => {
    const { httpPort, httpsPort } = context.topology.frontEnd;
    const recipes = [proxyPort(context, 'http', httpPort), proxyPort(context, 'https', httpsPort)];
    return {
      operations: recipes.flatMap(({ operations }) => operations),
      notes: recipes.flatMap(({ notes }) => notes),
    };
  },
  settings: [
    {
      name: 'Connector/proxyPort',
      at: `${connectors}[@proxyPort]`,
      read: (document, element) => attributeOf(document, element, 'proxyPort') ?? '',
    },
  ],
};

/** The one live Connector of the scheme; which of several, or of two with one port, is meant only a person knows. */
function proxyPort({ document }: RecipeContext, scheme: 'http' | 'https', port: number): FileRecipe {
  const all = readCatalinaFacts(document).connectors.map(({ value }) => value);
  const ofScheme = all.filter(({ isSecure }) => isSecure === (scheme === 'https'));
  const own = ofScheme.map(portOf);
  const [only] = own;
  const isOne = ofScheme.length === 1 && only !== undefined && all.filter((one) => portOf(one) === only).length === 1;
  if (!isOne) {
    const count = ofScheme.length === 1 ? 'one whose port is not its own' : String(ofScheme.length);
    const note = `catalina-server.xml has ${count === '0' ? 'no' : count} ${scheme} Connector${ofScheme.length === 1 ? '' : 's'} where one is expected, so no proxyPort was set there; set it to ${port} by hand.`;
    return { operations: [], notes: [note] };
  }
  const at = `${connectors}[@port=${xpathLiteral(only)}]`;
  return { operations: [{ op: 'setAttribute', at, name: 'proxyPort', value: String(port) }], notes: [] };
}

function portOf({ attributes }: ConnectorFacts): string | undefined {
  return attributes.get('port')?.value;
}
