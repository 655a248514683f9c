import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorPage } from './error-page';
import { referencePages } from './reference';
import { clusterSchemaFile } from './schema-page';

/** Writes the reference, the page of errors, and the JSON Schema of the cluster file, below the project folder, where `npm run docs` runs this. */
async function generate(): Promise<void> {
  const folder = join(process.cwd(), 'docs', 'reference');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of await referencePages(process.cwd())) writeFileSync(join(folder, name), text);
  writeFileSync(join(process.cwd(), 'docs', 'errors.md'), errorPage());
  writeFileSync(join(process.cwd(), 'docs', 'cluster.schema.json'), clusterSchemaFile());
}

void generate();
