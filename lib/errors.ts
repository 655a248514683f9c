/** A place in a file. Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Place {
  /** As the caller named it; relative to the home where there is one. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A place with the text of its line, from which a report draws an excerpt with a caret. */
export interface PlaceInSource extends Place {
  readonly sourceLine: string;
  /**
   * What the line stands in, where that is known; a report looks there for what makes a value in the line a secret. Not
   * enumerable (`withSourceAround`), so that whoever prints the details does not print the neighbours of the line.
   */
  readonly sourceAround?: SourceAround;
}

/** Some text around a line. */
export interface SourceAround {
  readonly text: string;
  /** Where in `text` the line begins, as a UTF-16 offset. */
  readonly lineStart: number;
}

/** The same details, which from then on know what their line stands in. */
export function withSourceAround<Details extends PlaceInSource>(details: Details, around: SourceAround): Details {
  return Object.defineProperty(details, 'sourceAround', { value: around });
}

/** One thing that is wrong with a cluster file. */
export interface ClusterFileProblem {
  /** `undefined` where it is about a value that came from the command line or the environment; then `problem` says which. */
  readonly place: PlaceInSource | undefined;
  readonly problem: string;
}

/** One side of a file that somebody else changed: its bytes, or in words why there are none. */
export type FileSide = { readonly bytes: Uint8Array } | { readonly missing: string };

/** The three contents of a file that is not as it was found or left. They hold the secrets of the file. */
export interface DriftedFile {
  /** As the error names it. */
  readonly path: string;
  /** What it was: the bytes that the plan was made from, or that the apply left. */
  readonly base: FileSide;
  /** What it is on the disk. */
  readonly now: FileSide;
  /** What it is to become: what the plan wants, or the original that the undo brings back. */
  readonly wanted: FileSide;
}

/** Gives the contents. A function, so that nothing which prints or logs the details of an error comes upon a secret. */
export type Drift = () => readonly DriftedFile[];

/** One line that keeps a hosts file from being written. */
export interface HostsFileProblem {
  /** From 1. */
  readonly line: number;
  /** A clause about the line, without a final dot. */
  readonly problem: string;
}

/** Why a file is not replaced as it is found. */
export type UnsafeFile =
  /** Its path is not one of forward slashes that stays in the home. */
  | { readonly reason: 'pathLeavesHome' }
  /** A link, of it or of a folder above it, leads out of the home to `truePath`. */
  | { readonly reason: 'linkLeavesHome'; readonly truePath: string }
  /** The file has `names` names, of which one would get the new content. */
  | { readonly reason: 'hardLink'; readonly names: number }
  /** It is `found`, such as `a named pipe`. */
  | { readonly reason: 'notAFile'; readonly found: string };

/** Every error of this library and what it carries. Add a code here and its message below; nothing else needs to know. */
export interface ErrorDetails {
  /** The declared encoding is none of those that can be written back without loss. */
  readonly UNSUPPORTED_ENCODING: { readonly path: string; readonly encoding: string };
  /** The byte order mark, the bytes and the XML declaration name different encodings. */
  readonly ENCODING_CONFLICT: { readonly path: string; readonly found: string; readonly declared: string };
  /** Bytes that mean nothing in the encoding of the file; `offset` counts bytes from 0. */
  readonly INVALID_BYTES: { readonly path: string; readonly encoding: string; readonly offset: number };
  /** The file breaks a rule of XML 1.0 (5th edition). */
  readonly NOT_WELL_FORMED: PlaceInSource & { readonly problem: string };
  /** The file asks for more than any configuration does, and would use up whoever reads it: entities, attributes. */
  readonly BEYOND_LIMITS: { readonly path: string; readonly problem: string };
  /** Two readings of one file disagree, or a result is not what was meant. Always a defect of this library. */
  readonly INTERNAL_MISMATCH: { readonly path: string; readonly problem: string };
  /** Two edits claim the same characters. */
  readonly EDIT_CONFLICT: { readonly start: number; readonly end: number };

  readonly XPATH_INVALID: { readonly path: string; readonly at: string; readonly problem: string };
  readonly TARGET_NOT_FOUND: { readonly path: string; readonly at: string; readonly nearest: readonly string[] };
  readonly TARGET_AMBIGUOUS: { readonly path: string; readonly at: string; readonly lines: readonly number[] };
  /** The XPath gives something else than elements. */
  readonly TARGET_NOT_ELEMENT: { readonly path: string; readonly at: string; readonly found: string };
  /** An operation was asked of a target that cannot take it, such as the text of an element that holds elements. */
  readonly TARGET_UNSUITABLE: Place & { readonly at: string; readonly problem: string };
  /** The arguments of an operation are not what its kind takes. */
  readonly OPERATION_INVALID: { readonly operation: string; readonly problem: string };
  /** A value holds a character that XML 1.0 cannot hold in any form. */
  readonly VALUE_NOT_XML: { readonly path: string; readonly codePoint: number };

  readonly HOME_NOT_FOUND: { readonly home: string; readonly problem: string };
  /** The configuration is generated at each start, so that edits of the XML files would be lost. */
  readonly HOME_GENERATED: { readonly home: string; readonly path: string };
  readonly HOME_NOT_FOR_ROLE: { readonly home: string; readonly role: string; readonly problem: string };
  /** Files that the role needs are missing, malformed or not as the recipe needs them; all of them. */
  readonly HOME_FILES_UNUSABLE: { readonly home: string; readonly causes: readonly CarbonPatchError[] };
  readonly TOPOLOGY_INVALID: { readonly problems: readonly string[] };
  /** Everything that is wrong with a cluster file, in the order of its lines. */
  readonly CLUSTER_FILE_INVALID: { readonly path: string; readonly problems: readonly ClusterFileProblem[] };
  /** The options or the cluster leave open which nodes are meant. */
  readonly NODE_CHOICE_UNCLEAR: { readonly problem: string; readonly advice: string };
  /** Several homes of a cluster that cannot be used as they are; one error a home. */
  readonly HOMES_UNUSABLE: { readonly causes: readonly CarbonPatchError[] };

  /**
   * Files that were changed or removed between planning and writing: all of them, or the first one that was while files were
   * being replaced. `path` is the first of `paths`; `drift` comes with the errors of `applyPlan` and its like.
   */
  readonly PLAN_STALE: { readonly path: string; readonly paths: readonly string[]; readonly drift?: Drift };
  /** Lines of a hosts file that contradict the cluster, or damage the block that it keeps there; all of them. */
  readonly HOSTS_FILE_UNUSABLE: { readonly path: string; readonly problems: readonly HostsFileProblem[] };
  /** Everything that keeps a home from being copied to make another node. */
  readonly CLONE_REFUSED: { readonly home: string; readonly problems: readonly string[] };

  /** A saved plan that is none, or that no longer comes to what was saved. */
  readonly PLAN_FILE_INVALID: { readonly path: string; readonly problem: string };
  /** Jars that cannot serve as JDBC drivers, or that a home must not get beside what it has; all of them. */
  readonly DRIVER_UNUSABLE: { readonly problems: readonly string[] };
  readonly HOME_LOCKED: { readonly home: string; readonly holder: string };
  readonly FILE_UNREADABLE: { readonly path: string; readonly problem: string };
  /** A file, relative to the home, that is not replaced as it is found; no file was changed. */
  readonly FILE_UNSAFE: { readonly path: string } & UnsafeFile;
  readonly WRITE_FAILED: { readonly path: string; readonly problem: string; readonly restored: boolean };
  readonly NOTHING_TO_UNDO: { readonly home: string };
  /** Files that were changed or removed since the apply that is to be undone; `drift` comes with the errors of `undoApply` and its like. */
  readonly UNDO_CONFLICT: { readonly paths: readonly string[]; readonly drift?: Drift };
  readonly JOURNAL_DAMAGED: { readonly path: string; readonly problem: string };
}

/** The closed list of error codes; machines read these, people read the message. */
export type ErrorCode = keyof ErrorDetails;

/**
 * The only error this library throws on purpose.
 * The message starts with the place, then says the cause, then what to do next; it has no final dot.
 */
export class CarbonPatchError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'CarbonPatchError';

  constructor(
    readonly code: Code,
    readonly details: ErrorDetails[Code],
    options?: ErrorOptions,
  ) {
    super(messageOf(code, details), options);
  }
}

/** True where `error` is a `CarbonPatchError` of this code; narrows its details. */
export function isCarbonPatchError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is CarbonPatchError<Code> {
  return error instanceof CarbonPatchError && error.code === code;
}

/** The error itself where it is one of this library's; anything else is thrown on. */
export function expectedError(error: unknown): CarbonPatchError {
  if (error instanceof CarbonPatchError) return error as CarbonPatchError;
  throw error;
}

/** The message of a code with its details; the one place where errors become words. */
export function messageOf<Code extends ErrorCode>(code: Code, details: ErrorDetails[Code]): string {
  return messages[code](inLines(details));
}

/** A text without line ends, which could make one message look like several. */
export function inOneLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029]/g, (char) => (char === '\r' ? '\u240d' : '\u240a'));
}

/** The details as they may stand in a message, which decides itself where a line ends. */
function inLines<Details extends object>(details: Details): Details {
  const line = (value: unknown): unknown => (typeof value === 'string' ? inOneLine(value) : value);
  const entries = Object.entries(details).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.map(line) : line(value),
  ]);
  return Object.fromEntries(entries) as Details;
}

const at = ({ path, line, column }: Place): string => `${path}:${line}:${column}`;

/** What is wrong with a file that is not replaced as it is found, and what to do about it. */
function unsafe(file: UnsafeFile): string {
  switch (file.reason) {
    case 'pathLeavesHome':
      return 'the path leads out of the home; name a file of the home, with forward slashes and without ..';
    case 'linkLeavesHome':
      return `a link leads out of the home, to ${file.truePath}; run on the home that ${file.truePath} belongs to, or put a file of its own in the place of the link`;
    case 'hardLink':
      return `the file has ${file.names} names (hard links), and the others would keep the old content; give this name a file of its own: copy it with cp -p, and mv the copy over it`;
    case 'notAFile':
      return `it is ${file.found}, not a file; put a file in its place`;
  }
}

const messages: { readonly [Code in ErrorCode]: (details: ErrorDetails[Code]) => string } = {
  UNSUPPORTED_ENCODING: ({ path, encoding }) =>
    `${path}: encoding ${encoding} cannot be written back safely; convert the file to UTF-8 and change its XML declaration`,
  ENCODING_CONFLICT: ({ path, found, declared }) =>
    `${path}: the bytes are ${found}, but the XML declaration says ${declared}; make the two agree`,
  INVALID_BYTES: ({ path, encoding, offset }) =>
    `${path}: byte ${offset} is not valid ${encoding}; mend the byte or declare the encoding that the file really has`,
  NOT_WELL_FORMED: (details) => `${at(details)}: not well-formed: ${details.problem}; mend the file first`,
  BEYOND_LIMITS: ({ path, problem }) => `${path}: ${problem}, which no configuration needs; mend the file first`,
  INTERNAL_MISMATCH: ({ path, problem }) =>
    `${path}: internal check failed: ${problem}; nothing was written, please report this file`,
  EDIT_CONFLICT: ({ start, end }) =>
    `characters ${start} to ${end}: two edits claim the same text; apply them one after the other`,
  XPATH_INVALID: ({ path, at: xpath, problem }) => `${path}: XPath ${xpath}: ${problem}; correct the expression`,
  TARGET_NOT_FOUND: ({ path, at: xpath, nearest }) =>
    `${path}: nothing matches ${xpath}; ${
      nearest.length > 0
        ? `there is ${nearest.join(', ')}; correct the XPath, or the file`
        : 'correct the XPath or create the element'
    }`,
  TARGET_AMBIGUOUS: ({ path, at: xpath, lines }) =>
    `${path}: ${lines.length} elements match ${xpath} (lines ${lines.join(', ')}); remove or comment out those that are not meant, or narrow the XPath`,
  TARGET_NOT_ELEMENT: ({ path, at: xpath, found }) =>
    `${path}: XPath ${xpath} gives ${found} where an element is meant; correct the expression`,
  TARGET_UNSUITABLE: (details) => `${at(details)}: ${details.at}: ${details.problem}`,
  OPERATION_INVALID: ({ operation, problem }) => `operation ${operation}: ${problem}; see docs/reference/operations.md`,
  VALUE_NOT_XML: ({ path, codePoint }) =>
    `${path}: U+${codePoint.toString(16).toUpperCase().padStart(4, '0')} cannot stand in an XML file; remove it from the value`,
  HOME_NOT_FOUND: ({ home, problem }) =>
    `${home}: ${problem}; give the folder that holds bin and repository/conf, or conf in EI 6`,
  HOME_GENERATED: ({ home, path }) =>
    `${home}: ${path} generates the XML files at each start, so edits of them would be lost; change ${path} instead`,
  HOME_NOT_FOR_ROLE: ({ home, role, problem }) => `${home}: not a home for role ${role}: ${problem}`,
  HOME_FILES_UNUSABLE: ({ home, causes }) =>
    `${home}: ${causes.length === 1 ? 'a needed file is' : `${causes.length} needed files are`} unusable; nothing was written:${causes
      .map(({ message }) => `\n  ${message}`)
      .join('')}`,
  TOPOLOGY_INVALID: ({ problems }) =>
    `the cluster is not valid; correct these values:${problems.map((problem) => `\n  ${problem}`).join('')}`,
  CLUSTER_FILE_INVALID: ({ path, problems }) =>
    `${path}: not a valid cluster file; correct ${problems.length === 1 ? 'this' : `these ${problems.length}`}:${problems
      .map(({ place, problem }) => `\n  ${inOneLine(`${place === undefined ? '' : `${at(place)}: `}${problem}`)}`)
      .join('')}`,
  NODE_CHOICE_UNCLEAR: ({ problem, advice }) => `${problem}; ${advice}`,
  HOMES_UNUSABLE: ({ causes }) =>
    `${causes.length} homes cannot be used; nothing was written:${causes.map(({ message }) => `\n  ${message}`).join('')}`,
  PLAN_STALE: ({ paths }) => `${paths.join(', ')}: changed since the plan was made; nothing was written, plan again`,
  HOSTS_FILE_UNUSABLE: ({ path, problems }) =>
    `${path}: cannot take the lines of this cluster; nothing was written:${problems
      .map(({ line, problem }) => `\n  line ${line}: ${problem}`)
      .join('')}`,
  CLONE_REFUSED: ({ home, problems }) =>
    `${home}: cannot be cloned; nothing was written:${problems.map((problem) => `\n  ${problem}`).join('')}`,
  PLAN_FILE_INVALID: ({ path, problem }) => `${path}: cannot be applied: ${problem}; nothing was written, plan again`,
  DRIVER_UNUSABLE: ({ problems }) =>
    `the JDBC driver cannot be used; nothing was written:${problems.map((problem) => `\n  ${problem}`).join('')}`,
  HOME_LOCKED: ({ home, holder }) =>
    `${home}: another carbon-patch is at work here (${holder}); wait for it to end and run again`,
  FILE_UNREADABLE: ({ path, problem }) => `${path}: cannot be read: ${problem}`,
  FILE_UNSAFE: (details) => `${details.path}: ${unsafe(details)}`,
  WRITE_FAILED: ({ path, problem, restored }) =>
    `${path}: cannot be written: ${problem}; ${
      restored ? 'every file is as it was before' : 'run carbon-patch again on this home to bring the other files back'
    }`,
  NOTHING_TO_UNDO: ({ home }) => `${home}: there is no apply to undo`,
  UNDO_CONFLICT: ({ paths }) =>
    `${paths.join(', ')}: changed since the last apply; nothing was undone, put the file back as the apply left it or undo by hand from .carbon-patch`,
  JOURNAL_DAMAGED: ({ path, problem }) =>
    `${path}: the journal cannot be used: ${problem}; where nothing else helps, the originals lie beside it to be copied back by hand`,
};
