import { promises as fs } from 'node:fs';
import { argv, kill, pid, stdout } from 'node:process';
import { commit, type FileReplacement } from '../../lib/disk/commit';
import { recover } from '../../lib/disk/recover';
import { undo } from '../../lib/disk/undo';
import { CarbonPatchError } from '../../lib/errors';

/** What goes wrong in a run: the operating system is made to misbehave at the call with this number, counted from 1. */
export interface Fault {
  /**
   * `kill`: the run stops before the call, for ever. `tear`: it stops with half of the bytes written, where the call
   * writes. The process kills itself once all runs are over or stopped, so that a stopped run is a killed run.
   * `fail`: that call fails. `failFrom`: that call and all later ones fail.
   */
  readonly kind: 'kill' | 'tear' | 'fail' | 'failFrom';
  readonly at: number;
  /** The code of the failure. */
  readonly code?: string;
  /** Which calls are counted: functions of `fs.promises`, with flags for `open`, and `handle.` with a method of a file handle. */
  readonly calls: readonly string[];
}

/** One thing for the child process to do; bytes are given as text. */
export interface Run {
  readonly home: string;
  readonly action: 'commit' | 'undo' | 'recover';
  readonly replacements?: readonly (Omit<FileReplacement, 'bytes'> & { readonly text: string })[];
  readonly fault?: Fault;
  /** Files, by the end of their path, that cannot be renamed over, like files mounted into a container. */
  readonly busy?: readonly string[];
  /** Files, by the end of their path, that `stat` and `lstat` say belong to another user. */
  readonly foreign?: readonly string[];
}

/** What came of a run, and how many of the counted calls it made. */
export interface Outcome {
  readonly calls: number;
  /** True where a fault stopped the run. */
  readonly isKilled?: true;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly details: unknown };
}

type Call = (...args: unknown[]) => Promise<unknown>;
type Api = Record<string, Call>;

let current: Run | undefined;
let calls = 0;
let stop = (): void => undefined;
/** Keeps what a stopped run holds: Node would close its files, with a warning, as soon as nothing refers to them. */
const stopped: unknown[] = [];

async function main(): Promise<void> {
  const handle = await fs.open(argv[1] ?? '', 'r');
  intercept(fs as unknown as Api, '');
  intercept(Object.getPrototypeOf(handle) as Api, 'handle.');
  await handle.close();
  const outcomes: Outcome[] = [];
  for (const run of JSON.parse(argv[2] ?? '[]') as readonly Run[]) outcomes.push(await perform(run));
  stdout.write(JSON.stringify(outcomes));
  if (outcomes.some(({ isKilled }) => isKilled)) kill(pid, 'SIGKILL');
}

async function perform(run: Run): Promise<Outcome> {
  current = run;
  calls = 0;
  const killed = new Promise<Outcome>((resolve) => (stop = () => resolve({ isKilled: true, calls })));
  try {
    return await Promise.race([killed, act(run).then((result) => ({ result, calls }))]);
  } catch (error) {
    if (!(error instanceof CarbonPatchError)) throw error;
    const { code, message, details } = error as CarbonPatchError;
    return { error: { code, message, details }, calls };
  } finally {
    current = undefined;
  }
}

async function act({ home, action, replacements = [] }: Run): Promise<unknown> {
  if (action === 'recover') return recover(home);
  if (action === 'undo') return undo(home);
  const files = replacements.map(({ path, baseDigest, text }) => ({ path, baseDigest, bytes: Buffer.from(text) }));
  return commit(home, files, { role: 'worker' });
}

function intercept(api: Api, prefix: string): void {
  const names = Object.getOwnPropertyNames(api).filter(
    (name) => name !== 'constructor' && typeof api[name] === 'function',
  );
  for (const name of names) {
    const original = api[name] as Call;
    api[name] = async function (this: unknown, ...args: unknown[]) {
      await misbehave(`${prefix}${name}`, args, (...changed) => original.apply(this, changed));
      return withForeignOwner(name, args, await original.apply(this, args));
    };
  }
}

async function misbehave(name: string, args: readonly unknown[], original: Call): Promise<void> {
  if (name === 'rename' && current?.busy?.some((end) => String(args[1]).endsWith(end))) throw failure('EBUSY', name);
  const fault = current?.fault;
  if (!fault?.calls.includes(name === 'open' ? `open ${String(args[1])}` : name)) return;
  calls += 1;
  if (fault.kind === 'failFrom' ? calls < fault.at : calls !== fault.at) return;
  if (fault.code !== undefined) throw failure(fault.code, name);
  if (fault.kind === 'tear' && name === 'handle.writeFile') {
    const bytes = args[0] as Uint8Array;
    await original(bytes.subarray(0, bytes.length / 2));
  }
  stop();
  await new Promise((resolve) => stopped.push(resolve));
}

function withForeignOwner(name: string, args: readonly unknown[], result: unknown): unknown {
  const isForeign = ['stat', 'lstat'].includes(name) && current?.foreign?.some((end) => String(args[0]).endsWith(end));
  const attributes = result as { readonly uid: number };
  return isForeign ? Object.assign(attributes, { uid: attributes.uid + 1 }) : result;
}

function failure(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: made to fail, ${call}`), { code });
}

void main();
