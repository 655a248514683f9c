import { CarbonPatchError, type ClusterFileProblem } from '../../errors';
import type { ClusterTopology } from '../topology';
import { checkForm } from './check-form';
import { resolveCluster, type ResolveOptions } from './resolve-cluster';
import type { Explanation, Resolution } from './resolution';
import type { ClusterFile } from './schema';
import { nameOf, withSettings, type Setting } from './settings';
import { readClusterSource, type ClusterSource, type ValuePath } from './source';

/** A cluster file of the right form, with the settings made; what its values mean together is not looked at yet. */
export interface ParsedClusterFile {
  readonly file: ClusterFile;
  /** What errors call it. */
  readonly path: string;
  readonly source: ClusterSource;
  readonly made: readonly { readonly at: ValuePath; readonly setting: Setting }[];
}

/** A cluster, as a cluster file means it. */
export interface ResolvedCluster {
  readonly topology: ClusterTopology;
  /** Every value, in the order in which they were resolved. */
  readonly explanations: readonly Explanation[];
  /** What works but should not stay so; whole sentences. */
  readonly warnings: readonly string[];
}

/**
 * Reads a cluster file, YAML or JSON, and makes the settings in it. `path` is what errors call it.
 * Throws CLUSTER_FILE_INVALID with everything that is wrong with the text, or else with the form of its values.
 */
export function parseClusterFile(text: string, path: string, settings: readonly Setting[]): ParsedClusterFile {
  const source = readClusterSource(text, path);
  if (source.problems.length > 0) throw invalid(path, source.problems);
  const { value, made, problems } = withSettings(source.value, settings);
  const { file, problems: wrongForms } = checkForm(value);
  const placed = wrongForms.map(({ at, isAboutKey, problem }) =>
    placedProblem({ source, made }, at, isAboutKey, problem),
  );
  const all = [...problems.map((problem) => ({ place: undefined, problem })), ...placed];
  if (file === undefined || all.length > 0) throw invalid(path, all);
  return { file, path, source, made };
}

/**
 * What a cluster file means, with every value that it leaves out derived.
 * Throws CLUSTER_FILE_INVALID with everything that is wrong between its values, and every secret that cannot be had.
 */
export function resolveClusterFile(parsed: ParsedClusterFile, options: ResolveOptions): ResolvedCluster {
  const resolution: Resolution = {
    explanations: [],
    problems: [],
    warnings: [],
    originOf: (at) => {
      const setting = madeAt(parsed.made, at);
      if (setting !== undefined) return setting.origin;
      const { path, line, column } = parsed.source.positionOf(at);
      return `${path}:${line}:${column}`;
    },
  };
  const topology = resolveCluster(resolution, parsed.file, options);
  const problems = resolution.problems.map(({ at, problem }) => placedProblem(parsed, at, false, problem));
  if (problems.length > 0) throw invalid(parsed.path, problems);
  return { topology, explanations: resolution.explanations, warnings: resolution.warnings };
}

function placedProblem(
  { source, made }: Pick<ParsedClusterFile, 'source' | 'made'>,
  at: ValuePath,
  isAboutKey: boolean,
  problem: string,
): ClusterFileProblem {
  const setting = madeAt(made, at);
  if (setting !== undefined) return { place: undefined, problem: `${nameOf(setting)}: ${problem}` };
  return { place: isAboutKey ? source.placeOfKey(at) : source.placeOf(at), problem };
}

/** The last setting of a value, or of one around it. */
function madeAt(made: ParsedClusterFile['made'], at: ValuePath): Setting | undefined {
  return made.findLast((one) => one.at.every((part, index) => String(at[index]) === String(part)))?.setting;
}

function invalid(path: string, problems: readonly ClusterFileProblem[]): CarbonPatchError {
  const inOrder = problems.toSorted(
    (a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0),
  );
  return new CarbonPatchError('CLUSTER_FILE_INVALID', { path, problems: inOrder });
}
