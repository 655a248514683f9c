import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { block, page } from './markdown';
import { commands } from '../lib/cli/commands';

/** The page of all commands: what the built program in `root` prints for `--help`. */
export function commandPage(root: string): string {
  return page(
    'Commands',
    '`lib/cli/commands`',
    'This is the help that the program prints.\nWhat the options mean and how they work together is told in [cli.md](../cli.md).',
    '## carbon-patch',
    block('text', helpOf(root)),
    ...commands.flatMap(({ name }) => [`## carbon-patch ${name}`, block('text', helpOf(root, name))]),
  );
}

function helpOf(root: string, ...words: readonly string[]): string {
  const program = join(root, 'dist/bin/carbon-patch.js');
  return execFileSync(process.execPath, [program, ...words, '--help'], { encoding: 'utf8' }).trimEnd();
}
