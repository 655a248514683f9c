import { nameEnd, spaceEnd } from './characters';
import type { Source } from './scan-source';
import type { NameForm } from './scan-name';
import { checkNameForm } from './scan-name';
import { foundAt, malformed } from './scan-source';

/** The offset after the white space that must stand at `start`; `after` says in the message what it follows. */
export function requireSpace(source: Source, start: number, after: string): number {
  const end = spaceEnd(source.text, start);
  if (end === start) throw unexpected(source, start, `after ${after}, where white space must follow`);
  return end;
}

/**
 * The offset after the Name that must stand at `start`; `what` says in the message whose name it is, and `form` what it may
 * be where namespaces count.
 */
export function requireName(source: Source, start: number, what: string, form: NameForm): number {
  const end = nameEnd(source.text, start);
  if (end === start) throw unexpected(source, start, `where ${what} must follow`);
  checkNameForm(source, start, end, form);
  return end;
}

/** The offset after the `>` that must stand at `start`, white space apart. */
export function requireClose(source: Source, start: number, declaration: string): number {
  const close = spaceEnd(source.text, start);
  if (source.text.charAt(close) !== '>')
    throw unexpected(source, close, `where '>' must end the ${declaration} declaration`);
  return close + 1;
}

/** The error for a character that cannot stand at `offset` of a declaration. */
export function unexpected(source: Source, offset: number, rule: string): Error {
  if (source.text.charAt(offset) === '%') {
    return malformed(
      source,
      offset,
      "'%' inside a declaration; parameter entities may stand only between declarations here",
    );
  }
  return malformed(source, offset, `${foundAt(source, offset)} ${rule}`);
}

/** The offset after the quoted literal that must stand at `start`; its text lies between the quotes. */
function requireLiteral(source: Source, start: number, what: string): number {
  const quote = source.text.charAt(start);
  if (quote !== '"' && quote !== "'") throw unexpected(source, start, `where ${what} must follow in quotes`);
  const end = source.text.indexOf(quote, start + 1);
  if (end === -1) throw malformed(source, start, `${what} is never closed with ${quote}`);
  return end + 1;
}

/**
 * The offset after an external identifier, `SYSTEM "…"` or `PUBLIC "…" "…"`; `start` itself where there is none.
 * A notation may leave out the system identifier after a public one.
 */
export function scanExternalId(source: Source, start: number, owner: 'entity' | 'notation'): number {
  const { text } = source;
  if (text.startsWith('SYSTEM', start)) {
    return requireLiteral(source, requireSpace(source, start + 6, 'SYSTEM'), 'the system identifier');
  }
  if (!text.startsWith('PUBLIC', start)) return start;
  const open = requireSpace(source, start + 6, 'PUBLIC');
  const end = requireLiteral(source, open, 'the public identifier');
  const wrong = text.slice(open + 1, end - 1).search(/[^ \r\na-zA-Z0-9\-'()+,./:=?;!*#@$_%]/);
  if (wrong !== -1) {
    throw malformed(
      source,
      open + 1 + wrong,
      `${foundAt(source, open + 1 + wrong)} in a public identifier, which cannot hold it`,
    );
  }
  const next = spaceEnd(text, end);
  if (owner === 'notation' && text.charAt(next) === '>') return end;
  return requireLiteral(source, requireSpace(source, end, 'the public identifier'), 'the system identifier');
}

/** The offset after the notation declaration at `start`. */
export function scanNotationDeclaration(source: Source, start: number): number {
  const name = requireSpace(source, start + '<!NOTATION'.length, '<!NOTATION');
  const id = requireSpace(
    source,
    requireName(source, name, 'the name of the notation', 'without colon'),
    'the name of the notation',
  );
  const end = scanExternalId(source, id, 'notation');
  if (end === id) throw unexpected(source, id, 'where SYSTEM or PUBLIC must follow');
  return requireClose(source, end, 'NOTATION');
}
