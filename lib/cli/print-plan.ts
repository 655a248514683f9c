import { diffBytes, diffText } from '../report/unified-diff';
import { planJson } from '../report/plan-json';
import { maskProse } from '../report/mask-secrets';
import type { Plan } from '../plan/plan';
import { usesColor, type Io } from './io';

/** How a plan is printed. */
export interface PrintOptions {
  readonly json: boolean;
  readonly 'show-secrets': boolean;
}

/**
 * Prints the diff of a plan, or its JSON, on stdout and its notes on stderr. To a terminal the diff goes as text; elsewhere
 * as the bytes of the files, so that `git apply` takes it whatever their encoding.
 */
export function printPlan(plan: Plan, args: PrintOptions, io: Io, state: 'planned' | 'written'): void {
  const showSecrets = args['show-secrets'];
  if (args.json) {
    io.stdout.write(`${JSON.stringify(planJson(plan, { showSecrets, written: state === 'written' }), undefined, 2)}\n`);
    return;
  }
  const color = usesColor(io.stdout, io);
  for (const patch of plan.patches) {
    if (patch.edits.length === 0) continue;
    io.stdout.write(io.stdout.isTerminal ? diffText(patch, { showSecrets, color }) : diffBytes(patch, { showSecrets }));
  }
  for (const note of plan.notes) io.stderr.write(`Note: ${showSecrets ? note : maskProse(note)}\n`);
}
