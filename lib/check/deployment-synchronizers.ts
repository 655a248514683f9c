import type { DeploymentSynchronizerFacts } from '../carbon/facts/carbon-xml-facts';
import type { Sourced } from '../carbon/facts/sourced';
import { roleOf } from '../cluster/roles';
import type { CheckedNode } from './checked-cluster';

/** What the carbon.xml of a node says about its deployment synchronizer. */
export interface Synchronizer {
  readonly node: CheckedNode;
  /** The element, or the beginning of the file where there is none. */
  readonly place: Sourced<unknown>;
  readonly settings: DeploymentSynchronizerFacts;
  readonly isEnabled: boolean;
  readonly commits: boolean;
}

/** Of two elements the first; one that is missing is off. Nothing without a carbon.xml. */
export function deploymentSynchronizerOf(node: CheckedNode): readonly Synchronizer[] {
  const { carbonXml } = node.facts;
  if (carbonXml === undefined) return [];
  const [block] = carbonXml.deploymentSynchronizers;
  const settings: DeploymentSynchronizerFacts = block?.value ?? new Map();
  const isTrue = (name: string): boolean => settings.get(name)?.value === 'true';
  const place = block ?? { value: '', path: carbonXml.path, line: 1, column: 1 };
  return [{ node, place, settings, isEnabled: isTrue('Enabled'), commits: isTrue('AutoCommit') }];
}

/** True where it is the node's part to commit. */
export function isManager({ node }: Synchronizer): boolean {
  return roleOf(node.role).writesRegistry;
}

/** `http://user:password@host/` is shown without what stands before `@`. */
export function withoutUser(url: string): string {
  return url.replace(/^(\w[\w+.-]*:\/\/)[^/]*@/, '$1');
}

/** The nodes of synchronizers, in their order. */
export function nodesOf(items: readonly Synchronizer[]): readonly CheckedNode[] {
  return items.map(({ node }) => node);
}
