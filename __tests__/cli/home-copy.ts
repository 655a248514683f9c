import { afterAll } from '@jest/globals';
import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../fresh-build';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder that is removed when the tests of the file are over. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carbon-patch-cli-')));
  folders.push(folder);
  return folder;
}

/** A copy of a fixture home, as `name` in a new folder. */
export function copyHome(fixture = 'esb-5.0.0', name = 'home'): string {
  const home = join(makeFolder(), name);
  cpSync(join(root, 'fixtures/homes', fixture), home, { recursive: true });
  return home;
}

/** Everything below a folder by its path: mode, time of the last change and content, so that a write of the same bytes shows. */
export function stateOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path) => {
        const place = join(folder, path);
        const { mode, mtimeNs, ino } = lstatSync(place, { bigint: true });
        const content = lstatSync(place).isFile() ? readFileSync(place).toString('latin1') : '';
        return [path, `${mode.toString(8)} ${ino} ${mtimeNs} ${content}`];
      }),
  );
}

/** The content of every file below a folder by its path. */
export function contentOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path).toString('latin1')]),
  );
}
