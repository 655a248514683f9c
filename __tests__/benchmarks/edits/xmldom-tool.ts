import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom';
import type { EditedHome } from './own-tool';
import { editedFiles, type EditedFile, type Step, type WantedEdit } from './wanted-edits';

/** Parses, edits and serialises each file as a script over xmldom does: no verification, no diff. */
export function editWithXmldom(home: string): EditedHome {
  return new Map(editedFiles.map((file) => [file.path, editFile(home, file)] as const));
}

function editFile(home: string, { path, namespace, edits }: EditedFile): Uint8Array {
  const bytes = readFileSync(posix.join(home, path));
  // The files are ASCII or name ISO-8859-1.
  const document = new DOMParser().parseFromString(bytes.toString('latin1'), 'text/xml');
  for (const edit of edits) makeEdit(document, edit, namespace ?? null);
  return Buffer.from(new XMLSerializer().serializeToString(document), 'latin1');
}

function makeEdit(document: Document, { at, set, value }: WantedEdit, namespace: string | null): void {
  const target = find(document, at);
  if (set === 'text') target.textContent = value;
  else if ('attribute' in set) target.setAttribute(set.attribute, value);
  else {
    const added = document.createElementNS(namespace, set.newElementBehind);
    added.textContent = value;
    target.parentNode?.insertBefore(added, target.nextSibling);
  }
}

function find(document: Document, steps: readonly Step[]): Element {
  const [root, ...others] = steps;
  let element = document.documentElement;
  if (element?.localName !== root?.name) element = null;
  for (const step of others) element = element === null ? null : childOf(element, step);
  if (element === null) throw new Error(`${steps.map(({ name }) => name).join('/')} is not there`);
  return element;
}

function childOf(parent: Element, { name, where }: Step): Element | null {
  for (let child = parent.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType !== child.ELEMENT_NODE) continue;
    const element = child as Element;
    if (element.localName === name && (where === undefined || fits(element, where))) return element;
  }
  return null;
}

function fits(element: Element, { attribute, child, value }: NonNullable<Step['where']>): boolean {
  if (attribute !== undefined) return element.getAttribute(attribute) === value;
  return childOf(element, { name: child ?? '' })?.textContent === value;
}
