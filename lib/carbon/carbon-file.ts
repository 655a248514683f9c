import type { NodeRole } from '../cluster/roles/node-role';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import type { PatchOperation } from '../patch/operations';
import type { ElementSource, Namespaces, SourceDocument } from '../xml/document';

/** Whether a role has anything to say in a file, and whether a home without the file can have that role. */
export type FileNeed = 'required' | 'optional' | 'untouched';

/** Everything a file's recipe may look at. */
export interface RecipeContext {
  readonly node: ClusterNode;
  readonly role: NodeRole;
  readonly topology: ClusterTopology;
  /** The file as it is now. */
  readonly document: SourceDocument;
}

/** What a cluster asks of one file of one node. */
export interface FileRecipe {
  readonly operations: readonly PatchOperation[];
  /** What the operator should know; whole sentences. */
  readonly notes: readonly string[];
}

/** A setting of a cluster that `show` reads from a file. */
export interface FileSetting {
  readonly name: string;
  /** XPath of the elements that hold it; none need be there. */
  readonly at: string;
  /** The value of one such element; its text where this is left out. */
  readonly read?: (document: SourceDocument, element: ElementSource) => string;
}

/** One configuration file of a Carbon home, and what a cluster asks of it. */
export interface CarbonFile {
  /** The name by which people know it. */
  readonly name: string;
  /** Relative to the conf folder of the home, with forward slashes. */
  readonly path: string;
  /** What a recipe sets here, in one sentence; the reference is made from it. */
  readonly summary: string;
  readonly namespaces?: Namespaces;
  need(role: NodeRole): FileNeed;
  recipe(context: RecipeContext): FileRecipe;
  readonly settings: readonly FileSetting[];
}
