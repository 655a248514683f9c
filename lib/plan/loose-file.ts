import { basename, dirname, join } from 'node:path';
import { commit } from '../disk/commit';
import { inHome } from '../disk/home';
import { readJournal } from '../disk/journal';
import { realPathOf } from '../disk/real-path';
import { undo, type UndoResult } from '../disk/undo';
import { CarbonPatchError } from '../errors';
import { encodeText } from '../text/encoding';
import type { ApplyResult } from './apply-plan';
import { patchedText, type FilePatch } from './plan';

/** The folder that remembers what was done to a file: that of the file itself, all links followed. */
export async function folderOfFile(path: string): Promise<string> {
  return dirname(await realPathOf(path));
}

/**
 * Writes what a plan says, and remembers the file as it was in `.carbon-patch` of its folder, for `undoLooseFile`.
 * `label` is what the journal says about it. Throws as `applyPlan` does; errors name the file by its whole path.
 */
export async function applyLooseFile(patch: FilePatch, label: Readonly<Record<string, string>>): Promise<ApplyResult> {
  const folder = dirname(patch.path);
  const bytes = encodeText({ ...patch, text: patchedText(patch) }, patch.path);
  const replacement = { path: basename(patch.path), baseDigest: patch.baseDigest, bytes };
  return inHome({ path: folder, prefix: folder }, () => commit(folder, [replacement], label));
}

/**
 * Brings a file back as it was before the last `applyLooseFile` on it. What a killed run left is put in order first, which
 * can be all that there was to do.
 * Throws NOTHING_TO_UNDO where its folder remembers nothing, NODE_CHOICE_UNCLEAR where the last thing it remembers is about
 * other files, and as `undoApply` does.
 */
export async function undoLooseFile(path: string): Promise<UndoResult> {
  const place = await realPathOf(path);
  const folder = dirname(place);
  return inHome({ path: folder, prefix: folder }, async () => {
    const { applies, transaction } = await readJournal(folder);
    const record = transaction?.record ?? applies.at(-1);
    if (record === undefined) throw new CarbonPatchError('NOTHING_TO_UNDO', { home: path });
    const others = record.files.filter((file) => file.path !== basename(place));
    if (others.length === 0) return undo(folder);
    const problem = `the last change in ${folder} was of ${others.map((file) => join(folder, file.path)).join(', ')}`;
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'take that back first' });
  });
}
