import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { roleNames } from '../../lib/cluster/roles';
import { buildTime, freshBuild, program, root } from '../fresh-build';
import { runProcess } from '../run-node';
import { contentOf, copyHome, makeFolder } from './home-copy';

// Whole processes, many of them: a busy machine takes its time.
jest.setTimeout(60_000);

beforeAll(freshBuild, buildTime);

const fixtures = readdirSync(join(root, 'fixtures/homes'));

/** What a tool is told to apply the patch in a file to the home that it stands in, and how it says that all went well. */
const tools = [
  ['git apply', 'git', ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn']],
  ['patch -p1', 'patch', ['--batch', '--silent', '-p1', '-i']],
] as const;

type Prepare = (home: string) => void;

/** The exit code of `apply`, the home after it, and what the tools make of copies of the home with the diff it printed. */
function applied(
  fixture: string,
  role: string,
  prepare: Prepare,
): { readonly code: number | null; readonly after: object; readonly patched: object } {
  const home = copyHome(fixture);
  prepare(home);
  const copies = tools.map(() => join(makeFolder(), 'home'));
  for (const copy of copies) cpSync(home, copy, { recursive: true });
  const patch = join(makeFolder(), 'node.patch');
  const line = `exec "$1" "$2" apply --role ${role} --home "$3" --show-secrets > "$4"`;
  const { code } = runProcess('bash', ['-c', line, 'bash', process.execPath, program, home, patch], { cwd: home });
  if (code !== 0) return { code, after: {}, patched: {} };
  const content = Object.fromEntries(
    Object.entries(contentOf(home)).filter(([path]) => !path.startsWith('.carbon-patch/')),
  );
  const silent = { code: 0, stdout: '', stderr: '' };
  return {
    code,
    after: Object.fromEntries(tools.map(([title]) => [title, { ended: silent, content }])),
    patched: Object.fromEntries(
      tools.map(([title, command, options], index) => {
        const copy = copies[index] ?? '';
        const env = { GIT_CEILING_DIRECTORIES: join(copy, '..'), GIT_CONFIG_NOSYSTEM: '1', HOME: makeFolder() };
        const ended = runProcess(command, [...options, patch], { cwd: copy, env });
        return [title, { ended, content: contentOf(copy) }];
      }),
    ),
  };
}

/** Gives a file of a home other bytes. */
function rewrite(path: string, change: (text: string) => Uint8Array): Prepare {
  return (home) => {
    const place = join(home, 'repository/conf', path);
    writeFileSync(place, change(readFileSync(place, 'latin1')));
  };
}

/** Gives all files of a home that an apply changes other bytes. */
function rewriteAll(change: (text: string) => Uint8Array): Prepare {
  const paths = ['axis2/axis2.xml', 'carbon.xml', 'datasources/master-datasources.xml', 'registry.xml', 'user-mgt.xml'];
  return (home) => {
    for (const path of paths) rewrite(path, change)(home);
  };
}

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${declared(text, 'UTF-16')}`, 'utf16le');

/** Begins a text with a declaration of its encoding. */
const declared = (text: string, encoding: string): string =>
  text.replace(/^(?:<\?xml[^>]*\?>\s*)?/, `<?xml version="1.0" encoding="${encoding}"?>\n`);

describe('the diff printed with --show-secrets makes of a copy of the home what apply makes of the home', () => {
  const patchedHomes: string[] = [];

  test.each(fixtures)('%s, as every role that it can have', (fixture) => {
    for (const role of roleNames) {
      const { code, after, patched } = applied(fixture, role, () => undefined);
      if (code === 0) patchedHomes.push(`${fixture} ${role}`);
      else expect(code).toBe(2);
      expect(patched).toEqual(after);
    }
  });

  test('no home was left out that can be patched', () => {
    expect(patchedHomes.sort()).toEqual([
      'am-1.8.0 manager',
      'am-1.8.0 worker',
      'am-2.1.0 manager',
      'am-2.1.0 worker',
      'as-5.0.2 manager',
      'as-5.0.2 worker',
      'ei-6.6.0 manager',
      'ei-6.6.0 worker',
      'elb-2.0.4 elb',
      'elb-2.1.0 elb',
      'esb-4.7.0 manager',
      'esb-4.7.0 worker',
      'esb-4.9.0-clustered manager',
      'esb-4.9.0-clustered worker',
      'esb-5.0.0 manager',
      'esb-5.0.0 worker',
      'greg-5.3.0 manager',
      'greg-5.3.0 worker',
      'is-5.3.0 manager',
      'is-5.3.0 worker',
    ]);
  });

  test.each<[title: string, prepare: Prepare]>([
    ['in UTF-16, little end first, as every file', rewriteAll(utf16)],
    ['in UTF-16, big end first, as every file', rewriteAll((text) => utf16(text).swap16())],
    [
      'with a Latin-1 byte beside a change',
      rewrite('carbon.xml', (text) =>
        Buffer.from(declared(text, 'ISO-8859-1').replace('Name or address', 'Adresse f\u00fcr alle'), 'latin1'),
      ),
    ],
    ['with a byte order mark', rewrite('carbon.xml', (text) => Buffer.from(`\ufeff${declared(text, 'UTF-8')}`))],
    ['with CRLF', rewrite('axis2/axis2.xml', (text) => Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1'))],
    [
      'with a CR here and there',
      rewrite('axis2/axis2.xml', (text) =>
        Buffer.from(
          text.replace(/\n/g, (end, offset) => ['\n', '\r\n', '\n'][Number(offset) % 3] ?? end),
          'latin1',
        ),
      ),
    ],
    ['without a final line end', rewrite('registry.xml', (text) => Buffer.from(text.trimEnd(), 'latin1'))],
    [
      'on one line',
      rewrite('user-mgt.xml', (text) =>
        Buffer.from(text.replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, ''), 'latin1'),
      ),
    ],
  ])('a file %s', (_title, prepare) => {
    const { code, after, patched } = applied('esb-5.0.0', 'worker', prepare);
    expect(code).toBe(0);
    expect(patched).toEqual(after);
  });
});
