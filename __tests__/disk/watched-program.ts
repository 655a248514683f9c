import fs, { promises } from 'node:fs';
import { join } from 'node:path';
import process, { env, kill, pid } from 'node:process';

// Loaded before the program by `node --require`, this sees every call of `fs.promises` and of its file handles.

/** What is to be done about the calls; the JSON of the variable WATCH. */
export interface Watch {
  /** What a crash would leave: copied before each call that finds it changed, as `<number of the call>` in `copies`. */
  readonly folder: string;
  readonly copies: string;
  /** The process kills itself before this call, counted from 1; it copies nothing then. */
  readonly killAt?: number;
}

const { folder, copies, killAt } = JSON.parse(env['WATCH'] ?? '{}') as Watch;
type Call = (...args: unknown[]) => unknown;

let calls = 0;
let last = '';

function beforeCall(): void {
  calls += 1;
  if (killAt === calls) kill(pid, 'SIGKILL');
  if (killAt === undefined) copyIfChanged();
}

function copyIfChanged(): void {
  const shape = shapeOf(folder);
  if (shape !== last) fs.cpSync(folder, join(copies, String(calls)), { recursive: true, verbatimSymlinks: true });
  last = shape;
}

/** Tells two states of a folder apart, without the bytes: every write of this program makes another file or a longer one. */
function shapeOf(path: string): string {
  const { ino, size, mode, mtimeNs } = fs.lstatSync(path, { bigint: true });
  const own = `${path} ${ino} ${size} ${mode} ${mtimeNs}\n`;
  const isFolder = fs.lstatSync(path).isDirectory();
  return (
    own +
    (isFolder
      ? fs
          .readdirSync(path)
          .sort()
          .map((name) => shapeOf(join(path, name)))
          .join('')
      : '')
  );
}

function watch(api: Record<string, Call>): void {
  for (const name of Object.getOwnPropertyNames(api)) {
    const original = api[name];
    if (name === 'constructor' || typeof original !== 'function') continue;
    api[name] = function (this: unknown, ...args: unknown[]) {
      beforeCall();
      return original.apply(this, args);
    };
  }
}

watch(promises as unknown as Record<string, Call>);
const watchedOpen = promises.open;
let knowsHandles = false;
promises.open = async (...args) => {
  const handle = await watchedOpen(...args);
  if (!knowsHandles) watch(Object.getPrototypeOf(handle) as Record<string, Call>);
  knowsHandles = true;
  return handle;
};
process.on('exit', () => {
  if (killAt === undefined) copyIfChanged();
  fs.writeFileSync(join(copies, 'calls'), String(calls));
});
