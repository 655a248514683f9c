import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The folder of the project. */
export const root = join(__dirname, '..');

/** The built program. */
export const program = join(root, 'dist/bin/carbon-patch.js');

/** How long a test that builds may take, in milliseconds. */
export const buildTime = 180_000;

/**
 * Brings `dist` up to date with `lib` and `bin`, where it is not; also removes what has no source any more.
 * Test files run at the same time, so only one of them builds. Throws what the compiler says where it finds errors.
 */
export async function freshBuild(): Promise<void> {
  await withBuildLock(() => {
    const sources = [...filesIn('lib'), ...filesIn('bin')].filter((path) => path.endsWith('.ts'));
    const wanted = new Set(sources.flatMap((path) => [withEnding(path, '.js'), withEnding(path, '.d.ts')]));
    const extra = filesIn('dist').filter((path) => !wanted.has(path));
    if (sources.every(isBuilt) && sameNames(extra, bundled) && bundled.every(isBundled)) return;
    for (const path of extra) rmSync(join(root, path));
    compile();
    bundle();
  });
}

function compile(): void {
  const compiler = require.resolve('typescript/bin/tsc');
  const words = [compiler, '--project', 'tsconfig.build.json', '--noEmitOnError'];
  try {
    execFileSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`the project does not compile: ${(error as { readonly stdout: string }).stdout}`, { cause: error });
  }
}

/** What the last step of the build makes of the compiled modules. */
const bundled = ['help.json', 'program.bundle.js', `program.bundle.${process.version}-${process.arch}.compiled`].map(
  (name) => join('dist/bin', name),
);

function isBundled(path: string): boolean {
  return statSync(join(root, path)).mtimeMs >= statSync(join(root, 'bin/bundle.mjs')).mtimeMs;
}

function bundle(): void {
  execFileSync(process.execPath, ['bin/bundle.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

function sameNames(found: readonly string[], wanted: readonly string[]): boolean {
  return found.length === wanted.length && wanted.every((name) => found.includes(name));
}

function isBuilt(source: string): boolean {
  const output = join(root, withEnding(source, '.js'));
  return existsSync(output) && statSync(output).mtimeMs >= statSync(join(root, source)).mtimeMs;
}

/** `lib/text/edit.ts` → `dist/lib/text/edit.js`. */
function withEnding(source: string, ending: string): string {
  return join('dist', source.replace(/\.ts$/, ending));
}

function filesIn(folder: string): readonly string[] {
  const place = join(root, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

async function withBuildLock(work: () => void): Promise<void> {
  const cache = join(root, 'node_modules/.cache/carbon-patch');
  const lock = join(cache, 'building');
  mkdirSync(cache, { recursive: true });
  while (!tryToMake(lock)) {
    // A run that was killed leaves its lock behind.
    if (isOlderThan(lock, buildTime)) rmSync(lock, { recursive: true, force: true });
    await sleep(100);
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryToMake(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function isOlderThan(folder: string, milliseconds: number): boolean {
  return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > milliseconds;
}
