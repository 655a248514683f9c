import { argv, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { machineText } from './machine';
import { markdownOf, type BenchOptions } from './section';
import { sectionNames, sections, type SectionName } from './sections';
import { writeBlock } from './write-page';

// `npm run bench` measures every section, `npm run bench -- large homes` these, and prints Markdown. With `--write` the
// marked blocks of docs/performance.md are written anew instead. `--rounds N` is how many counted runs a command gets, and
// `--homes 100,1000` the sizes of the clusters.

interface Wanted extends BenchOptions {
  readonly names: readonly SectionName[];
  readonly write: boolean;
}

async function main(words: readonly string[]): Promise<void> {
  const wanted = wantedOf(words);
  for (const name of wanted.names) {
    const markdown = markdownOf([...(await sections[name].run(wanted)), machineText()]);
    if (wanted.write) await writeBlock(name, markdown);
    else stdout.write(`<!-- bench: ${name} -->\n\n${markdown}\n\n<!-- /bench -->\n\n`);
  }
}

function wantedOf(words: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      write: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '10' },
      homes: { type: 'string', default: '100,1000' },
    },
  });
  const unknown = positionals.filter((name) => !isSectionName(name));
  if (unknown.length > 0) throw new Error(`there is no section ${unknown.join(', ')}`);
  const names = positionals.filter(isSectionName);
  return {
    names: names.length === 0 ? sectionNames : names,
    write: values.write,
    rounds: wholeNumber(values.rounds, 1),
    // A load balancer, a manager and a worker.
    homes: values.homes.split(',').map((size) => wholeNumber(size, 3)),
  };
}

function isSectionName(name: string): name is SectionName {
  return sectionNames.some((known) => known === name);
}

function wholeNumber(text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new Error(`${text} is no whole number from ${least}`);
  return value;
}

main(argv.slice(2)).catch((error: unknown) => {
  const list = sectionNames.map((name) => `  ${name}: ${sections[name].summary}\n`).join('');
  stderr.write(`${String(error)}\nnpm run bench -- [SECTION…] [--write] [--rounds N] [--homes N,N]\n${list}`);
  process.exitCode = 1;
});
