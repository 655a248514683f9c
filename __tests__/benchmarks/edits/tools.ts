import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { projectFolder } from '../real-homes';
import { editedFiles, xpathOf, type EditedFile, type Step, type WantedEdit } from './wanted-edits';

/** A home to be edited, and a folder that gets the results and whatever the tool needs. */
export interface Task {
  readonly home: string;
  readonly folder: string;
}

/** One way to make the edits. */
export interface Tool {
  readonly name: string;
  /** What it does for each home. */
  readonly work: string;
  /** Makes other edits, those of a whole recipe, so that its results are not compared. */
  readonly isRecipe?: boolean;
  /** Why it cannot be measured here; `undefined` where it can. */
  missing(): string | undefined;
  /**
   * A command that edits the home for about so many seconds, leaves the results below `folder` under the paths of the home,
   * and prints `{"homes", "cpuSeconds"}`; without `cpuSeconds` all that the command took counts.
   */
  prepare(task: Task, seconds: number): readonly string[];
}

const inOneProcess = (name: string, work: string, mode: string, isRecipe = false): Tool => ({
  name,
  work,
  isRecipe,
  missing: () => undefined,
  prepare: ({ home, folder }, seconds) => [
    execPath,
    join(__dirname, 'long-process.js'),
    mode,
    home,
    folder,
    String(seconds),
  ],
});

const lxml = (work: string, mode: 'diff' | 'no-diff'): Tool => ({
  name: 'lxml, one long process',
  work,
  missing: () => (pythonWithLxml() === undefined ? 'python3-lxml is not installed' : undefined),
  prepare: ({ home, folder }, seconds) => {
    const list = join(folder, 'edits.json');
    writeFileSync(list, JSON.stringify(editedFiles.map(lxmlFile)));
    const script = join(projectFolder, '__tests__/benchmarks/edits/lxml_edits.py');
    return [pythonWithLxml() ?? '', script, list, home, folder, String(seconds), mode];
  },
});

/** One process for each file, as a shell script calls it. */
const xmlstarlet: Tool = {
  name: 'xmlstarlet ed, one process a file',
  work: 'edit',
  missing: () => missingProgram('xmlstarlet'),
  prepare: ({ home, folder }, seconds) => {
    const calls = editedFiles.map(({ path, namespace, edits }) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      const names = namespace === undefined ? [] : ['-N', `c=${namespace}`];
      const words = ['xmlstarlet', 'ed', '-P', ...names, ...edits.flatMap((edit) => xmlstarletWords(edit, namespace))];
      return `${[...words, join(home, path)].map(quoted).join(' ')} > ${quoted(join(folder, path))}`;
    });
    return repeatedly(calls, seconds, 20);
  },
};

const augtool: Tool = {
  name: 'augtool (lens Xml), one process a home',
  work: 'edit',
  missing: () => missingProgram('augtool'),
  prepare: ({ home, folder }, seconds) => {
    const root = join(folder, 'root');
    for (const { path } of editedFiles) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(home, path), join(root, path));
    }
    const script = join(folder, 'edits.aug');
    writeFileSync(script, [...editedFiles.flatMap(augeasLines), 'save', ''].join('\n'));
    const transforms = editedFiles.flatMap(({ path }) => ['--transform', `Xml incl /${path}`]);
    const words = ['augtool', '--new', '--noautoload', '--root', root, ...transforms, '--file', script];
    // What it saves goes beside the files, so that each home begins with the same ones.
    const moves = editedFiles.map(
      ({ path }) => `mv ${quoted(join(root, `${path}.augnew`))} ${quoted(join(folder, path))}`,
    );
    return repeatedly([`${words.map(quoted).join(' ')} > /dev/null`], seconds, 5, moves);
  },
};

/** Named for those who look for it; its module is a script over lxml, and pays for that and for itself at each edit. */
const ansible: Tool = {
  name: "ansible's xml module, one task an edit",
  work: 'edit',
  missing: () => missingProgram('ansible') ?? 'not measured: its module starts lxml anew for each edit',
  prepare: () => [],
};

/** Every tool, ours first. */
export const tools: readonly Tool[] = [
  inOneProcess('carbon-patch, one long process', 'patch, verify, diff', 'patch-and-diff'),
  lxml('parse, edit, serialise, parse again, diff', 'diff'),
  inOneProcess('carbon-patch, one long process', 'patch, verify', 'patch'),
  lxml('parse, edit, serialise, parse again', 'no-diff'),
  inOneProcess('xmldom, one long process', 'parse, edit, serialise', 'xmldom'),
  xmlstarlet,
  augtool,
  ansible,
  inOneProcess(
    'carbon-patch, one long process',
    'the recipe of a worker: recognise, plan, verify, diff',
    'recipe',
    true,
  ),
];

function lxmlFile({
  path,
  namespace = null,
  edits,
}: {
  path: string;
  namespace?: string | null;
  edits: readonly WantedEdit[];
}): unknown {
  const prefix = namespace === null ? '' : 'c:';
  return {
    path,
    namespace,
    edits: edits.map(({ at, set, value }) => {
      const xpath = xpathOf(at, prefix);
      if (set === 'text') return { kind: 'text', xpath, value, result: xpath };
      if ('attribute' in set) {
        return { kind: 'attribute', name: set.attribute, xpath, value, result: `${xpath}/@${set.attribute}` };
      }
      const name = set.newElementBehind;
      return { kind: 'element', name, xpath, value, result: xpathOf([...at.slice(0, -1), { name }], prefix) };
    }),
  };
}

function xmlstarletWords({ at, set, value }: WantedEdit, namespace: string | undefined): readonly string[] {
  const xpath = xpathOf(at, namespace === undefined ? '' : 'c:');
  if (set === 'text') return ['-u', xpath, '-v', value];
  if ('attribute' in set) return ['-u', `${xpath}/@${set.attribute}`, '-v', value];
  return ['-a', xpath, '-t', 'elem', '-n', set.newElementBehind, '-v', value];
}

function augeasLines({ path, edits }: EditedFile): readonly string[] {
  return edits.flatMap(({ at, set, value }) => {
    const place = `/files/${path}${at.map(augeasStep).join('')}`;
    // Augeas keeps text as it stands in the file, so what XML needs escaped is escaped here.
    const assigned = `"${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}"`;
    if (set === 'text') return [`set ${place}/#text ${assigned}`];
    if ('attribute' in set) return [`set ${place}/#attribute/${set.attribute} ${assigned}`];
    const added = `/files/${path}${at.slice(0, -1).map(augeasStep).join('')}/${set.newElementBehind}`;
    return [`ins ${set.newElementBehind} after ${place}`, `set ${added}/#text ${assigned}`];
  });
}

function augeasStep({ name, where }: Step): string {
  if (where === undefined) return `/${name}`;
  const asked = where.attribute === undefined ? `${where.child}/#text` : `#attribute/${where.attribute}`;
  return `/${name}[${asked}='${where.value}']`;
}

/** A shell script of some calls again and again; `aSecond` says about how many homes it makes in a second. */
function repeatedly(
  calls: readonly string[],
  seconds: number,
  aSecond: number,
  atEnd: readonly string[] = [],
): readonly string[] {
  const homes = Math.max(1, Math.round(seconds * aSecond));
  const lines = ['set -e', 'i=0', `while [ $i -lt ${homes} ]; do`, ...calls, 'i=$((i+1))', 'done', ...atEnd];
  return ['sh', '-c', [...lines, `echo '{"homes":${homes}}'`].join('\n')];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function missingProgram(name: string): string | undefined {
  return spawnSync(name, ['--version']).error === undefined ? undefined : `${name} is not installed`;
}

/** The first Python that has lxml; that of Debian is not always the first on the path. */
function pythonWithLxml(): string | undefined {
  const hasLxml = (python: string): boolean => spawnSync(python, ['-c', 'import lxml.etree']).status === 0;
  return ['python3', '/usr/bin/python3'].find(hasLxml);
}
