import { CarbonPatchError } from '../../lib/errors';
import { errorText } from '../../lib/report/error-text';
import { findSecrets } from '../../lib/report/find-secrets';
import { maskProse, maskSecrets } from '../../lib/report/mask-secrets';
import { promise } from './refusal';

/** Looks for secrets in a text of any kind, and shows its lines as an error does. */
export function checkSecrets(text: string): void {
  let end = -1;
  for (const span of findSecrets(text)) {
    promise(span.start > end && span.end > span.start && span.end <= text.length, 'spans of secrets are not in order');
    promise(!/[\r\n]/.test(text.slice(span.start, span.end)), 'the span of a secret holds a line break');
    end = span.end;
  }
  const masked = maskSecrets(text);
  promise(breaks(masked) === breaks(text), 'masking changes line breaks');
  maskProse(text);
  const longest = text.split(/\r\n|\r|\n/).reduce((longer, line) => (line.length > longer.length ? line : longer), '');
  const place = { path: 'f', line: 1, column: 1 + (longest.length >> 1), sourceLine: longest };
  const shown = errorText(new CarbonPatchError('NOT_WELL_FORMED', { ...place, problem: 'x' }), {});
  promise(shown.split('\n').length === 3, 'an excerpt has more than one line');
}

function breaks(text: string): string {
  return text.replaceAll(/[^\r\n]/g, '');
}
