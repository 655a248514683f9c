import { filePorts } from './file-ports';
import { portByDefault, type PortFeature } from './port-feature';
import { shipsWith } from './shipped-with';

/** Receivers of events of other servers: of statistics in the analytics products, of throttling in API Manager from 2.0 on. */
export const eventReceiverPorts: PortFeature = {
  summary: 'The thrift and binary receivers of data-bridge-config.xml.',
  declaredPorts: (facts) =>
    filePorts(facts, 'eventReceivers', () => [
      ...(shipsWith(facts, 'thriftEvents')
        ? [portByDefault('thrift events', 7611), portByDefault('thrift events over TLS', 7711)]
        : []),
      ...(shipsWith(facts, 'binaryEvents')
        ? [portByDefault('binary events', 9611), portByDefault('binary events over TLS', 9711)]
        : []),
    ]),
};

/** Highly available event processing; shipped switched off. */
export const eventProcessorPorts: PortFeature = {
  summary: 'The ports of the HA mode of event-processor.xml, where it is enabled.',
  declaredPorts: (facts) => filePorts(facts, 'eventProcessor'),
};
