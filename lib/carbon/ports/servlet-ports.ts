import type { HomeFacts } from '../facts/home-facts';
import { portByDefault, portInFile, type DeclaredPort, type PortFeature } from './port-feature';

/** The servlet transports: the management console, web services of most products, web applications. */
export const servletPorts: PortFeature = {
  summary: 'The servlet connectors of catalina-server.xml, which serve the management console.',
  declaredPorts: (facts) => {
    if (facts.catalina === undefined) return isCatalinaUnreadable(facts) ? [] : shippedConnectors(facts);
    return facts.catalina.connectors.flatMap(({ value: { attributes, isSecure } }) =>
      portInFile(isSecure ? httpsServlet : httpServlet, attributes.get('port'), {
        address: attributes.get('address')?.value,
      }),
    );
  },
};

const httpServlet = 'http servlet';
const httpsServlet = 'https servlet';

/** Every product has them; before Carbon 4.0 their ports stood in carbon.xml. */
function shippedConnectors({ carbonXml }: HomeFacts): readonly DeclaredPort[] {
  const older = [
    ...portInFile(httpServlet, carbonXml?.ports.get('ServletTransports/HTTP')),
    ...portInFile(httpsServlet, carbonXml?.ports.get('ServletTransports/HTTPS')),
  ];
  return older.length > 0 ? older : [portByDefault(httpServlet, 9763), portByDefault(httpsServlet, 9443)];
}

function isCatalinaUnreadable({ unreadable }: HomeFacts): boolean {
  return unreadable.some(({ path }) => path.endsWith('/catalina-server.xml'));
}
