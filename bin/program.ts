import { join } from 'node:path';
import { arch, env, version } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import type { run } from '../lib/cli/run';
import { builtFile } from './built-file';

/** What the entry of the program gives. */
export interface Program {
  readonly run: typeof run;
}

/**
 * The program: from the one file into which the build bundles it, which saves looking for two hundred modules; else module
 * by module, also with `DEBUG=carbon-patch`, so that a stack trace names files and lines that can be read.
 */
export async function program(): Promise<Program> {
  const bundled = env['DEBUG']?.includes('carbon-patch') ? undefined : bundledProgram();
  return bundled?.load() ?? import('../lib/cli/run');
}

/** The program in one file. */
export interface BundledProgram {
  readonly script: Script;
  load(): Program;
}

/**
 * The bundle, with the code to which the build compiled it where that was done by this very version of Node; undefined
 * where there is no bundle of these modules.
 */
export function bundledProgram(): BundledProgram | undefined {
  // A run over one home is over before optimised code has paid for its compilation; a long run still gets it, later.
  setFlagsFromString('--interrupt-budget=500000');
  const text = builtFile(bundlePath)?.toString('latin1');
  if (text === undefined) return undefined;
  const cachedData = builtFile(compiledPath);
  const script = new Script(text, { filename: bundlePath, ...(cachedData && { cachedData }) });
  return { script, load: () => loaded(script) };
}

function loaded(script: Script): Program {
  const module: { exports: unknown } = { exports: {} };
  const wrapper = script.runInThisContext() as Wrapper;
  wrapper(module.exports, require, module, bundlePath, __dirname);
  return module.exports as Program;
}

/** Where the build puts the bundle: ASCII, and one expression, a function as Node wraps a module. */
export const bundlePath = join(__dirname, 'program.bundle.js');

/** Where the build puts the compiled code of the bundle, which is good for one version of Node on one kind of machine. */
export const compiledPath = join(__dirname, `program.bundle.${version}-${arch}.compiled`);

type Wrapper = (exports: unknown, require: NodeRequire, module: unknown, path: string, folder: string) => void;
