import { expect } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll, type HomeReplacements } from '../../lib/disk/commit';
import { readJournal } from '../../lib/disk/journal';
import { recover } from '../../lib/disk/recover';
import { undoAll } from '../../lib/disk/undo';
import type { Run } from './child';
import { configurationOf, makeHome, replacements, textReplacements, treeOf, type Tree } from './temporary-home';

/** The homes of a group by the folder that holds them. The one that decides is neither the first nor the last by its path. */
const names = ['b', 'c', 'a'];

/** What `conf/axis2.xml` and `conf/carbon.xml` hold in each home of a group; `withNew` is `wanted` with a new file in two of them. */
export type Contents = 'original' | 'earlier' | 'wanted' | 'withNew';

/** What one home of a group holds. */
export function contentOf(name: string, contents: Contents): Readonly<Record<string, string>> {
  const known = contents === 'withNew' ? 'wanted' : contents;
  return {
    'conf/axis2.xml': { original: `<axis of="${name}"/>\n`, earlier: '<a/>\n', wanted: `<axis name="${name}"/>\n` }[
      known
    ],
    'conf/carbon.xml': { original: `<Server of="${name}">\n</Server>\n`, earlier: '<S/>\n', wanted: '<Server/>\n' }[
      known
    ],
    ...(contents === 'withNew' && name !== 'a' && { 'lib/driver.jar': 'PK\n' }),
  };
}

/** A folder with three new homes. */
export function makeGroup(): string {
  const files = names.flatMap((name) =>
    Object.entries(contentOf(name, 'original')).map(([path, content]) => [`${name}/${path}`, content] as const),
  );
  return makeHome(Object.fromEntries(files));
}

/** The homes of a group in the order in which they are named; the first one decides. */
export function homesOf(group: string): readonly string[] {
  return names.map((name) => join(group, name));
}

/** One apply over all homes of a group. */
export function partsOf(group: string, contents: Contents): readonly HomeReplacements[] {
  return names.map((name) => {
    const home = join(group, name);
    return { home, replacements: replacements(home, contentOf(name, contents)), label: { contents } };
  });
}

/** The same as `commitAll` of `partsOf`, or an undo or a recovery, for a child process. */
export function runOn(group: string, action: Run['action'], entry = 0, contents: Contents = 'wanted'): Run {
  const parts = names.map((name) => {
    const home = join(group, name);
    return { home, ...(action === 'commit' && { replacements: textReplacements(home, contentOf(name, contents)) }) };
  });
  const [first = { home: '' }, ...others] = parts;
  return action === 'recover' ? { action, home: parts[entry]?.home ?? '' } : { action, ...first, others };
}

/** Applies contents to the homes of each group. */
export async function applyTo(groups: readonly string[], contents: Contents): Promise<void> {
  for (const group of groups) await commitAll(partsOf(group, contents));
}

/** The files of all homes of a group without what this library keeps there. */
export function configurationsOf(group: string): readonly Tree[] {
  return homesOf(group).map(configurationOf);
}

/** As `configurationsOf`, for homes that hold these contents. */
export function configurationsWith(contents: Contents): readonly Tree[] {
  return names.map((name) => configurationOf(makeHome(contentOf(name, contents))));
}

/** Fails unless nothing is under way in any home of a group, nothing is left of it, and every apply can be undone. */
export async function checkClosed(group: string): Promise<void> {
  for (const home of homesOf(group)) expect((await readJournal(home)).transaction).toBeUndefined();
  // A run that died before it wrote anything, or after all was done, leaves locks that no other home knows of.
  for (const home of homesOf(group)) expect(await recover(home)).toEqual({ outcome: 'nothing' });
  expect(Object.keys(treeOf(group)).filter((path) => /lock-|\.tmp$|-undone/.test(path))).toEqual([]);
  while (homesOf(group).some((home) => existsSync(join(home, '.carbon-patch')))) await undoAll(homesOf(group));
  expect(treeOf(group)).toEqual(treeOf(makeGroup()));
}
