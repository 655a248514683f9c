import { carbonPort, filePorts } from './file-ports';
import type { PortFeature } from './port-feature';

/** Remote monitoring. It is on in every product as shipped, so a home without jmx.xml (a copy of some files) counts as one that has it. */
export const jmxPorts: PortFeature = {
  summary: 'The RMI ports of jmx.xml and carbon.xml for remote monitoring, unless jmx.xml switches it off.',
  declaredPorts: (facts) =>
    filePorts(facts, 'jmx', () => [
      ...carbonPort(facts, 'JMX RMIRegistryPort', 'JMX/RMIRegistryPort'),
      ...carbonPort(facts, 'JMX RMIServerPort', 'JMX/RMIServerPort'),
    ]),
};
