import type { FileChange } from '../plan/plan';
import { maskXPath } from './mask-xpath';
import type { SecretOptions } from './mask-change';

type Operation = Extract<FileChange, { readonly operation: unknown }>['operation'];

/**
 * What a change is about, in short: of an operation the last step of its XPath by its key or else its name, behind the keys
 * of the steps above it: `localMemberPort`, `http/WSDLEPRPrefix`, `WSO2_CARBON_DB/url`, `clustering@enable`; of a setting
 * the names on the way to it.
 */
export function targetName(change: FileChange, options: SecretOptions): string {
  return 'setting' in change ? change.setting : operationTarget(change.operation, options);
}

function operationTarget(operation: Operation, { showSecrets = false }: SecretOptions): string {
  const steps = stepsOf(showSecrets ? operation.at : maskXPath(operation.at));
  const names = steps.map((step, index) => keyOf(step) ?? (index === steps.length - 1 ? nameOf(step) : undefined));
  if (operation.op === 'ensureElement') {
    const { attributes, name } = operation.element;
    // The parent is shown by its key only; without one the element says enough.
    if (keyOf(steps.at(-1) ?? '') === undefined) names.pop();
    names.push(attributes?.['name'] ?? name);
  }
  const target = names.filter((name) => name !== undefined && name !== '').join('/') || operation.at;
  return operation.op === 'setAttribute' || operation.op === 'removeAttribute' ? `${target}@${operation.name}` : target;
}

/** The steps of a location path; slashes inside predicates and literals do not count. */
function stepsOf(xpath: string): readonly string[] {
  const steps: string[] = [''];
  let depth = 0;
  for (const [part] of xpath.matchAll(/"[^"]*"|'[^']*'|[\s\S]/g)) {
    if (part === '[' || part === '(') depth++;
    if (part === ']' || part === ')') depth--;
    if (part === '/' && depth === 0) steps.push('');
    else steps[steps.length - 1] += part;
  }
  return steps.filter((step) => step !== '');
}

/** `http` of `transportReceiver[@name='http']`; undefined where no predicate compares a name or a key. */
function keyOf(step: string): string | undefined {
  const match = /\[\s*@?(?:name|key|id|path|local-name\(\)|[\w-]+\/name)\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(step);
  return match?.[1] ?? match?.[2];
}

function nameOf(step: string): string {
  const test = step.replace(/\[[\s\S]*$/, '').replace(/^[\w-]+::/, '');
  return test.replace(/^(?!@)[^:]*:/, '').trim();
}
