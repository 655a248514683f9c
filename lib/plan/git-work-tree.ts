import { dirname, join, relative, sep } from 'node:path';
import { fileExists, folderExists, readFile } from '../disk/read-file';
import { realPathOf } from '../disk/real-path';

/** What has to be put into which file, so that git leaves the originals of homes alone. */
export interface MissingIgnore {
  /** The first of the homes that lie in this work tree, as it was given. */
  readonly home: string;
  readonly gitignore: string;
  readonly line: string;
}

/** The folder in a home that holds its originals, and so its passwords. */
const stateFolder = '.carbon-patch';

/**
 * The git work trees that would take the originals of these homes into a commit, one entry a tree; none where no home lies
 * in one, or where it ignores the folder. The ignore files of the tree are read, those of the user are not. What cannot be
 * read counts as not there.
 */
export async function missingIgnores(homes: readonly string[]): Promise<readonly MissingIgnore[]> {
  const missing = new Map<string, MissingIgnore>();
  for (const home of homes) {
    const folder = join(await realPathOf(home), stateFolder);
    const tree = await workTreeOf(dirname(folder));
    if (tree === undefined || (await isIgnored(folder, tree))) continue;
    const gitignore = join(tree, '.gitignore');
    if (!missing.has(tree)) missing.set(tree, { home, gitignore, line: `${stateFolder}/` });
  }
  return [...missing.values()];
}

/** The nearest folder upwards that has a `.git`, which is a file in a linked work tree. */
async function workTreeOf(folder: string): Promise<string | undefined> {
  const git = join(folder, '.git');
  const isThere = await Promise.all([folderExists(git), fileExists(git)]).catch(() => [false]);
  if (isThere.includes(true)) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : workTreeOf(parent);
}

async function isIgnored(folder: string, tree: string): Promise<boolean> {
  const files = [{ base: tree, path: join(tree, '.git/info/exclude') }];
  const steps = relative(tree, dirname(folder)).split(sep);
  for (let depth = 0; depth <= steps.length; depth++) {
    const base = join(tree, ...steps.slice(0, depth));
    files.push({ base, path: join(base, '.gitignore') });
  }
  let ignored = false;
  // The last line that fits decides, and the files nearer to the folder come last.
  for (const { base, path } of files) {
    for (const { fits, isNegated } of await ignoreLines(path)) {
      if (withParents(relative(base, folder)).some((one) => fits.test(one))) ignored = !isNegated;
    }
  }
  return ignored;
}

interface IgnoreLine {
  readonly fits: RegExp;
  readonly isNegated: boolean;
}

async function ignoreLines(path: string): Promise<readonly IgnoreLine[]> {
  const content = await readFile(path).catch(() => undefined);
  const lines = Buffer.from(content?.bytes ?? [])
    .toString('utf8')
    .split(/\r?\n/);
  return lines
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ fits: patternOf(line.replace(/^!/, '')), isNegated: line.startsWith('!') }));
}

/** `a/b/c` and the folders above it: what ignores one of those ignores it too. */
function withParents(path: string): readonly string[] {
  const steps = path.split(sep);
  return steps.map((_step, index) => steps.slice(0, index + 1).join('/'));
}

/** A line of an ignore file as an expression for paths below its folder; one with a slash before its end counts from there. */
function patternOf(line: string): RegExp {
  const glob = line.replace(/\/$/, '');
  const source = glob
    .replace(/^\//, '')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (wild) => wildcards[wild] ?? wild);
  try {
    return new RegExp(`^${glob.includes('/') ? '' : '(?:.*/)?'}${source}$`);
  } catch {
    // Brackets that mean nothing to git either.
    return /(?!)/;
  }
}

const wildcards: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
