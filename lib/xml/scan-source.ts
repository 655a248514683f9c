import { CarbonPatchError, withSourceAround } from '../errors';
import { abbreviateWords } from '../text/abbreviate';
import { positionAt, sourceAroundAt, sourceLineAt } from '../text/position';

/** A text to scan: a file, or the replacement text of one of its entities. */
export interface Source {
  readonly text: string;
  readonly file: SourceFile;
  /** Set for replacement text: how to name the entity, and the offset in the file that stands for every place in it. */
  readonly entity: { readonly name: string; readonly offset: number } | undefined;
}

/** The file that a source comes from. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Which names may stand outside of tags, such as that of an entity: any of XML 1.0, or what namespaces allow. */
  readonly names: 'any' | 'namespaces';
}

/** The file itself as a source. */
export function fileSource(text: string, path: string, names: SourceFile['names'] = 'any'): Source {
  return { text, file: { path, text, names }, entity: undefined };
}

/** The error for a broken rule of XML at `offset` of the source. */
export function malformed(source: Source, offset: number, problem: string): CarbonPatchError<'NOT_WELL_FORMED'> {
  const { path, text } = source.file;
  const place = fileOffset(source, offset);
  return notWellFormed(path, text, place, source.entity ? `in ${source.entity.name}: ${problem}` : problem);
}

/** The error for a broken rule of XML or of its namespaces at `offset` of a file. */
export function notWellFormed(
  path: string,
  text: string,
  offset: number,
  problem: string,
): CarbonPatchError<'NOT_WELL_FORMED'> {
  const place = { path, ...positionAt(text, offset), sourceLine: sourceLineAt(text, offset) };
  const details = withSourceAround({ ...place, problem: abbreviateWords(problem) }, sourceAroundAt(text, offset));
  return new CarbonPatchError('NOT_WELL_FORMED', details);
}

/** The offset in the file that stands for an offset of the source. */
export function fileOffset(source: Source, offset: number): number {
  return source.entity?.offset ?? offset;
}

/** The line of the file that holds an offset of the source. */
export function lineOf(source: Source, offset: number): number {
  return positionAt(source.file.text, fileOffset(source, offset)).line;
}

/** The word or character at `offset`, for a message. */
export function foundAt(source: Source, offset: number): string {
  const codePoint = source.text.codePointAt(offset);
  if (codePoint === undefined) return source.entity ? 'the end of the replacement text' : 'the end of the file';
  const name = whiteSpaceNames.get(codePoint);
  if (name !== undefined) return name;
  word.lastIndex = offset;
  const [found] = word.exec(source.text) ?? [];
  if (found !== undefined) return `'${found}'`;
  if (codePoint > 0x7e) return characterName(codePoint);
  return codePoint === apostrophe ? `"'"` : `'${String.fromCodePoint(codePoint)}'`;
}

const apostrophe = 0x27;
// Only letters that can be seen; XML names may hold more, such as U+FEFF.
const word = /[-\p{L}\p{N}:_.]{1,40}/uy;

/** A character that cannot be shown safely, as `U+00A0`. */
export function characterName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

const whiteSpaceNames: ReadonlyMap<number, string> = new Map([
  [0x20, 'a space'],
  [0x9, 'a tab'],
  [0xa, 'a line end'],
  [0xd, 'a line end'],
]);
