import type { Span } from '../text/edit';
import { maskProse, maskSpans, mask } from './mask-secrets';
import { isSecretName } from './secret-name';

/** True where an XPath names a secret: a step, an attribute, or what a name is compared with (`[@name='password']`). */
export function namesSecret(xpath: string): boolean {
  return secretNames(xpath).length > 0;
}

/** The XPath with every literal masked that may be a secret: `//user[@password='********']`. Names stay. */
export function maskXPath(xpath: string): string {
  if (!namesSecret(xpath)) return maskProse(xpath);
  const spans = [...xpath.matchAll(literal)].flatMap((match): readonly Span[] => {
    const content = { start: match.index + 1, end: match.index + match[0].length - 1 };
    const isName = naming.test(xpath.slice(0, match.index)) || isSecretName(xpath.slice(content.start, content.end));
    return isName ? [] : [content];
  });
  return maskSpans(xpath, spans, mask);
}

const literal = /"[^"]*"|'[^']*'/g;
const word = /[\p{L}_][\p{L}\p{N}_.-]*/gu;

/** What stands before a literal that says which element is meant. */
const naming = /(?:^|[@/[(\s])(?:local-name\(\)|name\(\)|name|key|id|param-name)\s*=\s*$/i;

function secretNames(xpath: string): readonly string[] {
  const literals = [...xpath.matchAll(literal)].map(([quoted]) => quoted.slice(1, -1));
  const names = [...xpath.replace(literal, "''").matchAll(word)].map(([name]) => name);
  return [...names, ...literals].filter(isSecretName);
}
