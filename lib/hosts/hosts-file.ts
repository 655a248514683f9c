import type { Span } from '../text/edit';

/** One line of a hosts file. */
export interface HostsLine {
  /** From 1. */
  readonly number: number;
  /** Without its line end; a CR before the LF is part of that. */
  readonly span: Span;
  /** As it is written; `undefined` for a line that maps nothing. */
  readonly address: string | undefined;
  /** As they are written. */
  readonly names: readonly string[];
  /** What the line is of a block that this program keeps; `undefined` for every other line. */
  readonly marker: BlockMarker | undefined;
}

/** The first or the last line of a block. */
export interface BlockMarker {
  readonly kind: 'BEGIN' | 'END';
  /** The `blockName` of the cluster that the block is of. */
  readonly name: string;
}

/**
 * The lines of a hosts file, as the resolver takes them (hosts(5)): an address and names with blanks between, and a comment
 * from `#` on. Lines end at LF only; after the last LF comes no further line. Nothing is refused here.
 */
export function hostsLines(text: string): readonly HostsLine[] {
  const contents = text.split('\n');
  if (contents.at(-1) === '') contents.pop();
  let next = 0;
  return contents.map((content, position) => {
    const line = content.replace(/\r$/, '');
    const start = next;
    next += content.length + 1;
    const [address, ...names] = line
      .replace(/#.*$/s, '')
      .split(/[ \t\r\v\f\ufeff]+/)
      .filter((field) => field !== '');
    const mapped = names.length > 0 ? { address, names } : { address: undefined, names: [] };
    return { number: position + 1, span: { start, end: start + line.length }, ...mapped, marker: markerOf(line) };
  });
}

/** The name of a block in its first and last line: the domain, with every character that would end it as `%` and its number. */
export function blockName(domain: string): string {
  return domain.replace(/[\s%\p{C}]/gu, (char) => `%${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
}

/** The first line of a block. */
export function beginLine(name: string): string {
  return `# BEGIN carbon-patch ${name} (kept by carbon-patch hosts --write; do not edit)`;
}

/** The last line of a block. */
export function endLine(name: string): string {
  return `# END carbon-patch ${name}`;
}

function markerOf(line: string): BlockMarker | undefined {
  const [, kind, name] = /^[ \t\ufeff]*#[ \t]*(BEGIN|END)[ \t]+carbon-patch[ \t]+(\S+)/.exec(line) ?? [];
  return name === undefined ? undefined : { kind: kind === 'BEGIN' ? 'BEGIN' : 'END', name };
}
