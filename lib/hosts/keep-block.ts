import { CarbonPatchError, type HostsFileProblem } from '../errors';
import type { Span, TextEdit } from '../text/edit';
import { entryLine, type HostsEntry } from './hosts-entry';
import { beginLine, blockName, endLine, hostsLines, type HostsLine } from './hosts-file';
import { contradictions, repetitions } from './other-lines';

/** The lines that a cluster keeps in a hosts file. */
export interface WantedBlock {
  /** Names the block; a hosts file has one of each cluster. */
  readonly domain: string;
  /** In the order of the block; where there are none, there is to be no block. */
  readonly entries: readonly HostsEntry[];
}

/** What makes a hosts file hold the block. */
export interface KeptBlock {
  /** Empty where the block is there already, as it is wanted. */
  readonly edits: readonly TextEdit[];
  /** Lines outside the block that map one of its names too, without contradicting it; whole sentences. */
  readonly notes: readonly string[];
}

/**
 * The edits that make a hosts file hold this block; every character outside it stays. A new block goes to the end, with the
 * line end of the file's last line, and a file that ends without one ends without one still.
 * Throws HOSTS_FILE_UNUSABLE with every block that is damaged, and every line outside that maps a name otherwise.
 */
export function keepBlock(text: string, path: string, wanted: WantedBlock): KeptBlock {
  const lines = hostsLines(text);
  const damages = damagesOf(lines);
  if (text.includes('\0')) damages.push({ line: 1, problem: 'it holds zero bytes, so it is no hosts file' });
  if (damages.length > 0) throw new CarbonPatchError('HOSTS_FILE_UNUSABLE', { path, problems: damages });
  const block = blockIn(lines, blockName(wanted.domain));
  const others = block === undefined ? lines : lines.filter(({ number }) => number < block.from || number > block.to);
  const problems = contradictions(others, wanted.entries);
  if (problems.length > 0) throw new CarbonPatchError('HOSTS_FILE_UNUSABLE', { path, problems });
  return { edits: editsOf(text, block?.span, wanted), notes: repetitions(others, wanted.entries, path) };
}

interface FoundBlock {
  /** Line numbers, both included. */
  readonly from: number;
  readonly to: number;
  /** From its first line to its last, without the line end of that. */
  readonly span: Span;
}

function blockIn(lines: readonly HostsLine[], name: string): FoundBlock | undefined {
  const [begin, end] = lines.filter(({ marker }) => marker?.name === name);
  if (begin === undefined || end === undefined) return undefined;
  return { from: begin.number, to: end.number, span: { start: begin.span.start, end: end.span.end } };
}

/** Also a damaged block of another cluster counts: mending it could take in, or cut off, what is written now. */
function damagesOf(lines: readonly HostsLine[]): HostsFileProblem[] {
  const problems: HostsFileProblem[] = [];
  const seen = new Map<string, number>();
  let open: { readonly name: string; readonly line: number } | undefined;
  const unclosed = (): void => {
    if (open === undefined) return;
    const problem = `the block of ${open.name} that begins here has no end; add "${endLine(open.name)}" behind its last line`;
    problems.push({ line: open.line, problem });
  };
  for (const { number, marker } of lines) {
    if (marker === undefined) continue;
    const { kind, name } = marker;
    if (kind === 'END') {
      if (open?.name === name) open = undefined;
      else
        problems.push({ line: number, problem: `a block of ${name} ends here that does not begin; remove this line` });
      continue;
    }
    unclosed();
    const first = seen.get(name);
    if (first === undefined) seen.set(name, number);
    else
      problems.push({
        line: number,
        problem: `a second block of ${name} begins here, the first one is in line ${first}; remove one`,
      });
    open = { name, line: number };
  }
  unclosed();
  return problems.sort((a, b) => a.line - b.line);
}

function editsOf(text: string, block: Span | undefined, { domain, entries }: WantedBlock): readonly TextEdit[] {
  if (entries.length === 0) return block === undefined ? [] : [{ span: withLineEnd(text, block), newText: '' }];
  const name = blockName(domain);
  const lines = [beginLine(name), ...entries.map(entryLine), endLine(name)];
  if (block !== undefined) {
    const newText = lines.join(newlineBehind(text, text.indexOf('\n', block.start)));
    return newText === text.slice(block.start, block.end) ? [] : [{ span: block, newText }];
  }
  const newline = newlineBehind(text, text.lastIndexOf('\n'));
  const span = { start: text.length, end: text.length };
  const isComplete = text === '' || text.endsWith('\n');
  return [{ span, newText: isComplete ? `${lines.join(newline)}${newline}` : `${newline}${lines.join(newline)}` }];
}

/** The line end whose LF stands at an offset; LF where there is none. */
function newlineBehind(text: string, lineFeed: number): '\n' | '\r\n' {
  return text[lineFeed - 1] === '\r' ? '\r\n' : '\n';
}

/** A block at the end of a file without a last line end takes the one in front of it along, which came with it. */
function withLineEnd(text: string, { start, end }: Span): Span {
  const [behind = ''] = /^\r?\n/.exec(text.slice(end)) ?? [];
  if (behind !== '') return { start, end: end + behind.length };
  // A CR there can be the last character of the file as it was; the lines of the block tell.
  const before = newlineBehind(text, text.indexOf('\n', start));
  return { start: text.slice(0, start).endsWith(before) ? start - before.length : start, end };
}
