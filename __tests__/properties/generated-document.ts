import fc from 'fast-check';

/** A generated XML text; each of its elements has an attribute `id` with a number of its own, from 0 in document order. */
export interface GeneratedDocument {
  readonly text: string;
  readonly elementCount: number;
  /** How many elements lie in comments; each has an attribute `c`, numbered likewise. */
  readonly sampleCount: number;
}

/** What may occur in a generated document. */
export interface DocumentOptions {
  /** The line ends that layout and texts may hold; each document draws from one of these lists. */
  readonly newlines: readonly (readonly string[])[];
  /** Characters beyond ASCII. */
  readonly characters: readonly string[];
}

/** Everything hostile that a file may hold. */
export const hostile: DocumentOptions = {
  newlines: [['\n'], ['\r\n'], ['\r'], ['\n', '\r\n', '\r'], ['']],
  characters: ['é', '€', '𝄞', '\u0085', '\u2028', '\ufffd', '\u00a0'],
};

/** The same with line feeds only, so that a file with CRLF can be made of it. */
export const unixLines: DocumentOptions = { newlines: [['\n']], characters: hostile.characters };

/** A document with odd layout, comments and samples anywhere, CDATA, instructions, entities and namespaces. */
export function generatedDocument(options: DocumentOptions = hostile): fc.Arbitrary<GeneratedDocument> {
  return fc
    .record({
      newlines: fc.constantFrom(...options.newlines),
      head: fc.constantFrom('', '<?xml version="1.0"?>', "<?xml version='1.0' standalone = 'yes' ?>"),
      hasDoctype: fc.boolean(),
      namespace: fc.constantFrom('', ' xmlns="urn:d"', "\txmlns = 'urn:d'"),
      beforeRoot: fc.constantFrom('', '\n', '\n<!-- <a/> -->\n', '<?p x?>'),
      afterRoot: fc.constantFrom('', '\n', '\n\n<!-- end -->', '<?p?>\n'),
      root: elementModel(options),
    })
    .map(({ newlines, head, hasDoctype, namespace, beforeRoot, afterRoot, root }) => {
      const counts: Counts = { elements: 0, samples: 0 };
      const doctype = hasDoctype ? entityDeclarations : '';
      const body = render(root, counts, `${namespace} xmlns:p="urn:p"`);
      const withLines = takeLineEnds(head + beforeRoot + doctype + body + afterRoot, newlines);
      const text = hasDoctype ? withLines : withLines.replaceAll(/&[et]\.x;/g, 'entity');
      return { text, elementCount: counts.elements, sampleCount: counts.samples };
    });
}

/** A plain value for a text or an attribute, with all that must be escaped. */
export function plainValue(characters: readonly string[] = hostile.characters): fc.Arbitrary<string> {
  const pieces = [
    'a',
    'b1',
    ' ',
    '<',
    '>',
    '&',
    '"',
    "'",
    '--',
    '-',
    ']]>',
    '\n',
    '\t',
    '&amp;',
    '</a>',
    ...characters,
  ];
  return fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
}

const entityDeclarations = `\n<!DOCTYPE a [\n  <!-- > -->\n  <!ENTITY e.x "v&#38;amp;w">\n\t<!ENTITY t.x 'two &e.x;' >\n]  >\n`;

interface Counts {
  elements: number;
  samples: number;
}

/** The line feeds of a template become the line ends of the document, in turn; none of them where it is one line. */
function takeLineEnds(template: string, newlines: readonly string[]): string {
  let next = 0;
  return template.replaceAll('\n', () => newlines[next++ % newlines.length] || ' ').trimStart();
}

interface ElementModel {
  readonly name: string;
  readonly attributes: readonly { readonly space: string; readonly source: string }[];
  readonly idSpace: string;
  readonly beforeClose: string;
  readonly form: 'empty' | 'pair';
  readonly children: readonly ChildModel[];
}

type ChildModel = string | ElementModel | { readonly sample: string };

const names = ['a', 'b', 'm', 'p:a', 'parameter', 'x-y.z', 'é'];
const spaces = [' ', '  ', '\n  ', '\n', '\t', ' \n\t'];

function elementModel(options: DocumentOptions): fc.Arbitrary<ElementModel> {
  const { element } = fc.letrec<{ element: ElementModel; child: ChildModel }>((tie) => ({
    element: fc.record({
      name: fc.constantFrom(...names),
      attributes: fc.uniqueArray(attribute(options), { maxLength: 3, selector: ({ name }) => name }),
      idSpace: fc.constantFrom(...spaces),
      beforeClose: fc.constantFrom('', '', ' ', '\n'),
      form: fc.constantFrom('empty', 'pair'),
      children: fc.array(tie('child'), { maxLength: 6, depthIdentifier: 'depth' }),
    }),
    child: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'depth', withCrossShrink: true },
      { weight: 4, arbitrary: leaf(options) },
      { weight: 3, arbitrary: fc.constantFrom('\n', '\n  ', '\n\t', '\n    ', ' ') },
      { weight: 7, arbitrary: tie('element') },
    ),
  }));
  return fc
    .tuple(element, fc.array(element, { maxLength: 3 }))
    .map(([root, more]) => ({ ...root, children: [...root.children, ...more.flatMap((child) => ['\n  ', child])] }));
}

function attribute(
  options: DocumentOptions,
): fc.Arbitrary<{ readonly name: string; readonly space: string; readonly source: string }> {
  const pieces = ['v', ' ', '>', '/>', '=', '--', '-', '\n', '\t', '&lt;', '&amp;', '&#10;', '&#x41;', '&e.x;', ']]>'];
  return fc
    .record({
      name: fc.constantFrom('k', 'j', 'p:k', 'xml:lang', 'name'),
      space: fc.constantFrom(...spaces),
      equals: fc.constantFrom('=', '=', ' = ', '\n=\t'),
      quote: fc.constantFrom('"', "'"),
      value: fc.array(fc.constantFrom(...pieces, ...options.characters), { maxLength: 4 }),
    })
    .map(({ name, space, equals, quote, value }) => {
      const other = quote === '"' ? "'" : '"';
      return { name, space, source: name + equals + quote + value.join(other) + quote };
    });
}

function leaf(options: DocumentOptions): fc.Arbitrary<ChildModel> {
  const textPieces = ['x', ' ', '\n', '>', '-', '--', ']', '"', "'", '&lt;', '&amp;', '&#13;', '&e.x;', '&t.x;'];
  const commentPieces = [' x', '\n', ' <b/> ', '- ', '>', '&', '<', ']]>', ' a k="1"/', '\u2028'];
  const cdataPieces = ['x', '<a>', '&', '\n', ']', '--', '>'];
  const join = (pieces: readonly string[]): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => parts.join(''));
  const text = join([...textPieces, ...options.characters]).map((source) => source.replaceAll(']]>', ']]&gt;'));
  const comment = join([...commentPieces, ...options.characters]).map((source) => source.replace(/-(?=-|$)/g, '-.'));
  const cdata = join([...cdataPieces, ...options.characters]).map((source) => source.replace(/\]{2,}>/g, ']>'));
  const sample = fc.constantFrom(...samples);
  return fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 3, arbitrary: comment.map((source) => `<!--${source}-->`) },
    { weight: 2, arbitrary: cdata.map((source) => `<![CDATA[${source}]]>`) },
    { weight: 1, arbitrary: fc.constantFrom('<?p?>', '<?p x > y\n?>', '<?p <a/>?>') },
    { weight: 2, arbitrary: sample.map((source) => ({ sample: source })) },
  );
}

/** Commented-out elements of both styles; `C` stands for an attribute that names them. */
const samples = ['<b C/>', 'b C/', ' <b C>1</b> ', ' b C>1</b\n', '\n  <m C>\n  </m>\n  ', '<a C k=">"><b/></a><b/>'];

function render(model: ElementModel, counts: Counts, declarations = ''): string {
  const { name, attributes, idSpace, beforeClose, form, children } = model;
  const id = `${idSpace}id="${counts.elements++}"`;
  const open = `<${name}${declarations}${id}${attributes.map(({ space, source }) => space + source).join('')}${beforeClose}`;
  if (form === 'empty' && children.length === 0) return `${open}/>`;
  const content = children.map((child) => renderChild(child, counts)).join('');
  return `${open}>${content.replaceAll(']]>', (end, at: number) => keepSectionEnd(content, end, at))}</${name}${beforeClose}>`;
}

function renderChild(child: ChildModel, counts: Counts): string {
  if (typeof child === 'string') return child;
  if (!('sample' in child)) return render(child, counts);
  return `<!--${child.sample.replace('C', () => `c="${counts.samples++}"`)}-->`;
}

/** Texts beside each other may make up `]]>`, which only a CDATA section may end with. */
function keepSectionEnd(content: string, end: string, at: number): string {
  const open = content.lastIndexOf('<![CDATA[', at);
  return open !== -1 && content.indexOf(end, open) === at ? end : ']]&gt;';
}
