import { brokerPorts } from './broker-ports';
import { bigDataPorts } from './big-data-ports';
import { embeddedLdapPorts } from './embedded-ldap-ports';
import { entitlementPorts } from './entitlement-ports';
import { eventProcessorPorts, eventReceiverPorts } from './event-ports';
import { groupManagementPorts } from './group-management-ports';
import { h2Ports } from './h2-ports';
import { jmxPorts } from './jmx-ports';
import { jndiProviderPorts } from './jndi-provider-ports';
import { keyValidationPorts } from './key-validation-ports';
import { membershipPorts } from './membership-ports';
import type { PortFeature } from './port-feature';
import { receiverPorts } from './receiver-ports';
import { servletPorts } from './servlet-ports';
import { webSocketPorts } from './web-socket-ports';

/** Every part of a Carbon server that listens, by name. Register a new one by adding it here. */
const features = {
  servlet: servletPorts,
  receiver: receiverPorts,
  membership: membershipPorts,
  groupManagement: groupManagementPorts,
  jmx: jmxPorts,
  jndiProvider: jndiProviderPorts,
  embeddedLdap: embeddedLdapPorts,
  entitlement: entitlementPorts,
  broker: brokerPorts,
  eventReceivers: eventReceiverPorts,
  eventProcessor: eventProcessorPorts,
  webSocket: webSocketPorts,
  keyValidation: keyValidationPorts,
  bigData: bigDataPorts,
  h2: h2Ports,
} satisfies Record<string, PortFeature>;

/** The name of a part that listens, such as `jmx`. */
export type PortFeatureName = keyof typeof features;

/** Every part with its name, in the order of the registry. */
export const portFeatures = (Object.keys(features) as PortFeatureName[]).map(
  (name): { readonly name: PortFeatureName; readonly feature: PortFeature } => ({ name, feature: features[name] }),
);
