import type { ClusteringAgent } from '../cluster/members';
import { attributeOf, childElements, type SourceDocument } from '../xml/document';

/** The clustering implementation that an axis2.xml names: Tribes in Carbon 4.0 and 4.1, Hazelcast from 4.2 on. */
export function clusteringAgentOf(document: SourceDocument): ClusteringAgent {
  const [clustering] = childElements(document.root, 'clustering');
  return agentOfClass(clustering && attributeOf(document, clustering, 'class'));
}

/** The clustering implementation of a class, as `CarbonHome` has it; Hazelcast where nothing says otherwise. */
export function agentOfClass(className: string | undefined): ClusteringAgent {
  return className?.includes('.tribes.') ? 'tribes' : 'hazelcast';
}
