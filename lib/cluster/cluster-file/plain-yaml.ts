import { isMap, isNode, isScalar, parseDocument, visit, type Document, type ErrorCode, type Pair } from 'yaml';

/** Something that keeps a text from being plain YAML; `offset` counts UTF-16 units. */
export interface TextProblem {
  readonly offset: number;
  /** A clause about what stands at the offset, without a final dot. It never quotes the text, which may hold a secret. */
  readonly problem: string;
}

/** A text read as plain YAML, or what keeps it from being that. */
export type PlainYaml =
  | { readonly document: Document; readonly problems: readonly [] }
  | { readonly document: undefined; readonly problems: readonly [TextProblem, ...TextProblem[]] };

/**
 * Reads one document of plain YAML 1.2, of which JSON is a part. Anchors, aliases, merge keys, tags, directives and numbers
 * that do not stay as they are written are refused; see docs/decisions/0015-plain-yaml.md. Whatever the text is, nothing
 * is thrown, and the time grows with its length only.
 */
export function readPlainYaml(text: string): PlainYaml {
  const early = tooLong(text) ?? controlCharacter(text) ?? tooDeep(text);
  if (early !== undefined) return { document: undefined, problems: [early] };
  try {
    // Without a log level of its own the parser keeps quiet about a second document; it prints nothing at this one.
    const options = { prettyErrors: false, strict: true, merge: false, uniqueKeys: false, logLevel: 'error' } as const;
    const document = parseDocument(text, options);
    const [first, ...others] = [...syntaxProblems(document, text), ...oncePerLine(refusals(document), text)];
    if (first === undefined) return { document, problems: [] };
    return { document: undefined, problems: [first, ...others] };
  } catch (error) {
    // The parser goes down once a level; what gets past the look at the depth ends up here.
    if (!(error instanceof RangeError)) throw error;
    return { document: undefined, problems: [{ offset: 0, problem: nestedTooDeeply }] };
  }
}

/** Far beyond the file of a thousand nodes, and still read in seconds. */
const longest = 4 * 1024 * 1024;

function tooLong(text: string): TextProblem | undefined {
  if (text.length <= longest) return undefined;
  return {
    offset: 0,
    problem: `is longer than ${longest / 1024 / 1024} MiB, which no cluster file is; name another file`,
  };
}

/** Control characters other than tab, line feed and carriage return, which YAML does not allow. */
// eslint-disable-next-line no-control-regex
const forbiddenCharacter = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/;

function controlCharacter(text: string): TextProblem | undefined {
  const found = forbiddenCharacter.exec(text);
  if (found === null) return undefined;
  const name = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const problem = `holds the character U+${name}, which no YAML has; save the cluster file as plain text in UTF-8`;
  return { offset: found.index, problem };
}

/** Far beyond what a cluster file needs. */
const deepest = 64;

const nestedTooDeeply = 'is nested too deeply for a cluster file; write it flatter';

/**
 * Where a text is nested too deeply. Asked before it is parsed, as the parser goes down once a level and would take the
 * process with it. Brackets in quotes count too, which no cluster file has in such numbers.
 */
function tooDeep(text: string): TextProblem | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth = '[{'.includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return { offset: index, problem: nestedTooDeeply };
  }
  // Each level of a block is indented by a column at least, or begins with a dash or a question mark.
  const indented = new RegExp(`^[ ?-]{${4 * deepest}}`, 'm').exec(text);
  return indented === null ? undefined : { offset: indented.index + 4 * deepest, problem: nestedTooDeeply };
}

/** What the parser found; of each line the first only, as one mistake makes it find several. */
function syntaxProblems(document: Document, text: string): readonly TextProblem[] {
  const found = document.errors.map(({ code, message, pos: [offset] }): TextProblem => {
    const quote = /^Missing closing/.test(message) ? quoteBefore(document, offset) : undefined;
    if (quote !== undefined)
      return { offset: quote, problem: 'is a quote that is not closed where it should be; close it' };
    if (code === 'BAD_INDENT' && message.startsWith('Flow')) return { offset, problem: notClosed };
    return { offset, problem: wordsOf[code] ?? `${uncapitalised(message)}; correct the YAML here` };
  });
  return firstPerLine(found, text);
}

const notClosed = 'comes before brackets or braces are closed; is a ] or } missing above, or this indented too little?';

/** Where the text in quotes begins whose end is at the offset. */
function quoteBefore(document: Document, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_key, { type, range }) => {
      if (type?.startsWith('QUOTE') && range && range[0] < offset && offset <= range[2]) found = range[0];
    },
  });
  return found;
}

function firstPerLine(problems: readonly TextProblem[], text: string): readonly TextProblem[] {
  let end = -1;
  return problems
    .toSorted((a, b) => a.offset - b.offset)
    .filter(({ offset }) => {
      if (offset <= end) return false;
      const newline = text.indexOf('\n', offset);
      end = newline === -1 ? text.length : newline;
      return true;
    });
}

/** The same said of several places of a line is said of the first. */
function oncePerLine(problems: readonly TextProblem[], text: string): readonly TextProblem[] {
  const kinds = new Set(problems.map(({ problem }) => problem));
  return [...kinds].flatMap((kind) =>
    firstPerLine(
      problems.filter(({ problem }) => problem === kind),
      text,
    ),
  );
}

/** Errors that the parser words for those who know YAML by heart, or words with a piece of the text in them. */
const wordsOf: { readonly [Code in ErrorCode]?: string } = {
  BAD_DQ_ESCAPE: 'is no escape of YAML; in double quotes write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'is not indented as YAML needs it here; line it up with what it belongs to',
  BAD_SCALAR_START: 'begins with a character that YAML keeps for itself; put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'reads as a map in the place of a value; correct the indentation, or put a text with a colon in quotes',
  BLOCK_IN_FLOW: 'is not taken inside brackets; is a comma, or a closing bracket or brace, missing?',
  IMPOSSIBLE: 'is no YAML; correct it',
  MULTILINE_IMPLICIT_KEY: 'reads as a key of several lines; is a colon missing?',
  MULTIPLE_DOCS: 'begins a second document; a cluster file holds one',
  TAB_AS_INDENT: 'is indented with a tab; YAML wants spaces',
  UNEXPECTED_TOKEN: 'is not expected here; correct the indentation, the quotes or the brackets before it',
};

function uncapitalised(message: string): string {
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}

function refusals(document: Document): readonly TextProblem[] {
  const found: TextProblem[] = [];
  if (hasDirective(document))
    found.push({ offset: 0, problem: 'begins with a directive; YAML 1.2 is meant anyway, remove the line with %' });
  const refuse = (node: unknown, problem: string): void => {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    found.push({ offset, problem });
  };
  visit(document, {
    Alias: (_key, node) => refuse(node, 'is an alias; write the value out here'),
    // One visitor for what else has a value: a `Scalar` beside it would keep scalars from it.
    Value: (_key, node) => {
      if (node.anchor !== undefined) refuse(node, 'has an anchor; write values out where they count');
      if (node.tag !== undefined) refuse(node, 'has a tag; write the plain value, text in quotes where it needs them');
      if (isMap(node)) for (const { key } of repeated(node.items)) refuse(key, 'is a key that this map has already');
      if (isScalar(node) && typeof node.value === 'number' && node.source !== String(node.value))
        refuse(node, oddNumber);
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key) || key.value === null) refuse(key, 'is a key that is no plain text; write a name there');
      else if (key.value === '<<') refuse(key, '<< merges another map; write its values out here');
      else if (typeof key.value === 'string' && unusableKeys.has(key.value))
        refuse(key, 'is no name that can be used here; choose another');
    },
  });
  return found;
}

function hasDirective({ directives, warnings }: Document): boolean {
  if (directives?.yaml.explicit === true || warnings.some(({ code }) => code === 'BAD_DIRECTIVE')) return true;
  return Object.keys(directives?.tags ?? {}).some((handle) => handle !== '!!');
}

/** What a map of JavaScript has by itself, and the check of the form looks past. */
const unusableKeys: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

const oddNumber =
  'is a number that does not stay as it is written; write plain digits, or put it in quotes if it is text';

function repeated(pairs: readonly Pair[]): readonly Pair[] {
  const seen = new Set<string>();
  return pairs.filter(({ key }) => {
    if (!isScalar(key)) return false;
    const name = String(key.value);
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated;
  });
}
