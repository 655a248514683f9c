import { filePorts } from './file-ports';
import type { PortFeature } from './port-feature';

/** Servers of the embedded database; shipped in a comment, and not moved by the offset. */
export const h2Ports: PortFeature = {
  summary: 'The web console, tcp and pg servers of H2DatabaseConfiguration in carbon.xml, where they are live.',
  declaredPorts: (facts) => filePorts(facts, 'h2'),
};
