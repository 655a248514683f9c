import type { CarbonHome } from '../carbon/carbon-home';
import { CarbonPatchError, expectedError } from '../errors';
import { positionAt } from '../text/position';
import { textOf } from '../xml/document';
import { selectElements } from '../xml/select';
import { confReader } from './conf-reader';
import { filesOfHome } from './planned-files';
import { createPlanningCache } from './planning-cache';
import { furtherDatasourceFiles } from './read-situation';

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
 * The cluster settings of a home, of every file of the registry that it has, in the order of the registry; further datasource
 * files stand behind the master.
 * Throws HOME_FILES_UNUSABLE with every file that cannot be read.
 */
export async function readSettings(home: CarbonHome): Promise<readonly FileSettings[]> {
  const files: FileSettings[] = [];
  const causes: CarbonPatchError[] = [];
  const reader = confReader(home, createPlanningCache());
  for (const { path, namespaces, settings } of filesOfHome(await furtherDatasourceFiles(reader))) {
    try {
      const document = await reader.parse(path, namespaces);
      if (document === undefined) continue;
      const found = settings.flatMap(({ name, at, read = textOf }) =>
        selectElements(document, at).map((element) => ({
          name,
          value: read(document, element).trim(),
          line: positionAt(document.text, element.whole.start).line,
        })),
      );
      files.push({ path: document.path, settings: found });
    } catch (error) {
      causes.push(expectedError(error));
    }
  }
  if (causes.length > 0) throw new CarbonPatchError('HOME_FILES_UNUSABLE', { home: home.path, causes });
  return files;
}
