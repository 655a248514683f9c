import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { each, median, megabytesText, minimum, ratioText, secondsText } from './figures';
import { measureInTurn, type Command, type ProcessRun } from './measure-process';
import { esbHome, inNewFolder, program, tell } from './real-homes';
import type { BenchOptions, Section, Table } from './section';

interface StartUp extends Command {
  /** At most this many times the CPU time of `node -e 0`. */
  readonly target?: number;
}

/** What a short command costs as a whole process, against a Node that does nothing. */
export const startUp: Section = {
  summary: 'whole processes of short commands against `node -e 0`',
  run: (options) => inNewFolder((folder) => measureStartUp(folder, options)),
};

function measureStartUp(folder: string, { rounds }: BenchOptions): readonly (string | Table)[] {
  const home = esbHome();
  const commands = commandsFor(home.path, makePatchedCopy(home.path, folder));
  tell(`start-up: ${commands.length} commands, ${rounds} rounds`);
  const runs = measureInTurn(commands, { warmUps: 1, rounds });
  const base = minimum(each(runs[0] ?? [], 'cpuSeconds'));
  return [
    `The home is ${home.label}; the least of ${rounds} runs of each, in turn, and the median behind it.`,
    [
      ['Process', 'CPU against `node -e 0`', 'Target', 'CPU', 'Wall', 'Peak memory'],
      ...commands.map((command, index) => rowOf(command, runs[index] ?? [], base)),
    ],
  ];
}

function makePatchedCopy(home: string, folder: string): string {
  const copy = join(folder, 'patched');
  cpSync(home, copy, { recursive: true });
  measureInTurn([carbonPatch('apply', 'apply', '--role', 'worker', '--home', copy, '--yes')], {
    warmUps: 0,
    rounds: 1,
  });
  return copy;
}

function commandsFor(home: string, patched: string): readonly StartUp[] {
  const worker = ['--role', 'worker', '--home'];
  return [
    { name: '`node -e 0`', words: [execPath, '-e', '0'] },
    { ...carbonPatch('`--version`', '--version'), target: 1.25 },
    { ...carbonPatch('`--help`', '--help'), target: 1.25 },
    carbonPatch('`apply --help`', 'apply', '--help'),
    { ...carbonPatch('`apply --dry-run`', 'apply', '--dry-run', ...worker, home), target: 1.8 },
    carbonPatch('`apply`, nothing to do', 'apply', '--yes', ...worker, patched),
  ];
}

function carbonPatch(name: string, ...words: readonly string[]): Command {
  return { name, words: [execPath, program, ...words] };
}

function rowOf({ name, target }: StartUp, runs: readonly ProcessRun[], base: number): readonly string[] {
  const cpu = each(runs, 'cpuSeconds');
  const wall = each(runs, 'wallSeconds');
  return [
    name,
    ratioText(minimum(cpu) / base),
    target === undefined ? '' : `at most ${ratioText(target)}`,
    `${secondsText(minimum(cpu))} (${secondsText(median(cpu))})`,
    `${secondsText(minimum(wall))} (${secondsText(median(wall))})`,
    megabytesText(minimum(each(runs, 'peakBytes'))),
  ];
}
