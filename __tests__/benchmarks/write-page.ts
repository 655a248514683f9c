import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectFolder, tell } from './real-homes';

const page = join(projectFolder, 'docs/performance.md');

/** Writes the marked block of a section in docs/performance.md anew. Throws where the page has none. */
export async function writeBlock(name: string, markdown: string): Promise<void> {
  const text = withBlock(readFileSync(page, 'utf8'), name, markdown);
  const style = (await resolveConfig(page)) ?? {};
  writeFileSync(page, await format(text, { ...style, filepath: page }));
  tell(`${name}: written to docs/performance.md`);
}

/** The text with what stands between `<!-- bench: NAME -->` and the next `<!-- /bench -->` replaced. */
export function withBlock(text: string, name: string, markdown: string): string {
  const opening = `<!-- bench: ${name} -->`;
  const start = text.indexOf(opening);
  const end = text.indexOf('<!-- /bench -->', start);
  if (start === -1 || end === -1) throw new Error(`docs/performance.md has no block ${opening} … <!-- /bench -->`);
  return `${text.slice(0, start)}${opening}\n\n${markdown}\n\n${text.slice(end)}`;
}
