import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grouped, median, minimum, ratioText } from '../figures';
import { measureInTurn, type Command, type ProcessRun } from '../measure-process';
import { esbHome, inNewFolder, tell } from '../real-homes';
import type { BenchOptions, Section, Table } from '../section';
import { judge, type Verdict } from './expected';
import { tools, type Tool } from './tools';
import { editCount, editedFiles } from './wanted-edits';

/** The same edits of the same files by other tools, their results compared before they are timed. */
export const edits: Section = {
  summary: 'the same edits by lxml, xmlstarlet, xmldom and augtool',
  run: (options) => inNewFolder((folder) => measureEdits(folder, options)),
};

/** A tool with what it made, and how long it took for a home. */
interface Contender {
  readonly tool: Tool;
  readonly folder: string;
  readonly missing: string | undefined;
  /** `undefined` where it made nothing that could be compared. */
  readonly verdict?: Verdict | undefined;
  /** Seconds of CPU time for one home; none where it was not timed. */
  readonly seconds: readonly number[];
}

/** How long a long process works in each round, in seconds of CPU time. */
const roundSeconds = 3;

function measureEdits(folder: string, { rounds }: BenchOptions): readonly (string | Table)[] {
  const home = esbHome();
  const times = Math.min(rounds, 5);
  const tried = tools.map((tool, index) => tryTool(tool, home.path, join(folder, String(index))));
  const own = tried[0]?.folder ?? '';
  const judged = tried.map((one) => ({ ...one, verdict: verdictOf(one, home.path, own) }));
  const timed = timeTools(judged, home.path, times);
  const base = minimum(timed[0]?.seconds ?? []);
  return [
    `${editCount} settings in ${editedFiles.length} files of ${home.label}; one core's time, the best of ${times} rounds in turn, and the median behind it.`,
    [
      ['Tool', 'For each home', 'Speed against the first', 'Homes a second', 'Result', 'Other lines changed'],
      ...timed.map((one) => rowOf(one, base)),
    ],
  ];
}

function tryTool(tool: Tool, home: string, folder: string): Contender {
  mkdirSync(folder);
  const missing = tool.missing();
  tell(`edits: ${tool.name}: ${missing ?? tool.work}`);
  if (missing === undefined) measureInTurn([commandOf(tool, home, folder, 0)], { warmUps: 0, rounds: 1 });
  return { tool, folder, missing, seconds: [] };
}

function commandOf(tool: Tool, home: string, folder: string, seconds: number): Command {
  return { name: tool.name, words: tool.prepare({ home, folder }, seconds) };
}

function verdictOf({ tool, folder, missing }: Contender, home: string, own: string): Verdict | undefined {
  if (missing !== undefined || tool.isRecipe === true) return undefined;
  const verdicts = editedFiles.map((file) => {
    const place = join(folder, file.path);
    const after = existsSync(place) ? readFileSync(place) : Buffer.alloc(0);
    return judge(file, readFileSync(join(home, file.path)), readFileSync(join(own, file.path)), after);
  });
  const sum = (figure: 'lostComments' | 'changedLines' | 'otherLines'): number =>
    verdicts.reduce((total, verdict) => total + verdict[figure], 0);
  return {
    isRight: verdicts.every(({ isRight }) => isRight),
    lostComments: sum('lostComments'),
    changedLines: sum('changedLines'),
    otherLines: sum('otherLines'),
  };
}

/** Those whose result is right, and the recipe, in turn. */
function timeTools(contenders: readonly Contender[], home: string, rounds: number): readonly Contender[] {
  const able = contenders.filter(({ tool, verdict }) => tool.isRecipe === true || verdict?.isRight === true);
  tell(`edits: ${able.length} tools, ${rounds} rounds of ${roundSeconds} seconds`);
  const commands = able.map(({ tool, folder }) => commandOf(tool, home, folder, roundSeconds));
  const runs = measureInTurn(commands, { warmUps: 0, rounds });
  return contenders.map((one) => ({ ...one, seconds: (runs[able.indexOf(one)] ?? []).map(secondsOfHome) }));
}

function secondsOfHome(run: ProcessRun): number {
  const { homes, cpuSeconds = run.cpuSeconds } = JSON.parse(run.stdout) as {
    readonly homes: number;
    readonly cpuSeconds?: number;
  };
  return cpuSeconds / homes;
}

function rowOf({ tool, missing, verdict, seconds }: Contender, base: number): readonly string[] {
  const names = [tool.name, tool.work];
  if (missing !== undefined) return [...names, '', missing, '', ''];
  const rate = (one: number): string => (one < 0.1 ? grouped(1 / one) : (1 / one).toFixed(1));
  const speed = seconds.length === 0 ? 'not timed' : ratioText(base / minimum(seconds));
  const homes = seconds.length === 0 ? '' : `${rate(minimum(seconds))} (${rate(median(seconds))})`;
  return [...names, speed, homes, resultText(tool, verdict), changedText(verdict)];
}

function resultText({ isRecipe }: Tool, verdict: Verdict | undefined): string {
  if (isRecipe === true || verdict === undefined) return 'other edits';
  if (!verdict.isRight) return 'wrong';
  return verdict.lostComments === 0 ? 'right' : `right, ${verdict.lostComments} comments lost`;
}

function changedText(verdict: Verdict | undefined): string {
  if (verdict === undefined) return '';
  const { changedLines, otherLines } = verdict;
  return `${changedLines === 0 ? 'none' : grouped(changedLines)} of ${grouped(otherLines)}`;
}
