import type { SourceDocument } from '../../xml/document';
import type { OtherPort } from './home-facts';
import {
  readApiManagerPorts,
  readBrokerPorts,
  readDataBridgePorts,
  readEmbeddedLdapPorts,
  readEntitlementPorts,
  readEventProcessorPorts,
  readH2Ports,
  readJmxPorts,
} from './port-files';

/**
 * Readers of the files that declare ports beside axis2.xml, the `Ports` of carbon.xml and catalina-server.xml, by the path of
 * the file relative to the conf folder, with forward slashes. Register a new one by adding it here.
 */
export const otherPortReaders: ReadonlyMap<string, (document: SourceDocument) => readonly OtherPort[]> = new Map([
  ['carbon.xml', readH2Ports],
  ['etc/jmx.xml', readJmxPorts],
  ['embedded-ldap.xml', readEmbeddedLdapPorts],
  // Identity Server 5.1 moved its files into a folder of their own, and the products on its components followed.
  ['identity/embedded-ldap.xml', readEmbeddedLdapPorts],
  ['identity.xml', readEntitlementPorts],
  ['identity/identity.xml', readEntitlementPorts],
  ['broker.xml', readBrokerPorts],
  ['data-bridge/data-bridge-config.xml', readDataBridgePorts],
  ['event-processor.xml', readEventProcessorPorts],
  ['api-manager.xml', readApiManagerPorts],
]);
