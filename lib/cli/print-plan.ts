import type { FilePatch, Plan } from '../plan/plan';
import type { PlannedHome } from '../plan/plan-homes';
import { clusterPlanJson } from '../report/cluster-plan-json';
import { maskProse } from '../report/mask-secrets';
import { newFileLine } from '../report/new-file-line';
import { planJson } from '../report/plan-json';
import { planText } from '../report/plan-text';
import { diffBytes, diffString, diffText } from '../report/unified-diff';
import { jsonText } from '../text/json-text';
import { say, usesColor, type Io } from './io';
import type { NodeArguments } from './options';
import type { PlannedNodes } from './plan-nodes';

/** How a plan is printed. */
type PrintOptions = Pick<NodeArguments, 'json' | 'show-secrets'>;

/** Prints plans that are not carried out, or not yet: their JSON or their diff on stdout, and their notes on stderr. */
export function printPlans(nodes: PlannedNodes, options: PrintOptions, io: Io): void {
  if (options.json) io.stdout.write(planDocument(nodes, options, 'planned'));
  else printDiffs(nodes, options, io);
  printNotes(nodes, options, io);
}

/** True where the diff of a plan is not the one that `git apply` needs, because something in it is masked. */
export function hidesSecrets({ planned }: PlannedNodes, { json, 'show-secrets': showSecrets }: PrintOptions): boolean {
  if (json || showSecrets) return false;
  return planned.some(({ plan }) =>
    plan.patches.some((patch) => diffString(patch, {}) !== diffString(patch, { showSecrets: true })),
  );
}

/** Prints the notes of plans on stderr; those that several nodes share once. */
export function printNotes(nodes: PlannedNodes, { 'show-secrets': showSecrets }: PrintOptions, io: Io): void {
  const names = new Map<string, string[]>();
  for (const { node, plan } of nodes.planned) {
    for (const note of plan.notes) names.set(note, [...(names.get(note) ?? []), node.name]);
  }
  for (const [note, of] of names) {
    const whose = nodes.isOneHome || of.length === nodes.planned.length ? '' : `${shortList(of)}: `;
    say(io, `Note: ${whose}${showSecrets ? note : maskProse(note)}`);
  }
}

/** Prints the changes of plans on stderr, one a line, for a person who does not see stdout. */
export function summarise(nodes: PlannedNodes, { 'show-secrets': showSecrets = false }: PrintOptions, io: Io): void {
  const color = usesColor(io.stderr, io);
  for (const { node, plan } of nodes.planned) {
    const patches = plan.patches.filter(({ edits }) => edits.length > 0);
    if (patches.length + plan.newFiles.length > 0 && !nodes.isOneHome) say(io, `${node.name}:`);
    io.stderr.write(planText({ ...plan, patches, notes: [] }, { showSecrets, color }));
  }
}

/** The JSON document of plans, with its line end: that of one home, or of several. */
export function planDocument(
  { planned, isOneHome }: PlannedNodes,
  { 'show-secrets': showSecrets = false }: PrintOptions,
  state: 'planned' | 'written',
): string {
  const options = { showSecrets, written: state === 'written' };
  const [only] = planned;
  const json = isOneHome && only ? planJson(only.plan, options) : clusterPlanJson(planned, options);
  return jsonText(json);
}

/** A table of what was, or would be, done on each node; nothing for a single home. */
export function printTable({ planned, isOneHome }: PlannedNodes, io: Io): void {
  if (isOneHome) return;
  const rows = planned.map(({ node, home, plan }) => {
    const patches = plan.patches.filter(({ edits }) => edits.length > 0);
    const changes = patches.reduce((count, patch) => count + patch.changes.length, 0);
    const files = patches.length + plan.newFiles.length;
    return [node.name, node.role, String(files), String(changes + plan.newFiles.length), home.path];
  });
  const table = [['node', 'role', 'files', 'changes', 'home'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    say(
      io,
      row
        .map((cell, column) =>
          column === 2 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    );
  }
}

/**
 * A file under the name that a diff over several homes has for it: with the whole path, so that one diff is good for all
 * of them (`patch -p1 -d /`).
 */
function named<File extends { readonly path: string }>(
  patch: File,
  { home }: PlannedHome,
  { isOneHome }: PlannedNodes,
): File {
  return isOneHome ? patch : { ...patch, path: `${home.path.replace(/^\/+/, '').replace(/\/+$/, '')}/${patch.path}` };
}

/** To a terminal the diff goes as text; elsewhere as the bytes of the files, so that `git apply` takes any encoding. */
function printDiffs(nodes: PlannedNodes, { 'show-secrets': showSecrets = false }: PrintOptions, io: Io): void {
  const color = usesColor(io.stdout, io);
  for (const one of nodes.planned) {
    for (const patch of changedPatches(one.plan)) {
      const shown = named(patch, one, nodes);
      io.stdout.write(
        io.stdout.isTerminal ? diffText(shown, { showSecrets, color }) : diffBytes(shown, { showSecrets }),
      );
    }
    for (const file of one.plan.newFiles) io.stdout.write(newFileLine(named(file, one, nodes), { color }));
  }
}

function changedPatches({ patches }: Plan): readonly FilePatch[] {
  return patches.filter(({ edits }) => edits.length > 0);
}

function shortList(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}
