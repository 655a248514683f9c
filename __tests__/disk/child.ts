import { promises as fs, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { argv, kill, pid, stdout } from 'node:process';
import { commit, commitAll, type FileReplacement } from '../../lib/disk/commit';
import { digestOf } from '../../lib/disk/read-file';
import { recover } from '../../lib/disk/recover';
import { undo, undoAll } from '../../lib/disk/undo';
import { CarbonPatchError } from '../../lib/errors';
import { startNoPrograms } from './no-programs';

/** What goes wrong in a run: the operating system is made to misbehave at the call with this number, counted from 1. */
export interface Fault {
  /**
   * `kill`: the run stops before the call, for ever. `tear`: it stops with half of the bytes written, where the call
   * writes. The process kills itself once all runs are over or stopped, so that a stopped run is a killed run.
   * `fail`: that call fails. `failFrom`: that call and all later ones fail. `edit`: a person changes a file before the call.
   */
  readonly kind: 'kill' | 'tear' | 'fail' | 'failFrom' | 'edit';
  readonly at: number;
  /** The code of the failure. */
  readonly code?: string;
  /** The path, relative to the home, and the new content of the file that a person changes. */
  readonly edit?: readonly [path: string, text: string];
  /**
   * Which calls are counted: functions of `fs.promises`, with flags for `open`, and `handle.` with a method of a file handle;
   * `all` for every call of either.
   */
  readonly calls: readonly string[] | 'all';
  /** Only calls about this folder and what is in it are counted. */
  readonly within?: string;
}

/** Replacements of files; bytes are given as text. */
export type TextReplacements = readonly (Omit<FileReplacement, 'bytes'> & { readonly text: string })[];

/** One thing for the child process to do. */
export interface Run {
  readonly home: string;
  readonly action: 'commit' | 'undo' | 'recover';
  readonly replacements?: TextReplacements;
  /** More homes, for one `commitAll` or `undoAll` over all of them. */
  readonly others?: readonly { readonly home: string; readonly replacements?: TextReplacements }[];
  readonly fault?: Fault;
  /** True where the outcome is to hold the operations. */
  readonly isRecorded?: true;
  /** True where the replacements are to be of what the files hold when the run begins, whatever their digests say. */
  readonly isRebased?: true;
  /** Files, by the end of their path, that cannot be renamed over, like files mounted into a container. */
  readonly busy?: readonly string[];
  /** Functions of `fs.promises` that the file system does not know: they fail with EPERM. */
  readonly without?: readonly string[];
  /** Files, by the end of their path, that `stat` and `lstat` say belong to another user. */
  readonly foreign?: readonly string[];
}

/** One change of the disk, or a sync, which makes changes last; paths are absolute. */
export type Operation =
  | { readonly kind: 'mkdir' | 'create' | 'remove' | 'sync'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string };

/** What came of a run, and how many of the counted calls it made. */
export interface Outcome {
  readonly calls: number;
  /** True where a fault stopped the run. */
  readonly isKilled?: true;
  readonly result?: unknown;
  /** The writes, syncs and renames, with their paths. */
  readonly trace?: readonly string[];
  /** What changed the disk, in order; only where it was asked for. */
  readonly operations?: readonly Operation[];
  readonly error?: { readonly code: string; readonly message: string; readonly details: unknown };
}

type Call = (...args: unknown[]) => Promise<unknown>;
type Api = Record<string, Call>;

let current: Run | undefined;
let calls = 0;
let trace: string[] = [];
let operations: Operation[] = [];
const paths = new Map<unknown, unknown>();
let stop = (): void => undefined;
/** Keeps what a stopped run holds: Node would close its files, with a warning, as soon as nothing refers to them. */
const stopped: unknown[] = [];

async function main(): Promise<void> {
  const runs = JSON.parse(readFileSync(argv[2] ?? '', 'utf8')) as readonly Run[];
  const handle = await fs.open(argv[1] ?? '', 'r');
  intercept(fs as unknown as Api, '');
  intercept(Object.getPrototypeOf(handle) as Api, 'handle.');
  await handle.close();
  if (runs.length > mostWithPrograms) startNoPrograms();
  const outcomes: Outcome[] = [];
  for (const run of runs) outcomes.push(await perform(run));
  stdout.write(JSON.stringify(outcomes));
  if (outcomes.some(({ isKilled }) => isKilled)) kill(pid, 'SIGKILL');
}

/** Runs of which there are so many do without other programs. */
const mostWithPrograms = 20;

async function perform(run: Run): Promise<Outcome> {
  current = run;
  calls = 0;
  trace = [];
  operations = [];
  const killed = new Promise<Outcome>((resolve) => (stop = () => resolve({ isKilled: true, calls })));
  try {
    return await Promise.race([
      killed,
      act(run).then((result) => ({ result, calls, trace, ...(run.isRecorded && { operations }) })),
    ]);
  } catch (error) {
    if (!(error instanceof CarbonPatchError)) throw error;
    const { code, message, details } = error as CarbonPatchError;
    return { error: { code, message, details }, calls };
  } finally {
    current = undefined;
  }
}

async function act({ home, action, replacements, others, isRebased }: Run): Promise<unknown> {
  if (action === 'recover') return recover(home);
  if (action === 'undo') return others ? undoAll([home, ...others.map((other) => other.home)]) : undo(home);
  const label = { role: 'worker' };
  const parts = [{ home, replacements }, ...(others ?? [])].map((part) => {
    const found = isRebased ? rebased(part.home, part.replacements) : part.replacements;
    return { home: part.home, replacements: withBytes(found), label };
  });
  return others ? commitAll(parts) : commit(home, parts[0]?.replacements ?? [], label);
}

function rebased(home: string, replacements: TextReplacements = []): TextReplacements {
  return replacements.map((file) => ({ ...file, baseDigest: digestOf(readFileSync(join(home, file.path))) }));
}

function withBytes(replacements: TextReplacements = []): readonly FileReplacement[] {
  return replacements.map(({ text, ...file }) => ({ ...file, bytes: Buffer.from(text) }));
}

function intercept(api: Api, prefix: string): void {
  const names = Object.getOwnPropertyNames(api).filter(
    (name) => name !== 'constructor' && typeof api[name] === 'function',
  );
  for (const name of names) {
    const original = api[name] as Call;
    api[name] = async function (this: unknown, ...args: unknown[]) {
      refuseAlways(prefix, name, args);
      const label = `${prefix}${name}${name === 'open' ? ` ${String(args[1])}` : ''}`;
      await misbehave(label, prefix === '' ? args[0] : paths.get(this), args, (...changed) =>
        original.apply(this, changed),
      );
      const result = await original.apply(this, args);
      remember(label, prefix === '' ? args : [paths.get(this)]);
      record(label, prefix === '' ? args : [paths.get(this), ...args]);
      if (name === 'open') paths.set(result, args[0]);
      return name.endsWith('stat') && isListed(current?.foreign, args[0]) ? withForeignOwner(result) : result;
    };
  }
}

/** Throws what the system of the current run says to every call of this kind. */
function refuseAlways(prefix: string, name: string, args: readonly unknown[]): void {
  if (name === 'rename' && isListed(current?.busy, args[1])) throw failure('EBUSY');
  if (prefix === '' && current?.without?.includes(name)) throw failure('EPERM');
}

/** Does what the fault of the current run says, where this call is the one. */
async function misbehave(label: string, path: unknown, args: readonly unknown[], original: Call): Promise<void> {
  const fault = current?.fault;
  if (!fault || (fault.calls !== 'all' && !fault.calls.includes(label))) return;
  if (fault.within !== undefined && !`${String(path)}/`.startsWith(`${fault.within}/`)) return;
  calls += 1;
  if (fault.kind === 'failFrom' ? calls < fault.at : calls !== fault.at) return;
  if (fault.code !== undefined) throw failure(fault.code);
  if (fault.edit) {
    writeFileSync(join(current?.home ?? '', fault.edit[0]), fault.edit[1]);
    return;
  }
  if (fault.kind === 'tear' && label === 'handle.writeFile') {
    const bytes = args[0] as Uint8Array;
    await original(bytes.subarray(0, bytes.length / 2));
  }
  stop();
  await new Promise((resolve) => stopped.push(resolve));
}

/** Adds to the trace what writes or makes lasting: paths relative to the home, or to the folder of several homes, and names that differ each time without what differs. */
function remember(label: string, args: readonly unknown[]): void {
  if (!['handle.sync', 'handle.writeFile', 'rename'].includes(label) || !current) return;
  const base = current.others ? dirname(current.home) : current.home;
  const places = args.filter((arg): arg is string => typeof arg === 'string' && arg.startsWith(base));
  const names = places.map((place) => relative(base, place).replace(/[0-9a-f]{16}/, '*'));
  trace.push([label.replace('handle.', ''), ...names.map((name) => (name === '' ? '.' : name))].join(' '));
}

function record(label: string, [path, given]: readonly unknown[]): void {
  if (typeof path !== 'string') return;
  if (label === 'mkdir') operations.push({ kind: 'mkdir', path });
  if (label === 'open wx' || label === 'writeFile') operations.push({ kind: 'create', path });
  if (label === 'writeFile' || label === 'handle.writeFile')
    operations.push({ kind: 'write', path, text: String(given) });
  if (label === 'handle.sync') operations.push({ kind: 'sync', path });
  if (label === 'rename') operations.push({ kind: 'rename', path, to: String(given) });
  if (label === 'rm' || label === 'rmdir') operations.push({ kind: 'remove', path });
}

function isListed(ends: readonly string[] | undefined, path: unknown): boolean {
  return ends?.some((end) => String(path).endsWith(end)) ?? false;
}

function withForeignOwner(result: unknown): unknown {
  const attributes = result as { readonly uid: number };
  return Object.assign(attributes, { uid: attributes.uid + 1 });
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: made to fail, call`), { code });
}

void main();
