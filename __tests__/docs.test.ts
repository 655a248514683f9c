import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { errorPage } from '../docs/error-page';
import { referencePages } from '../docs/reference';
import { buildTime, freshBuild, root } from './fresh-build';
import { newSession, type Session } from './docs-session';
import { allPages, anchorsOf, linksOf, type Block, type Page } from './markdown-blocks';
import { runProcess } from './run-node';

const pages = allPages();
const written = pages.filter(({ path }) => !path.startsWith('docs/reference/') && path !== 'docs/errors.md');

/** Commands that the pages show and that are not run here: they install, take minutes, or run these tests themselves. */
const notRun: readonly string[] = [
  'npm ci && npm test',
  'npm install --global carbon-patch',
  'npm install carbon-patch',
  'npm run docs',
  'bash .ci/run',
];

beforeAll(freshBuild, buildTime);

describe('the reference', () => {
  test('is what the registries give; `npm run docs` writes it anew', async () => {
    const wanted = await referencePages(root);
    const committed = [...wanted.keys()].map((name) => [
      name,
      readFileSync(join(root, 'docs/reference', name), 'utf8'),
    ]);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(wanted));
  });

  test('of errors is what the samples give; `npm run docs` writes it anew', () => {
    expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(errorPage());
  });

  test('has no page that nothing generates', async () => {
    const generated = [...(await referencePages(root)).keys()].map((name) => `docs/reference/${name}`);
    const found = pages.map(({ path }) => path).filter((path) => path.startsWith('docs/reference/'));
    expect([...found].sort()).toEqual([...generated].sort());
  });
});

describe('links', () => {
  test.each(pages.map((page) => [page.path, page] as const))('%s leads to places that are there', (_path, page) => {
    const broken = linksOf(page.text).filter((target) => !/^https?:/.test(target) && !isThere(page, target));
    expect(broken).toEqual([]);
  });

  test.each(['docs/README.md', 'docs/decisions/README.md'])('%s leads to every page beside it', (path) => {
    const index = pages.find((page) => page.path === path);
    const linked = new Set(linksOf(index?.text ?? '').map((target) => join(dirname(path), target)));
    const beside = pages.filter((page) => dirname(page.path) === dirname(path) && page.path !== path);
    expect(beside.map((page) => page.path).filter((page) => !linked.has(page))).toEqual([]);
  });
});

describe('pages', () => {
  test.each(written.map(({ path, text }) => [path, text]))('%s has one sentence a line', (_path, text) => {
    const prose = text
      .replace(/^```[^]*?^```/gm, '')
      .replace(/^\|.*$/gm, '')
      .replace(/`[^`\n]*`/g, 'code');
    expect(prose.split('\n').filter((line) => /[a-z)][.?!] [A-Z]/.test(line))).toEqual([]);
  });

  test('cli.md tells about every option of every command', () => {
    const help = readFileSync(join(root, 'docs/reference/commands.md'), 'utf8');
    const options = new Set([...help.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option ?? ''));
    const page = pages.find(({ path }) => path === 'docs/cli.md')?.text ?? '';
    expect([...options].filter((option) => !page.includes(`\`${option}`))).toEqual([]);
  });

  test('library.md tells about every name that the package exports', () => {
    const index = readFileSync(join(root, 'lib/index.ts'), 'utf8');
    const names = [...index.matchAll(/^(?:export (?:type )?\{([^}]*)\}|export \{([^}]*)\})/gm)]
      .flatMap(([, list = '']) => list.split(','))
      .map((name) => (name.split(' as ')[1] ?? name).replace('type ', '').trim())
      .filter((name) => name !== '');
    const page = pages.find(({ path }) => path === 'docs/library.md')?.text ?? '';
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });
});

/** One section of a page, with the files that the page has shown before it. */
interface Section {
  readonly blocks: readonly Block[];
  readonly shownBefore: readonly Block[];
}

const sections = written.flatMap(({ path, blocks }) =>
  [...new Set(blocks.map(({ section }) => section))].map((name): readonly [string, Section] => {
    const start = blocks.findIndex(({ section }) => section === name);
    const own = blocks.filter(({ section }) => section === name);
    return [`${path}: ${name || 'top'}`, { blocks: own, shownBefore: blocks.slice(0, start) }];
  }),
);
const withExamples = sections.filter(([, { blocks }]) =>
  blocks.some(({ language }) => ['sh', 'js'].includes(language)),
);

describe('examples', () => {
  test('every block of a page is of a kind that these tests know', () => {
    const known = ['sh', 'js', 'text', 'diff', 'json', 'xml', 'yaml'];
    const others = written.flatMap(({ path, blocks }) =>
      blocks.filter(({ language }) => !known.includes(language)).map(({ line }) => `${path}:${line}`),
    );
    expect(others).toEqual([]);
  });

  test.each(withExamples)(
    '%s does what it shows',
    (_name, { blocks, shownBefore }) => {
      const session = newSession();
      try {
        for (const block of shownBefore) writeShownFile(session, block);
        blocks.forEach((block, index) => {
          if (block.language === 'sh') expectShell(session, block, blocks[index + 1]);
          if (block.language === 'js') expectScript(session, block, blocks[index + 1]);
          writeShownFile(session, block);
        });
      } finally {
        session.remove();
      }
    },
    60_000,
  );

  test('`npm run example` works on a copy of a home, and shows the diff that the README shows', () => {
    const original = join(root, 'fixtures/homes/esb-5.0.0/repository/conf/carbon.xml');
    const before = readFileSync(original);
    const words = ['run', '--silent', 'example', '--', '--role', 'manager', '--only', 'carbon.xml'];
    const { code, stdout } = runProcess('npm', words, { cwd: root });
    const readme = pages.find(({ path }) => path === 'README.md')?.blocks.find(({ language }) => language === 'diff');
    const home = /--home (\S+)/.exec(stdout)?.[1] ?? '';
    expect(code).toBe(0);
    expect(comparable(stdout)).toContain(comparable(readme?.text ?? 'a diff'));
    expect(readFileSync(join(home, 'repository/conf/carbon.xml')).equals(before)).toBe(false);
    expect(readFileSync(original).equals(before)).toBe(true);
    rmSync(dirname(home), { recursive: true });
  });
});

/** A block of YAML that begins with the name of a file is that file, there and in the later sections of its page. */
function writeShownFile(session: Session, { language, text }: Block): void {
  const [, name] = /^# ([\w.-]+\.yaml)\n/.exec(text) ?? [];
  if (language === 'yaml' && name !== undefined) session.write(name, text);
}

/** A block of text behind commands is all that they print, a diff or JSON is what they print on stdout. */
function expectShell(session: Session, block: Block, next: Block | undefined): void {
  const lines = block.text.trim();
  if (notRun.includes(lines) || lines.startsWith('npm ci && npm run example')) return;
  const shown = next !== undefined && ['text', 'diff', 'json'].includes(next.language) ? next : undefined;
  const { code, stdout, stderr } = session.shell(block.text, shown?.language === 'text');
  if (shown !== undefined) expect(comparable(stdout)).toBe(comparable(shown.text));
  expect({ lines, stderr, isExpected: expectedCodes(lines, shown).includes(code ?? -1) }).toEqual({
    lines,
    stderr,
    isExpected: true,
  });
}

/** A refusal that is shown is meant; a command may find something; and what has its own `||` ends well. */
function expectedCodes(lines: string, shown: Block | undefined): readonly number[] {
  if (lines.includes('||')) return [0];
  if (/^carbon-patch: /m.test(shown?.text ?? '')) return [2];
  return /carbon-patch (?:diff|check|ports)(?: [^|>&;]*)?$/.test(lines) ? [0, 1] : [0];
}

function expectScript(session: Session, block: Block, next: Block | undefined): void {
  const kind = /^import /m.test(block.text) ? 'module' : 'commonjs';
  const { code, stdout, stderr } = session.script(block.text, kind);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(comparable(stdout)).toBe(next?.language === 'text' || next?.language === 'diff' ? comparable(next.text) : '');
}

/** Without what is never the same twice, and without the blanks at line ends that editors take away from a page. */
function comparable(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME')
    .replace(/[ \t\r]+$/gm, '')
    .trimEnd();
}

function isThere(page: Page, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const place = path === '' ? page.path : join(dirname(page.path), path);
  if (!existsSync(join(root, place))) return false;
  return anchor === undefined || anchorsOf(readFileSync(join(root, place), 'utf8')).includes(anchor);
}
