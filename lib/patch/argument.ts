import { isQualifiedName } from '../xml/scan-name';

/** The forms an argument of an operation can take in JSON. */
export type ArgumentForm = 'xpath' | 'name' | 'string' | 'element' | 'elements' | 'keys' | 'places' | 'occurrences';

/** One argument of an operation: its form, whether it may be left out, and what it means. */
export interface ArgumentKind {
  readonly form: ArgumentForm;
  readonly optional: boolean;
  readonly description: string;
}

/** An argument that must be given. */
export function required(form: ArgumentForm, description: string): ArgumentKind {
  return { form, optional: false, description };
}

/** An argument that may be left out. */
export function optional(form: ArgumentForm, description: string): ArgumentKind {
  return { form, optional: true, description };
}

/** What is wrong with a JSON value for this form, or `undefined` where it fits. */
export function problemWith(form: ArgumentForm, value: unknown): string | undefined {
  const { expected, accepts } = forms[form];
  return accepts(value) ? undefined : `must be ${expected}`;
}

/** What a value of this form looks like, in words. */
export function expectedForm(form: ArgumentForm): string {
  return forms[form].expected;
}

interface Form {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isFilled = (value: unknown): value is string => isString(value) && value.trim() !== '';
const isName = (value: unknown): value is string => isString(value) && isQualifiedName(value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf = (accepts: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(accepts);

function isElement(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { name, attributes, text, children, ...others } = value;
  return (
    Object.keys(others).length === 0 &&
    isName(name) &&
    (attributes === undefined || isAttributes(attributes)) &&
    (text === undefined || isString(text)) &&
    (children === undefined || isListOf(isElement)(children)) &&
    (text === undefined || children === undefined)
  );
}

function isAttributes(value: unknown): boolean {
  return isRecord(value) && Object.entries(value).every(([name, text]) => isName(name) && isString(text));
}

function isPlace(value: unknown): boolean {
  if (value === 'first' || value === 'last' || value === 'besideSample') return true;
  if (!isRecord(value) || Object.keys(value).length !== 1) return false;
  return isFilled(value['before']) || isFilled(value['after']);
}

const forms: Readonly<Record<ArgumentForm, Form>> = {
  xpath: { expected: 'an XPath 1.0 expression', accepts: isFilled },
  name: { expected: 'an XML name with at most one prefix', accepts: isName },
  string: { expected: 'a string', accepts: isString },
  element: {
    expected: 'an element: { "name", "attributes"?: { name: value }, "text"? or "children"?: [element, …] }',
    accepts: isElement,
  },
  elements: { expected: 'a list of elements', accepts: isListOf(isElement) },
  keys: {
    expected: 'a list of `@attribute` names and relative paths of child elements',
    accepts: isListOf(isFilled),
  },
  places: {
    expected: 'a list of "first", "last", "besideSample", { "before": XPath } and { "after": XPath }',
    accepts: isListOf(isPlace),
  },
  occurrences: { expected: '"one" or "all"', accepts: (value) => value === 'one' || value === 'all' },
};
