import { patchedText, type FileChange, type FilePatch } from '../plan/plan';
import { lineIndex } from '../text/position';
import { unescapeText } from '../xml/escape';
import { findSecrets } from './find-secrets';
import { mask, maskSecrets } from './mask-secrets';
import { maskXPath, namesSecret } from './mask-xpath';
import { isPlaceholder, isSecretName } from './secret-name';

/** A change as it may be shown. */
export interface ShownChange {
  readonly change: FileChange;
  /** The XPath of the target, or the names on the way to a setting. */
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
      at: targetOf(change),
      before: change.before,
      after: change.after,
    }));
  if (patch.changes.length === 0) return [];
  const before = secretsByLine(patch.text);
  const after = new Set([...secretsByLine(patchedText(patch)).values()].flat());
  return patch.changes.map((change) => {
    const isSecret =
      saysSecret(change) ||
      (before.get(change.line) ?? []).includes(change.before ?? '') ||
      (isHarmless(change.before) && after.has(change.after ?? ''));
    return {
      change,
      at: 'setting' in change ? change.setting : maskXPath(change.operation.at),
      before: shownValue(change, change.before, isSecret),
      after: shownValue(change, change.after, isSecret),
    };
  });
}

function targetOf(change: FileChange): string {
  return 'setting' in change ? change.setting : change.operation.at;
}

/** True where what is changed is called like a secret. */
function saysSecret(change: FileChange): boolean {
  if ('setting' in change) return isSecretName(change.setting.slice(change.setting.lastIndexOf('/') + 1));
  const { operation } = change;
  return namesSecret(operation.at) || ('name' in operation && isSecretName(operation.name));
}

/** True where the values are source with elements or settings of their own, not the plain value of the target. */
function holdsSource(change: FileChange): boolean {
  if ('setting' in change) return /[{}\n]/.test(`${change.before ?? ''}${change.after ?? ''}`);
  const { op } = change.operation;
  return op !== 'setText' && op !== 'setAttribute' && op !== 'removeAttribute';
}

function shownValue(change: FileChange, value: string | undefined, isSecret: boolean): string | undefined {
  if (value === undefined) return undefined;
  const masked = maskSecrets(value);
  const isSource = holdsSource(change);
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
