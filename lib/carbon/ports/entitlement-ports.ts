import { filePorts } from './file-ports';
import type { PortFeature } from './port-feature';

/** Entitlement over Thrift; most products ship with the port in carbon.xml and the service switched off. */
export const entitlementPorts: PortFeature = {
  summary: 'ThriftEntitlementReceivePort, where identity.xml enables the Thrift service.',
  declaredPorts: (facts) => filePorts(facts, 'entitlement'),
};
