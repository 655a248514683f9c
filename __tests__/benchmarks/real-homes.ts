import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cwd } from 'node:process';

/** The folder of the project: npm and jest run there, and what is compiled lies elsewhere. */
export const projectFolder = cwd();

/** The built program. */
export const program = join(projectFolder, 'dist/bin/carbon-patch.js');

/** A home to measure with, and how the page names it. */
export interface MeasuredHome {
  readonly path: string;
  readonly label: string;
}

const corpus = join(projectFolder, '../shared/corpus');

/** Where XML files of real homes are, or else those of the fixtures. */
export function homesFolder(): MeasuredHome {
  return existsSync(corpus)
    ? { path: corpus, label: 'published homes' }
    : { path: join(projectFolder, 'fixtures/homes'), label: 'the fixture homes' };
}

/** A real ESB 5.0.0 with the Hazelcast agent, or else the fixture in its shape. */
export function esbHome(): MeasuredHome {
  return realOr('esb-5.0.0__eristoddle-WSO2-Docker-Compose', 'esb-5.0.0', 'ESB 5.0.0');
}

/** A real ELB 2.1.0, or else the fixture in its shape. */
export function elbHome(): MeasuredHome {
  return realOr('elb-2.1.0__wso2-attic-platform', 'elb-2.1.0', 'ELB 2.1.0');
}

function realOr(real: string, fixture: string, name: string): MeasuredHome {
  const path = join(corpus, real);
  return existsSync(path)
    ? { path, label: `a real ${name}` }
    : { path: join(projectFolder, 'fixtures/homes', fixture), label: `the fixture \`${fixture}\`` };
}

/** Gives a new folder to some work and removes it afterwards. */
export async function inNewFolder<Result>(work: (folder: string) => Result | Promise<Result>): Promise<Result> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carbon-patch-bench-')));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells on standard error what is being done; standard output is for the figures. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
