import type { ClusteringFacts } from '../facts/axis2-facts';
import { portByDefault, portInFile, type DeclaredPort, type PortFeature, type PortManner } from './port-feature';

/** How members of a cluster talk to each other; the offset moves none of it. */
export const membershipPorts: PortFeature = {
  summary: 'localMemberPort, and mcastPort with the multicast scheme, of a node with clustering enabled.',
  declaredPorts: ({ axis2, hazelcastFiles }) => {
    const clustering = axis2?.clustering;
    if (clustering?.enabled.value !== true) return [];
    // With a hazelcast.xml of its own a node does not look at the network settings of axis2.xml.
    if (clustering.agent === 'hazelcast' && hazelcastFiles.length > 0) return [];
    const scheme = clustering.parameters.get('membershipScheme')?.value ?? 'multicast';
    return [
      ...parameterPort(clustering, 'localMemberPort', 4000, {}),
      ...(scheme === 'multicast' ? parameterPort(clustering, 'mcastPort', 45564, { protocol: 'multicast' }) : []),
    ];
  },
};

function parameterPort(
  { parameters }: ClusteringFacts,
  name: string,
  byDefault: number,
  manner: PortManner,
): readonly DeclaredPort[] {
  const text = parameters.get(name);
  const unmoved = { ...manner, isMovedByOffset: false };
  return text === undefined ? [portByDefault(name, byDefault, unmoved)] : portInFile(name, text, unmoved);
}
