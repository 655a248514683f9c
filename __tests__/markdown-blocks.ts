import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './fresh-build';

/** One fenced block of a page. */
export interface Block {
  /** The word behind the fence, such as `sh`. */
  readonly language: string;
  /** Ends with a line end. */
  readonly text: string;
  readonly line: number;
  /** The nearest heading of the second level above it; empty before the first. */
  readonly section: string;
}

/** One page that is written by hand or generated. */
export interface Page {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** README, CHANGELOG and every page below `docs`. */
export function allPages(): readonly Page[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  return ['README.md', 'CHANGELOG.md', ...docs.sort()].map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, blocks: blocksOf(text) };
  });
}

/** The fenced blocks of a text, in order. */
function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let section = '';
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  text.split('\n').forEach((content, index) => {
    const fence = /^```(\w*)$/.exec(content);
    if (open === undefined) {
      section = /^## (.*)$/.exec(content)?.[1] ?? section;
      if (fence) open = { language: fence[1] ?? '', line: index + 1, lines: [] };
    } else if (fence) {
      const { language, line, lines } = open;
      blocks.push({ language, line, section, text: lines.map((one) => `${one}\n`).join('') });
      open = undefined;
    } else {
      open.lines.push(content);
    }
  });
  return blocks;
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(text: string): readonly string[] {
  const prose = text.replace(/^```[^]*?^```/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The targets of the links of a page, outside of its blocks and code. */
export function linksOf(text: string): readonly string[] {
  const prose = text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
}
