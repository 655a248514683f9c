import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import { carbonFiles } from '../carbon/files';
import { fileExists, readFile } from '../disk/read-file';
import { CarbonPatchError, expectedError } from '../errors';
import { positionAt } from '../text/position';
import { parseBytes, textOf } from '../xml/document';
import { selectElements } from '../xml/select';

/** One setting that a home has now. */
export interface Setting {
  readonly name: string;
  /** Trimmed; an empty element gives an empty string. */
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** The cluster settings of one file. */
export interface FileSettings {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly settings: readonly Setting[];
}

/**
 * The cluster settings of a home, of every file of the registry that it has, in the order of the registry.
 * Throws HOME_FILES_UNUSABLE with every file that cannot be read.
 */
export async function readSettings(home: CarbonHome): Promise<readonly FileSettings[]> {
  const files: FileSettings[] = [];
  const causes: CarbonPatchError[] = [];
  for (const { path: inConf, namespaces, settings } of carbonFiles) {
    const path = posix.join(home.confFolder, inConf);
    const place = posix.join(home.path, path);
    if (!(await fileExists(place))) continue;
    try {
      const document = parseBytes((await readFile(place, path)).bytes, path, namespaces);
      const found = settings.flatMap(({ name, at, read = textOf }) =>
        selectElements(document, at).map((element) => ({
          name,
          value: read(document, element).trim(),
          line: positionAt(document.text, element.whole.start).line,
        })),
      );
      files.push({ path, settings: found });
    } catch (error) {
      causes.push(expectedError(error));
    }
  }
  if (causes.length > 0) throw new CarbonPatchError('HOME_FILES_UNUSABLE', { home: home.path, causes });
  return files;
}
