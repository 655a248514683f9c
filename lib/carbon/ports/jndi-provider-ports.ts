import { portInFile, type PortFeature } from './port-feature';

/** The RMI registry of datasources of older homes; carbon.xml ships it in a comment. */
export const jndiProviderPorts: PortFeature = {
  summary: 'JNDIProviderPort of carbon.xml, where somebody made it live.',
  declaredPorts: ({ carbonXml }) => portInFile('JNDIProviderPort', carbonXml?.ports.get('JNDIProviderPort')),
};
