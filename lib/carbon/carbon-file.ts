import type { ClusteringAgent } from '../cluster/members';
import type { NodeRole } from '../cluster/roles/node-role';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import type { PatchOperation } from '../patch/operations';
import type { TextEdit } from '../text/edit';
import type { ElementSource, Namespaces, SourceDocument } from '../xml/document';
import { homeSituation, noEvidence, type HomeSituation } from './home-situation';

/** Whether a role has anything to say in a file, and whether a home without the file can have that role. */
export type FileNeed = 'required' | 'optional' | 'untouched';

/** Everything a file's recipe may look at. */
export interface RecipeContext {
  readonly node: ClusterNode;
  readonly role: NodeRole;
  readonly topology: ClusterTopology;
  /** The file as it is now. */
  readonly document: SourceDocument;
  /** The version of the framework, such as `4.4.11`, where the home tells. */
  readonly carbonVersion?: string | undefined;
  /** What the home's files mean together; where it is left out, a home that has no names of its own. */
  readonly situation?: HomeSituation;
}

/** The situation of the home that a recipe is for. */
export function situationOf({ situation, topology }: RecipeContext): HomeSituation {
  return situation ?? homeSituation(noEvidence, topology);
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
  /** True where the recipe depends on what other files of the home say, so that these have to be readable too. */
  readonly needsSituation?: true;
  /** What a role needs in a cluster; without one, what it may need. */
  need(role: NodeRole, topology?: ClusterTopology): FileNeed;
  recipe(context: RecipeContext): FileRecipe;
  readonly settings: readonly FileSetting[];
}

/** What the recipe of a file that is no XML may look at. */
export interface TextRecipeContext {
  readonly node: ClusterNode;
  readonly topology: ClusterTopology;
  readonly clusteringAgent: ClusteringAgent;
}

/** What a cluster asks of a file that is no XML, made already. */
export interface TextRecipe {
  /** Edits of the text; empty where it is as wanted. */
  readonly edits: readonly TextEdit[];
  readonly changes: readonly TextSettingChange[];
  readonly notes: readonly string[];
}

/** One setting that changes, with the names on the way to it, such as `services/esb/hosts`. */
export interface TextSettingChange {
  readonly at: string;
  /** The line in the file as it is now, from 1. */
  readonly line: number;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** One configuration file of a Carbon home that is no XML, and what a cluster asks of it. */
export interface CarbonTextFile {
  /** The name by which people know it. */
  readonly name: string;
  /** Relative to the conf folder of the home, with forward slashes. */
  readonly path: string;
  /** What a recipe sets here, in one sentence. */
  readonly summary: string;
  /** As that of a `CarbonFile`. */
  need(role: NodeRole, topology?: ClusterTopology): FileNeed;
  /** Throws TARGET_UNSUITABLE where the file cannot be edited safely. */
  recipe(context: TextRecipeContext, text: string, path: string): TextRecipe;
}
