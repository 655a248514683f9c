import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { problemOf, systemCode } from './system-error';

/**
 * Those of these files, given by their true paths, whose access control list or SELinux context a new file in their folder
 * would not have by itself: they have one, or their folder gives one to new files. Node cannot read either, so `ls` is
 * asked, once for all of them; where there is no `ls`, nothing is known and none is given. Throws what starting it throws.
 */
export async function filesWithAccessLists(targets: readonly string[]): Promise<ReadonlySet<string>> {
  const paths = [...new Set(targets.flatMap((target) => [target, dirname(target)]))];
  const looks = new Map<string, Look>();
  for (let start = 0; start < paths.length; start += mostAtOnce) {
    // Without `ls`, as in an image that holds little more than Node, there is nobody to ask.
    const found = await look(paths.slice(start, start + mostAtOnce)).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return new Map<string, Look>();
      throw error;
    });
    for (const [path, one] of found) looks.set(path, one);
  }
  const markOf = (path: string): string => looks.get(path)?.mark ?? '';
  return new Set(targets.filter((target) => markOf(target) !== '' || markOf(dirname(target)) === '+'));
}

/**
 * Gives `copy` the access control list and the SELinux context of `target`, with `cp` where that takes more than nothing,
 * and looks whether it has them. Throws an error in words where they cannot be kept.
 */
export async function keepAccessList(target: string, copy: string): Promise<void> {
  try {
    if (await isAlike(target, copy, 'before')) return;
    await execute('cp', ['--attributes-only', '--preserve=mode,ownership', '--', target, copy]);
    if (await isAlike(target, copy, 'after')) return;
    await execute('cp', ['--attributes-only', '--preserve=context', '--', target, copy]);
    if (await isAlike(target, copy, 'after')) return;
  } catch (error) {
    throw new Error(`its access control list or SELinux context cannot be kept: ${firstLineOf(error)}`, {
      cause: error,
    });
  }
  throw new Error('its access control list or SELinux context cannot be kept by this user');
}

/** Arguments of one command; a system takes some hundred thousand characters. */
const mostAtOnce = 500;

/** What `ls` tells of a file. */
interface Look {
  /** Kind and permissions, such as `-rw-r--r--`. */
  readonly mode: string;
  /** `+` for an access control list, `.` for a SELinux context without one; otherwise empty. */
  readonly mark: string;
  /** The SELinux context; `?` where there is none, empty where it was not asked for. */
  readonly context: string;
}

async function isAlike(target: string, copy: string, when: 'before' | 'after'): Promise<boolean> {
  const looks = await look([target, copy], '-Z');
  const [wanted, made] = [looks.get(target), looks.get(copy)];
  if (!wanted || !made) throw new Error('ls does not show it');
  // Two lists need not be the same one, so the list is copied first.
  if (when === 'before' && [wanted.mark, made.mark].includes('+')) return false;
  return wanted.mode === made.mode && wanted.mark === made.mark && wanted.context === made.context;
}

/** By path, which is absolute and without links. A file that is gone is left out. */
async function look(paths: readonly string[], ...options: readonly string[]): Promise<ReadonlyMap<string, Look>> {
  const words = ['-ldn', ...options, '--', ...paths];
  const { stdout } = await execute('ls', words).catch((error: unknown) => {
    // Where one of the files is gone, the others are told all the same.
    if (isOutput(error)) return error;
    throw error;
  });
  // The columns before the path depend on the language, but none of them begins with a slash.
  const lines = stdout.split('\n').filter((line) => line.includes(' /'));
  return new Map(lines.map((line) => [line.slice(line.indexOf(' /') + 1), lookOf(line, options.includes('-Z'))]));
}

function lookOf(line: string, hasContext: boolean): Look {
  const [column = '', , , , context = ''] = line.split(/ +/);
  const mark = column.slice(10);
  return {
    mode: column.slice(0, 10),
    // Other marks, such as that of macOS for extended attributes, are not about who may do what.
    mark: mark === '+' || mark === '.' ? mark : '',
    context: hasContext ? context : '',
  };
}

/** Runs a program; what runs others is loaded here only, since most runs change no file. */
async function execute(program: string, words: readonly string[]): Promise<{ readonly stdout: string }> {
  const { execFile } = await import('node:child_process');
  return promisify(execFile)(program, words, { maxBuffer: 1 << 26 });
}

/** The exit code of `ls` where a file that it was asked for is not there; BusyBox has 1. */
const someAreGone = [1, 2];

function isOutput(error: unknown): error is { readonly stdout: string; readonly code: unknown } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'stdout' in error &&
    'code' in error &&
    someAreGone.includes(Number(error.code))
  );
}

function firstLineOf(error: unknown): string {
  const complaint = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
  return complaint.split('\n')[0] || problemOf(error);
}
