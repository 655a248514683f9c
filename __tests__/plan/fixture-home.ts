import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../disk/temporary-home';

/** The folder of the fixture homes, which no test writes to. */
export const fixtureHomes = join(__dirname, '../../fixtures/homes');

/** A copy of a fixture home in a new folder of its own. */
export function copyHome(name: string): string {
  const home = makeFolder();
  cpSync(join(fixtureHomes, name), home, { recursive: true });
  return home;
}
