import type { PatchOperation } from '../../lib/patch/operations';
import type { NewElement } from '../../lib/xml/fragment';
import type { Random } from './random';

const values: readonly string[] = [
  ...['', ' ', 'x', '0', ' x ', 'a\nb', 'a\r\nb', '\t', ']]>', '--', '-->', '<a/>', '&amp;', '&', '"\'', '{{x}}'],
  ...['é', '€', '\u{1f600}', '\ud800', '\0', '\u0001', '\ufffe', '\u0085', '\u2028', '<![CDATA[', '$&', "$'"],
];

const names: readonly string[] = ['name', 'k', 'xml:space', 'xml:lang', 'xmlns:p', 'p:k', 'é', 'locked', '__proto__'];

const elementNames: readonly string[] = ['parameter', 'a', 'Password', 'p:a', 'é', 'constructor'];

/** One to three operations at elements that the seed has, and that the input mostly still has. */
export function drawnOperations(random: Random, xpaths: readonly string[]): readonly PatchOperation[] {
  const count = random.pick([1, 1, 1, 2, 3]);
  return Array.from({ length: count }, () => drawnOperation(random, xpathFor(random, xpaths)));
}

/** Mostly a place of the seed; seldom one that matches much, chooses by what is in it, or is broken. */
function xpathFor(random: Random, xpaths: readonly string[]): string {
  const place = xpaths.length === 0 || random.isOneIn(20) ? random.pick(strayXPaths) : random.pick(xpaths);
  if (random.isOneIn(12)) return `${place}/*[1]`;
  return random.isOneIn(20) ? `${place}[not(text()='x')]` : place;
}

const strayXPaths = [
  '/*',
  '/*/*',
  '//*[last()]',
  '//parameter',
  '(//*)[2]',
  '//p:a',
  '//@name',
  '//text()',
  '///',
  '/*[',
];

function drawnOperation(random: Random, at: string): PatchOperation {
  const value = random.pick(values);
  const name = random.pick(names);
  const choices: readonly (() => PatchOperation)[] = [
    () => ({ op: 'setText', at, value }),
    () => ({ op: 'setAttribute', at, name, value }),
    () => ({ op: 'removeAttribute', at, name }),
    () => ({ op: 'removeElement', at, occurrences: random.pick(['one', 'all']) }),
    () => ({ op: 'commentOut', at }),
    () => ({ op: 'uncomment', at: random.isOneIn(2) ? at : `${at}/*[1]` }),
    () => ({ op: 'uncomment', at: `${at}/a` }),
    () => ({ op: 'ensureElement', at, element: newElement(random, 2), ...placeFor(random) }),
    () => {
      const child = random.pick(elementNames);
      const children = Array.from({ length: random.below(4) }, () => ({ ...newElement(random, 1), name: child }));
      return { op: 'replaceChildren', at, name: child, children };
    },
  ];
  return random.pick(choices)();
}

function placeFor(random: Random): Pick<PatchOperation & { readonly op: 'ensureElement' }, 'place' | 'key'> {
  const place = random.pick(['first', 'last', 'besideSample', { before: '*' }, { after: '*[1]' }] as const);
  return { ...(random.isOneIn(2) ? { place: [place] } : {}), ...(random.isOneIn(3) ? { key: ['k'] } : {}) };
}

function newElement(random: Random, depth: number): NewElement {
  const name = random.pick(elementNames);
  const attributes = random.isOneIn(2) ? { k: random.pick(values), [random.pick(names)]: random.pick(values) } : {};
  if (depth === 0 || random.isOneIn(3)) return { name, attributes };
  if (random.isOneIn(2)) return { name, attributes, text: random.pick(values) };
  return { name, attributes, children: Array.from({ length: random.below(3) }, () => newElement(random, depth - 1)) };
}
