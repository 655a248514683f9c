import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import { listFolder } from '../disk/list-folder';
import { readFileIfThere, type FileContent } from '../disk/read-file';
import type { Namespaces, SourceDocument } from '../xml/document';
import type { PlanningCache } from './planning-cache';

/** A file of the conf folder as it is now. */
export interface ConfFile extends FileContent {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
}

/** Reads the conf folder of one home; each file once, so that all that is planned is about the same bytes. */
export interface ConfReader {
  /** The path of a file of the conf folder, relative to the home. */
  pathOf(file: string): string;
  /** `undefined` where nothing has this path. Throws FILE_UNREADABLE, also for what is no file. */
  read(file: string): Promise<ConfFile | undefined>;
  /** As `read`, parsed. Throws as `parseBytes` does, too. */
  parse(file: string, namespaces?: Namespaces): Promise<SourceDocument | undefined>;
  /** The sorted names in a folder of the conf folder; none where there is no such folder. Throws FILE_UNREADABLE. */
  list(folder: string): Promise<readonly string[]>;
}

/** A reader of a home's conf folder. */
export function confReader({ path: home, confFolder }: CarbonHome, cache: PlanningCache): ConfReader {
  const files = new Map<string, Promise<ConfFile | undefined>>();
  const pathOf = (file: string): string => posix.join(confFolder, file);
  const readAnew = async (path: string): Promise<ConfFile | undefined> => {
    const place = posix.join(home, path);
    const content = await readFileIfThere(place, path);
    return content && { path, ...content };
  };
  const read = (file: string): Promise<ConfFile | undefined> => {
    const path = pathOf(file);
    const content = files.get(path) ?? readAnew(path);
    files.set(path, content);
    return content;
  };
  return {
    pathOf,
    read,
    parse: async (file, namespaces) => {
      const content = await read(file);
      return content && cache.document(content, content.path, namespaces);
    },
    list: async (folder) => (await listFolder(posix.join(home, pathOf(folder)), pathOf(folder))) ?? [],
  };
}
