import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, root } from './fresh-build';
import { runNode, runProcess, type Ended } from './run-node';

/** The homes that the pages talk about, and the fixture home that stands for each. */
const homes: Readonly<Record<string, string>> = {
  '/opt/esb': 'esb-5.0.0',
  '/opt/elb': 'elb-2.1.0',
  '/opt/am': 'am-3.0.0-toml',
  '/opt/cluster/elb': 'elb-2.1.0',
  '/opt/cluster/manager': 'esb-5.0.0',
  '/opt/cluster/worker1': 'esb-5.0.0',
  '/opt/cluster/worker2': 'esb-5.0.0',
};

/** What the pages call the folder in which the commands are run. */
const currentFolder = '/home/me';

/** A machine as the pages describe it: fresh homes in `/opt`, the program by its name, the package for scripts. */
export interface Session {
  /** What a shell does with these lines, `/opt` meaning the homes of this session; its stderr goes to stdout where `merged`. */
  shell(lines: string, merged: boolean): Ended;
  /** What Node does with a script. */
  script(text: string, kind: 'commonjs' | 'module'): Ended;
  /** Makes a file in the current folder, `/opt` in it meaning the homes of this session. */
  write(name: string, text: string): void;
  remove(): void;
}

/** A new session in a folder of its own. */
export function newSession(): Session {
  // A short name, as excerpts of files that hold it are cut where they are long.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'docs-')));
  for (const [place, fixture] of Object.entries(homes)) {
    cpSync(join(root, 'fixtures/homes', fixture), join(folder, place), { recursive: true });
  }
  makeCommand(folder);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/carbon-patch'));
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1' };
  const here = (text: string): string => text.replace(/(?<![\w/])\/opt\//g, `${folder}/opt/`);
  const shown = (text: string): string =>
    text.replaceAll(`${folder}/opt/`, '/opt/').replaceAll(`${folder}/`, `${currentFolder}/`);
  const there = ({ code, stdout, stderr }: Ended): Ended => ({ code, stdout: shown(stdout), stderr: shown(stderr) });
  return {
    shell: (lines, merged) => {
      const words = ['-c', `${merged ? 'exec 2>&1\n' : ''}${here(lines)}`];
      return there(runProcess('bash', words, { cwd: folder, env }));
    },
    script: (text, kind) => {
      const path = join(folder, kind === 'module' ? 'script.mjs' : 'script.cjs');
      writeFileSync(path, here(text));
      return there(runNode([path], { cwd: folder, env }));
    },
    write: (name, text) => {
      writeFileSync(join(folder, name), here(text));
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCommand(folder: string): void {
  mkdirSync(join(folder, 'bin'));
  const path = join(folder, 'bin/carbon-patch');
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(path, 0o755);
}
