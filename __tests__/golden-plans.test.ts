import { beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { CarbonPatchError } from '../lib/errors';
import { applyPlan } from '../lib/plan/apply-plan';
import { isNoOp, patchedText, type FilePatch } from '../lib/plan/plan';
import { undoApply } from '../lib/plan/undo-apply';
import { diffBytes } from '../lib/report/unified-diff';
import { configurationOf, treeOf } from './disk/temporary-home';
import { goldenCases, homeOf, planOf, type PlanCase } from './plan/golden-cases';

// The plan for every fixture home in every role is kept in fixtures/plans, so that a change of behaviour is read as a
// change of these files. To write them anew, and then to read what `git diff fixtures/plans` says:
//
//   UPDATE_GOLDEN_PLANS=1 npx jest golden-plans

const goldenFolder = join(__dirname, '../fixtures/plans');

/** In ms; a busy machine takes its time for a hundred plans. */
const writingTime = 120_000;

beforeAll(async () => {
  if (process.env['UPDATE_GOLDEN_PLANS'] !== '1') return;
  rmSync(goldenFolder, { recursive: true, force: true });
  for (const { name, ...one } of goldenCases) {
    const { extension, content } = await goldenOf(homeOf(one), one);
    const file = join(goldenFolder, name + extension);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, 'latin1');
  }
}, writingTime);

describe('the golden plan', () => {
  test.each(goldenCases)('$name is what the recipes make', async ({ name, ...one }) => {
    const { extension, content } = await goldenOf(homeOf(one), one);
    expect(content).toBe(readFileSync(join(goldenFolder, name + extension), 'latin1'));
  });

  test('files are those of the cases, no more and no less', () => {
    const files = readdirSync(goldenFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(goldenFolder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    expect(files.map((file) => file.replace(/\.(?:diff|error\.txt)$/, '')).sort()).toEqual(
      goldenCases.map(({ name }) => name).sort(),
    );
  });
});

describe('a home in a role', () => {
  test.each(goldenCases)('$name is patched once and comes back byte for byte, or is not touched', async (one) => {
    const path = homeOf(one);
    const before = treeOf(path);
    if (existsSync(join(goldenFolder, `${one.name}.diff`))) await patchAndUndo(path, one);
    else await expect(planOf(path, one)).rejects.toBeInstanceOf(CarbonPatchError);
    expect(configurationOf(path)).toEqual(before);
  });
});

/** Applies the plan of a case: no comment is lost, the second plan is empty, and undo is asked for at the end. */
async function patchAndUndo(path: string, one: PlanCase): Promise<void> {
  const { home, plan } = await planOf(path, one);
  for (const patch of plan.patches)
    expect(commentsOf(patchedText(patch))).toEqual(
      commentsOf(patch.text).filter((comment) => !madeLive(patch).includes(comment)),
    );
  const { paths } = await applyPlan(home, plan, { tool: 'test 1.0', role: one.role });
  expect(paths).toEqual(plan.patches.filter(({ edits }) => edits.length > 0).map((patch) => patch.path));
  expect(paths).not.toEqual([]);
  expect(isNoOp((await planOf(path, one)).plan)).toBe(true);
  await undoApply(path);
}

/** The notes and the diff of a plan, or the message with which the home is refused; each byte as a Latin-1 character. */
async function goldenOf(
  path: string,
  one: PlanCase,
): Promise<{ readonly extension: string; readonly content: string }> {
  try {
    const { plan } = await planOf(path, one);
    const notes = plan.notes.map((note) => Buffer.from(`Note: ${note}\n`));
    const diffs = plan.patches.map((patch) => diffBytes(patch, { showSecrets: true }));
    return { extension: '.diff', content: Buffer.concat([...notes, ...diffs]).toString('latin1') };
  } catch (error) {
    if (!(error instanceof CarbonPatchError)) throw error;
    return { extension: '.error.txt', content: `${error.message.replaceAll(path, one.home)}\n` };
  }
}

/** The comments that a plan makes live, and which are therefore no comments any more. */
function madeLive({ changes }: FilePatch): readonly string[] {
  return changes.flatMap((change) =>
    'operation' in change && change.operation.op === 'uncomment' ? [change.before ?? ''] : [],
  );
}

function commentsOf(text: string): readonly string[] {
  return text.match(/<!--[^]*?-->/g) ?? [];
}
