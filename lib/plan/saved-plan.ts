import { resolve } from 'node:path';
import { absent, isInnerPath } from '../disk/journal-format';
import { digestOf, readFile } from '../disk/read-file';
import { writeNewFile } from '../disk/write-new-file';
import { CarbonPatchError, type DriftedFile } from '../errors';
import { encodeText } from '../text/encoding';
import { jsonText } from '../text/json-text';
import { plannedSides } from './drift';
import { patchedText, type FilePatch } from './plan';
import type { PlannedHome } from './plan-homes';

/**
 * A plan that was saved for review. It holds no text of the files, and so no secret: applying it plans again, with the
 * arguments that it remembers, and refuses where the result is not byte for byte what was saved.
 */
export interface SavedPlan {
  readonly formatVersion: 1;
  readonly kind: 'carbon-patch plan';
  /** What it was planned with; paths are absolute. */
  readonly arguments: PlanArguments;
  readonly homes: readonly SavedHome[];
  /** What a person looks at: the changes, with secrets masked. Not read again. */
  readonly review: unknown;
}

/** The words of a command line by the names of their options. */
export type PlanArguments = Readonly<Record<string, string | readonly string[]>>;

/** What was planned for one home. */
export interface SavedHome {
  readonly node: string;
  readonly home: string;
  readonly files: readonly SavedFile[];
}

/** What was planned for one file; SHA-256 digests, 64 hexadecimal digits. `baseDigest` is `absent` for a file that is made. */
export interface SavedFile {
  /** Relative to the home. */
  readonly path: string;
  readonly baseDigest: string;
  readonly resultDigest: string;
}

/** Options whose values are paths. */
const pathOptions = ['cluster', 'home', 'db-password-file', 'jdbc-driver'];

/** The plan of homes, to be saved. Relative paths in the arguments are made absolute. */
export function savedPlanOf(planned: readonly PlannedHome[], planArguments: PlanArguments, review: unknown): SavedPlan {
  const absolute = Object.entries(planArguments).map(([name, value]) => [
    name,
    pathOptions.includes(name) ? absolutePaths(value) : value,
  ]);
  return {
    formatVersion: 1,
    kind: 'carbon-patch plan',
    arguments: Object.fromEntries(absolute) as PlanArguments,
    homes: planned.map(savedHome),
    review,
  };
}

function absolutePaths(value: string | readonly string[]): string | readonly string[] {
  return typeof value === 'string' ? resolve(value) : value.map((path) => resolve(path));
}

/** Saves a plan as a new file that only its owner can read. Throws WRITE_FAILED, also where the file is there already. */
export async function savePlan(path: string, plan: SavedPlan): Promise<void> {
  await writeNewFile(path, jsonText(plan), 0o600);
}

/** Reads a saved plan. Throws FILE_UNREADABLE, and PLAN_FILE_INVALID where it is none or names a file outside of its home. */
export async function readSavedPlan(path: string): Promise<SavedPlan> {
  const text = Buffer.from((await readFile(path)).bytes).toString('utf8');
  const value = parseJson(text);
  const refuse = (problem: string): never => {
    throw new CarbonPatchError('PLAN_FILE_INVALID', { path, problem });
  };
  if (!isSavedPlan(value)) return refuse('it is no plan that this carbon-patch saved');
  const outer = outerPathIn(value);
  return outer === undefined ? value : refuse(outer);
}

/** Where a plan names a file that is not in its home, in words; what was saved never does. */
function outerPathIn({ homes }: SavedPlan): string | undefined {
  for (const [index, { files }] of homes.entries()) {
    const position = files.findIndex(({ path }) => !isInnerPath(path));
    const path = files[position]?.path;
    if (path !== undefined)
      return `homes[${index}].files[${position}].path ${JSON.stringify(path)} leads out of the home`;
  }
  return undefined;
}

/**
 * Compares what was planned now with what was saved. Throws PLAN_STALE with every file that changed since, its content now
 * and as planned anew (what it was is known by its digest only); and PLAN_FILE_INVALID where the same files come to other
 * results, because the cluster file, a secret or a driver is another one.
 */
export function checkAgainstSaved(path: string, saved: SavedPlan, planned: readonly PlannedHome[]): void {
  const now = planned.map(savedHome);
  if (JSON.stringify(now) === JSON.stringify(saved.homes)) return;
  const drifted = planned.flatMap((one) => driftedFiles(saved, one));
  const paths = drifted.map((file) => file.path);
  const [first] = paths;
  if (first !== undefined) throw new CarbonPatchError('PLAN_STALE', { path: first, paths, drift: () => drifted });
  const problem =
    'planning again comes to something else, so the cluster file, a secret, a driver or carbon-patch changed since';
  throw new CarbonPatchError('PLAN_FILE_INVALID', { path, problem });
}

function driftedFiles(saved: SavedPlan, { home, plan }: PlannedHome): readonly DriftedFile[] {
  const folder = resolve(home.path);
  const files = saved.homes.find((one) => one.home === folder)?.files ?? [];
  return plan.patches.flatMap((patch): readonly DriftedFile[] => {
    const known = files.find(({ path }) => path === patch.path);
    if (known === undefined || known.baseDigest === patch.baseDigest) return [];
    const { base: now, wanted } = plannedSides(patch);
    const digestOnly = 'the saved plan knows it by its digest only';
    const missing =
      known.resultDigest === resultDigest(patch) ? `${digestOnly}, but wanted these very bytes of it` : digestOnly;
    return [{ path: `${folder}/${patch.path}`, base: { missing }, now, wanted }];
  });
}

function savedHome({ node, home, plan }: PlannedHome): SavedHome {
  return {
    node: node.name,
    home: resolve(home.path),
    files: [
      ...plan.patches.map((patch) => ({
        path: patch.path,
        baseDigest: patch.baseDigest,
        resultDigest: resultDigest(patch),
      })),
      ...plan.newFiles.map(({ path, digest }) => ({ path, baseDigest: absent, resultDigest: digest })),
    ],
  };
}

function resultDigest(patch: FilePatch): string {
  if (patch.edits.length === 0) return patch.baseDigest;
  return digestOf(encodeText({ ...patch, text: patchedText(patch) }, patch.path));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSavedPlan(value: unknown): value is SavedPlan {
  return (
    isRecord(value) &&
    value['formatVersion'] === 1 &&
    value['kind'] === 'carbon-patch plan' &&
    isRecord(value['arguments']) &&
    Object.values(value['arguments']).every(isWords) &&
    isListOf(value['homes'], (home) => hasTexts(home, ['node', 'home']) && isListOf(home['files'], isSavedFile))
  );
}

function isSavedFile(value: unknown): boolean {
  return hasTexts(value, ['path', 'baseDigest', 'resultDigest']);
}

function isWords(value: unknown): boolean {
  return typeof value === 'string' || isListOf(value, (word) => typeof word === 'string');
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function hasTexts(value: unknown, names: readonly string[]): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && names.every((name) => typeof value[name] === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
