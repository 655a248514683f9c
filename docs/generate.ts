import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './reference';

/** Writes the reference below the project folder, where `npm run docs` runs this. */
async function generate(): Promise<void> {
  const folder = join(process.cwd(), 'docs', 'reference');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of await referencePages(process.cwd())) writeFileSync(join(folder, name), text);
}

void generate();
