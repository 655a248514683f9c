import { CarbonPatchError } from '../errors';
import { problemWith, type ArgumentKind } from './argument';
import { operations, type PatchOperation } from './operations';

/**
 * Operations from plain JSON values, such as a patch file holds. Throws OPERATION_INVALID for the first that is none,
 * with its position in the list and what it should be.
 */
export function parseOperations(values: unknown): readonly PatchOperation[] {
  if (!Array.isArray(values))
    throw new CarbonPatchError('OPERATION_INVALID', { operation: 'list', problem: 'must be a list of operations' });
  return values.map((value: unknown, index) => {
    const problem = operationProblem(value);
    if (problem === undefined) return value as PatchOperation;
    throw new CarbonPatchError('OPERATION_INVALID', { operation: `${index + 1}`, problem });
  });
}

/** What keeps a plain JSON value from being an operation, as what it must be instead, or `undefined` where it is one. */
export function operationProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('op' in value)) return 'must be an object with "op"';
  const { op, ...args } = value as { readonly op: unknown } & Readonly<Record<string, unknown>>;
  const names = Object.keys(operations);
  if (typeof op !== 'string' || !isOperationName(op)) return `"op" must be one of ${names.join(', ')}`;
  const kinds: Readonly<Record<string, ArgumentKind>> = operations[op].arguments;
  const unknown = Object.keys(args).find((name) => !Object.hasOwn(kinds, name));
  if (unknown !== undefined) return `${op} has no "${unknown}"; it takes ${Object.keys(kinds).join(', ')}`;
  for (const [name, { form, optional }] of Object.entries(kinds)) {
    if (args[name] === undefined && optional) continue;
    const problem = problemWith(form, args[name]);
    if (problem !== undefined) return `"${name}" of ${op} ${problem}`;
  }
  return undefined;
}

function isOperationName(name: string): name is keyof typeof operations {
  return Object.hasOwn(operations, name);
}
