import { nameEnd } from './characters';
import type { Source } from './scan-source';
import { malformed } from './scan-source';

/** What Namespaces in XML 1.0 makes of a name of XML: one with at most one prefix (QName), or without a colon (NCName). */
export type NameForm = 'qualified' | 'without colon';

/** True for an XML name with at most one prefix: what an element or attribute may be called where namespaces are used. */
export function isQualifiedName(name: string): boolean {
  const parts = name.split(':');
  return parts.length <= 2 && parts.every((part) => part !== '' && nameEnd(part, 0) === part.length);
}

/** Throws NOT_WELL_FORMED where namespaces count in the file of the source and the name from `start` to `end` is not of the form. */
export function checkNameForm(source: Source, start: number, end: number, form: NameForm): void {
  if (source.file.names === 'any') return;
  const name = source.text.slice(start, end);
  if (!name.includes(':')) return;
  if (form === 'without colon') {
    throw malformed(
      source,
      start,
      `the name ${name} holds a colon, which namespaces allow only in names of elements and attributes`,
    );
  }
  if (!isQualifiedName(name)) throw malformed(source, start, notQualified(name));
}

/** The problem with a name that has more than one prefix, or a prefix or local part that is no name. */
export function notQualified(name: string): string {
  return `${name} is not a name with at most one prefix`;
}
