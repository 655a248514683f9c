import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import type { UnreadableFile } from '../carbon/facts/home-facts';
import { listFolder, modifiedAt } from '../disk/list-folder';
import { readFileIfThere } from '../disk/read-file';
import { expectedError, isCarbonPatchError, type CarbonPatchError } from '../errors';
import { parseBytes, type SourceDocument } from '../xml/document';
import { checkSoundness } from '../xml/soundness';

/** Reads files of one home and remembers those that could not be read instead of throwing. */
export interface HomeReader {
  readonly confFolder: string;
  /** What `read` makes of an XML file of the conf folder; `undefined` where it is missing or cannot be read. */
  parse<Facts>(file: string, read: (document: SourceDocument) => Facts): Promise<Facts | undefined>;
  /** The bytes of a file of the home; `undefined` where it is missing or cannot be read. */
  bytes(path: string): Promise<Uint8Array | undefined>;
  /** A file of the home as UTF-8; `undefined` where it is missing or cannot be read. */
  text(path: string): Promise<string | undefined>;
  /** The sorted names in a folder of the home; empty where it is missing or cannot be read. */
  list(folder: string): Promise<readonly string[]>;
  /** As `list`, but `undefined` where it is missing or cannot be read. */
  listIfThere(folder: string): Promise<readonly string[] | undefined>;
  /** When a file of the home was last changed, in ms since 1970; `undefined` where it is missing or cannot be looked at. */
  modified(path: string): Promise<number | undefined>;
  /** The files that could not be read so far. */
  unreadable(): readonly UnreadableFile[];
}

/** A reader of a home. */
export function homeReader({ path: home, confFolder }: CarbonHome): HomeReader {
  const unreadable: UnreadableFile[] = [];
  /** A file that an earlier look could not read is named once. */
  const orRemember = async <Result>(path: string, work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work();
    } catch (error) {
      const file = unreadableFile(path, expectedError(error));
      if (!unreadable.some((one) => one.path === file.path)) unreadable.push(file);
      return undefined;
    }
  };
  const bytes = async (path: string): Promise<Uint8Array | undefined> => {
    const place = posix.join(home, path);
    return (await readFileIfThere(place, path))?.bytes;
  };
  // Several readers look into one file; the documents are gone with the reader.
  const documents = new Map<string, SourceDocument>();
  const parseIfThere = async (path: string): Promise<SourceDocument | undefined> => {
    const content = await bytes(path);
    if (content === undefined) return undefined;
    const document = parseBytes(content, path);
    checkSoundness(document);
    return document;
  };
  const listIfThere: HomeReader['listIfThere'] = (folder) =>
    orRemember(folder, () => listFolder(posix.join(home, folder), folder));
  return {
    confFolder,
    parse: (file, read) => {
      const path = posix.join(confFolder, file);
      return orRemember(path, async () => {
        const document = documents.get(path) ?? (await parseIfThere(path));
        if (document === undefined) return undefined;
        documents.set(path, document);
        return read(document);
      });
    },
    bytes: (path) => orRemember(path, () => bytes(path)),
    text: (path) =>
      orRemember(path, async () => {
        const content = await bytes(path);
        return content && Buffer.from(content).toString('utf8');
      }),
    list: async (folder) => (await listIfThere(folder)) ?? [],
    listIfThere,
    modified: (path) => orRemember(path, () => modifiedAt(posix.join(home, path), path)),
    unreadable: () => unreadable,
  };
}

function unreadableFile(path: string, error: CarbonPatchError): UnreadableFile {
  if (isCarbonPatchError(error, 'NOT_WELL_FORMED')) {
    const { line, column, problem } = error.details;
    return { path, line, column, problem: `is not well-formed: ${problem}` };
  }
  if (isCarbonPatchError(error, 'FILE_UNREADABLE'))
    return { path, line: 1, column: 1, problem: `cannot be read: ${error.details.problem}` };
  if (isCarbonPatchError(error, 'UNSUPPORTED_ENCODING'))
    return {
      path,
      line: 1,
      column: 1,
      problem: `is in the encoding ${error.details.encoding}, which is not known here`,
    };
  return { path, line: 1, column: 1, problem: `cannot be read: ${error.message.replace(`${path}: `, '')}` };
}
