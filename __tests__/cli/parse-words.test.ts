import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import yargs from 'yargs';
import { checkWords } from '../../lib/cli/check-arguments';
import { commands } from '../../lib/cli/commands';
import { parseWords } from '../../lib/cli/parse-words';
import type { OptionTable } from '../../lib/cli/command';

/** What the whole of yargs makes of the words. */
function parsedByYargs(words: readonly string[], options: OptionTable): unknown {
  const parser = yargs()
    .parserConfiguration({ 'greedy-arrays': false, 'parse-positional-numbers': false })
    .version(false)
    .help(false)
    .exitProcess(false)
    .options(options)
    .fail((_message: string, error: Error | undefined) => {
      if (error) throw error;
    });
  const { $0, ...parsed } = parser.parseSync([...words]) as Record<string, unknown>;
  return typeof $0 === 'string' ? parsed : undefined;
}

describe.each(commands)('the words of $name', ({ options }) => {
  const names = Object.keys(options);
  const value = fc.constantFrom('a', '/opt/esb 1', '-1', '0x10', ' 80', 'true', 'a=b', 'nodes.worker1.offset=3', '');
  const word = fc.oneof(
    fc.constantFrom(...names).map((name) => `--${name}`),
    fc.tuple(fc.constantFrom(...names), value).map(([name, text]) => `--${name}=${text}`),
    value,
    fc.constantFrom('--', '-y', 'home', 'help'),
  );

  test('come to what the whole of yargs makes of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
        fc.pre(checkWords(words, options).length === 0);
        expect(await parseWords(words, options)).toEqual(parsedByYargs(words, options));
      }),
      { numRuns: 60 },
    );
  });
});
