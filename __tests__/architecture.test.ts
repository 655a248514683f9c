import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from './fresh-build';
import { parseSource, projectSources, resolveImport, roomOf, type SourceFile } from './project-source';

const sources = projectSources();
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** The first two cells of the rows of the table below a heading, without code marks. */
function tableBelow(heading: string): readonly (readonly [string, readonly string[]])[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`[^|]*) \| ([^|]*) \|/gm)];
  return rows.map(([, name = '', list = '']) => [name.replaceAll('`', '').trim(), codeIn(list)]);
}

function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}

/** Everything that a file imports from the project, as paths of files. */
function innerImports({ path, imports }: SourceFile): readonly string[] {
  return imports.filter(isInner).map((specifier) => resolveImport(path, specifier));
}

function outerImports({ imports }: SourceFile): readonly string[] {
  return imports.filter((specifier) => !isInner(specifier));
}

/** `package.json` lies above what is built, so the path to it is right in `dist` only. */
function isInner(specifier: string): boolean {
  return specifier.startsWith('.') && !specifier.endsWith('.json');
}

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

describe('rooms', () => {
  const stated = new Map(tableBelow('Who may import whom'));

  test('every room of lib, and bin, stands in the table of docs/architecture.md', () => {
    expect(sorted(stated.keys())).toEqual(sorted(sources.map(({ path }) => roomOf(path))));
  });

  test.each([...stated])('%s imports exactly the rooms that the table states, also for types', (room, allowed) => {
    const imported = sources
      .filter(({ path }) => roomOf(path) === room)
      .flatMap((source) => innerImports(source).map((target) => `${source.path} → ${roomOf(target)}`))
      .filter((arrow) => !arrow.endsWith(`→ ${room}`) && !arrow.endsWith('→ errors.ts'));
    const strangers = imported.filter((arrow) => !allowed.some((one) => arrow.endsWith(`→ ${one}`)));
    expect(strangers).toEqual([]);
    expect(sorted(imported.map((arrow) => arrow.replace(/^.*→ /, '')))).toEqual(sorted(allowed));
  });

  test('no file imports itself by way of others', () => {
    const graph = new Map(sources.map((source) => [source.path, innerImports(source)]));
    expect(cyclesOf(graph)).toEqual([]);
  });
});

describe('packages and modules of Node', () => {
  const stated = new Map(tableBelow('Who may touch the world'));

  test('each is imported only where docs/architecture.md states it', () => {
    const strangers = sources.flatMap((source) =>
      outerImports(source)
        .filter((name) => !isAt(stated.get(name) ?? [], source.path))
        .map((name) => `${source.path} imports ${name}`),
    );
    expect(strangers).toEqual([]);
  });

  test('each that docs/architecture.md states is imported there', () => {
    const used = new Set(sources.flatMap(outerImports));
    expect([...stated.keys()].filter((name) => !used.has(name))).toEqual([]);
  });

  test('every package that is imported is a dependency, and every dependency is imported', () => {
    const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const packages = sources
      .flatMap(outerImports)
      .filter((name) => !/^(?:node:|\.)/.test(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect(sorted(packages)).toEqual(sorted(Object.keys(packageJson.dependencies)));
  });
});

describe('globals', () => {
  const usersOf = (name: string): readonly string[] =>
    sources.filter(({ globals }) => globals.has(name)).map(({ path }) => path);

  test('only the program itself touches the process', () => {
    expect(sorted(usersOf('process'))).toEqual(['bin/carbon-patch.ts', 'lib/cli/process-io.ts']);
  });

  test('nothing writes to the console', () => {
    expect(usersOf('console')).toEqual([]);
  });

  test('pure rooms use no clock, no chance, no timer and no network', () => {
    const pure = [
      'text',
      'xml',
      'patch',
      'database',
      'cluster',
      'elb',
      'log',
      'runbook',
      'carbon',
      'check',
      'report',
      'errors.ts',
    ];
    const impure = [
      'Date',
      'Math.random',
      'performance',
      'crypto',
      'fetch',
      'setTimeout',
      'setInterval',
      'setImmediate',
    ];
    const found = sources
      .filter(({ path }) => pure.includes(roomOf(path)))
      .flatMap(({ path, globals }) => impure.filter((name) => globals.has(name)).map((name) => `${path}: ${name}`));
    expect(found).toEqual([]);
  });

  test('no clock or chance outside of disk', () => {
    const found = ['Date', 'Math.random', 'performance'].flatMap(usersOf).map(roomOf);
    expect(sorted(found)).toEqual(['disk']);
  });
});

describe('the reading of source files', () => {
  test('imports of values and types, exports, dynamic imports, requires and import types are all seen', () => {
    const text = `
      import a from 'a'; import type { B } from 'b'; import { type C } from 'c'; export * from 'd'; import 'e';
      export type { F } from 'f'; const g = await import('g'); const h = require('h'); type I = import('i').I;`;
    expect(parseSource('x.ts', text).imports).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  });

  test('a global is told from a name that the file declares, and from a word in a comment', () => {
    const text = `
      // console.log is not used
      const { process } = lock; process.pid; new Date(); Math.random(); f({ console: 1 });`;
    expect([...parseSource('x.ts', 'new Date(time).toISOString();').globals]).toEqual([]);
    expect([...parseSource('x.ts', text).globals]).toEqual(['Date', 'Math', 'Math.random', 'f']);
  });

  test('a way back is found', () => {
    expect(
      cyclesOf(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b → c → b']);
  });
});

/** True where a file is, or lies in, one of the places. */
function isAt(places: readonly string[], path: string): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`));
}

function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start !== -1) cycles.push([...way.slice(start), path].join(' → '));
    if (start !== -1 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}
