import { patchedText, type FilePatch } from '../plan/plan';
import { lineIndex } from '../text/position';
import { unescapeText } from '../xml/escape';
import { findSecrets } from './find-secrets';
import { mask, maskSecrets } from './mask-secrets';
import { maskXPath, namesSecret } from './mask-xpath';
import { isPlaceholder, isSecretName } from './secret-name';

type Change = FilePatch['changes'][number];

/** A change as it may be shown. */
export interface ShownChange {
  readonly change: Change;
  /** The XPath of the target. */
  readonly at: string;
  /** `undefined` where there was nothing before. */
  readonly before: string | undefined;
  /** `undefined` where there is nothing afterwards. */
  readonly after: string | undefined;
}

/** Whether secrets may be seen. */
export interface SecretOptions {
  /** Shows passwords as they are; without it they are masked. */
  readonly showSecrets?: boolean;
}

/**
 * The changes of one file, with the secrets in their values and XPaths masked unless they are to be shown.
 * A value is a secret where the XPath or the attribute that is set says so, or where the file has it at that line as a
 * secret, so that `//Connector/*[2]` hides what it finds; in any other value the secrets inside it are masked.
 */
export function shownChanges(patch: FilePatch, { showSecrets = false }: SecretOptions): readonly ShownChange[] {
  if (showSecrets)
    return patch.changes.map((change) => ({
      change,
      at: change.operation.at,
      before: change.before,
      after: change.after,
    }));
  if (patch.changes.length === 0) return [];
  const before = secretsByLine(patch.text);
  const after = new Set([...secretsByLine(patchedText(patch)).values()].flat());
  return patch.changes.map((change) => {
    const isSecret =
      namesSecret(change.operation.at) ||
      ('name' in change.operation && isSecretName(change.operation.name)) ||
      (before.get(change.line) ?? []).includes(change.before ?? '') ||
      (isHarmless(change.before) && after.has(change.after ?? ''));
    return {
      change,
      at: maskXPath(change.operation.at),
      before: shownValue(change, change.before, isSecret),
      after: shownValue(change, change.after, isSecret),
    };
  });
}

function shownValue({ operation }: Change, value: string | undefined, isSecret: boolean): string | undefined {
  if (value === undefined) return undefined;
  const masked = maskSecrets(value);
  const isSource = operation.op !== 'setText' && operation.op !== 'setAttribute' && operation.op !== 'removeAttribute';
  // In the source of elements the secret is masked on its own, unless only the XPath tells that it is one.
  if (!isSecret || isHarmless(value) || (isSource && masked !== value)) return masked;
  return mask;
}

function isHarmless(value: string | undefined): boolean {
  return value === undefined || value === '' || isPlaceholder(value);
}

/** The secrets of a text by the line that they are in; references are expanded, as in the value of a change. */
function secretsByLine(text: string): ReadonlyMap<number, readonly string[]> {
  const lines = lineIndex(text);
  const found = new Map<number, string[]>();
  for (const { start, end } of findSecrets(text)) {
    const { line } = lines.positionAt(start);
    const raw = text.slice(start, end);
    found.set(line, [...(found.get(line) ?? []), raw, unescapeText(raw, new Map())]);
  }
  return found;
}
