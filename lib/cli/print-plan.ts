import type { Plan } from '../plan/plan';
import { maskProse } from '../report/mask-secrets';
import { planJson } from '../report/plan-json';
import { planText } from '../report/plan-text';
import { diffBytes, diffString, diffText } from '../report/unified-diff';
import { say, usesColor, type Io } from './io';
import type { NodeArguments } from './options';

/** How a plan is printed. */
type PrintOptions = Pick<NodeArguments, 'json' | 'show-secrets'>;

/** Prints a plan that is not carried out, or not yet: its JSON or its diff on stdout, and its notes on stderr. */
export function printPlan(plan: Plan, options: PrintOptions, io: Io): void {
  if (options.json) io.stdout.write(planDocument(plan, options, 'planned'));
  else printDiff(plan, options, io);
  printNotes(plan, options, io);
}

/** True where the diff of a plan is not the one that `git apply` needs, because something in it is masked. */
export function hidesSecrets({ patches }: Plan, { json, 'show-secrets': showSecrets }: PrintOptions): boolean {
  if (json || showSecrets) return false;
  return patches.some((patch) => diffString(patch, {}) !== diffString(patch, { showSecrets: true }));
}

/** Prints the notes of a plan on stderr. */
export function printNotes({ notes }: Plan, { 'show-secrets': showSecrets }: PrintOptions, io: Io): void {
  for (const note of notes) say(io, `Note: ${showSecrets ? note : maskProse(note)}`);
}

/** Prints the changes of a plan on stderr, one a line, for a person who does not see stdout. */
export function summarise(plan: Plan, { 'show-secrets': showSecrets = false }: PrintOptions, io: Io): void {
  const patches = plan.patches.filter(({ edits }) => edits.length > 0);
  io.stderr.write(planText({ ...plan, patches, notes: [] }, { showSecrets, color: usesColor(io.stderr, io) }));
}

/** The JSON document of a plan, with its line end. */
export function planDocument(
  plan: Plan,
  { 'show-secrets': showSecrets = false }: PrintOptions,
  state: 'planned' | 'written',
): string {
  return `${JSON.stringify(planJson(plan, { showSecrets, written: state === 'written' }), undefined, 2)}\n`;
}

/** To a terminal the diff goes as text; elsewhere as the bytes of the files, so that `git apply` takes any encoding. */
function printDiff({ patches }: Plan, { 'show-secrets': showSecrets = false }: PrintOptions, io: Io): void {
  const color = usesColor(io.stdout, io);
  for (const patch of patches.filter(({ edits }) => edits.length > 0)) {
    io.stdout.write(io.stdout.isTerminal ? diffText(patch, { showSecrets, color }) : diffBytes(patch, { showSecrets }));
  }
}
