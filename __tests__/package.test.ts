import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildTime, freshBuild, root } from './fresh-build';
import { runNode, runProcess } from './run-node';

interface PackageJson {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;

/** The public surface; whoever changes it changes this list, and says so in the changelog. */
const publicNames = [
  'CarbonPatchError',
  'applyPlan',
  'applyPlans',
  'checkCluster',
  'checkHomes',
  'chooseNode',
  'clusterPlanJson',
  'databaseKinds',
  'describeHome',
  'diffBytes',
  'diffString',
  'driftJson',
  'driftText',
  'errorText',
  'exampleCluster',
  'findingsJson',
  'findingsText',
  'isCarbonPatchError',
  'isNoOp',
  'isUnfinished',
  'loadCluster',
  'loadDrivers',
  'makePlan',
  'maskSecrets',
  'membersOf',
  'openHome',
  'operations',
  'parseOperations',
  'patchBytes',
  'patchText',
  'patchedText',
  'planHomes',
  'planJson',
  'planText',
  'portCollisions',
  'portsJson',
  'portsText',
  'readSettings',
  'recoverHome',
  'roleNames',
  'roles',
  'ruleCodes',
  'ruleOf',
  'sarifLog',
  'selectNodes',
  'undoApplies',
  'undoApply',
];

/** A folder with the packed package in its `node_modules`, beside the dependencies that it declares and no others. */
let consumer = '';
let installed = '';

beforeAll(async () => {
  await freshBuild();
  consumer = mkdtempSync(join(tmpdir(), 'carbon-patch-package-'));
  installed = join(consumer, 'node_modules/carbon-patch');
  mkdirSync(installed, { recursive: true });
  // Without scripts, as `prepare` would build while other tests use what is built.
  const packed = runProcess('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', consumer], {
    cwd: root,
  });
  const tarball = join(consumer, packed.stdout.trim());
  runProcess('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'], { cwd: consumer });
  for (const name of Object.keys(packageJson.dependencies)) {
    const place = join(consumer, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), place);
  }
}, buildTime);

afterAll(() => {
  rmSync(consumer, { recursive: true, force: true });
});

describe('the packed package', () => {
  const filesIn = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

  const isMadeOfModules = (path: string): boolean => path.endsWith('bin/help.json') || path.endsWith('.bundle.js');

  test('holds what is built, for every version of Node, and the four files about it, nothing else', () => {
    const files = filesIn(installed);
    const others = files.filter(
      (path) => isMadeOfModules(path) || !/^dist\/(?:lib|bin)\/[\w/-]+(?:\.js|\.d\.ts)$/.test(path),
    );
    const about = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect([...others].sort()).toEqual([...about, 'dist/bin/help.json', 'dist/bin/program.bundle.js'].sort());
    expect(files.length).toBeGreaterThan(100);
  });

  test('holds no file without a source, no test and no source map', () => {
    const built = filesIn(join(installed, 'dist'));
    const withoutSource = built.filter(
      (path) => !isMadeOfModules(path) && !existsSync(join(root, path.replace(/\.js$|\.d\.ts$/, '.ts'))),
    );
    const withMap = built.filter((path) =>
      readFileSync(join(installed, 'dist', path), 'utf8').includes('sourceMappingURL'),
    );
    expect({ withoutSource, withMap }).toEqual({ withoutSource: [], withMap: [] });
  });

  test('names no folder of the machine on which it was built', () => {
    const named = filesIn(installed).filter((path) => readFileSync(join(installed, path), 'utf8').includes(`${root}/`));
    expect(named).toEqual([]);
  });
});

describe('the installed package', () => {
  const evaluate = (script: string, kind: 'commonjs' | 'module'): unknown => {
    const { code, stdout, stderr } = runNode(['--input-type', kind, '--eval', script], { cwd: consumer });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };

  test('gives the public names to require, and no others', () => {
    const script = `console.log(JSON.stringify(Object.keys(require('carbon-patch'))))`;
    expect([...(evaluate(script, 'commonjs') as readonly string[])].sort()).toEqual(publicNames);
  });

  test('gives each of them to import by name', () => {
    const script = `import { ${publicNames.join(', ')} } from 'carbon-patch';
      console.log(JSON.stringify([${publicNames.map((name) => `typeof ${name}`).join(', ')}].includes('undefined')))`;
    expect(evaluate(script, 'module')).toBe(false);
  });

  test('has one error class, whether it is imported or required', () => {
    const script = `import { createRequire } from 'node:module';
      import { CarbonPatchError, openHome } from 'carbon-patch';
      const required = createRequire(process.cwd() + '/script.js')('carbon-patch');
      const error = await required.openHome('/nowhere').catch((error) => error);
      console.log(JSON.stringify([required.CarbonPatchError === CarbonPatchError, error instanceof CarbonPatchError, error.code]))`;
    expect(evaluate(script, 'module')).toEqual([true, true, 'HOME_NOT_FOUND']);
  });

  test('prints nothing and ends nothing when it is loaded', () => {
    const script = `require('carbon-patch'); process.on('exit', () => console.log(JSON.stringify('still here')))`;
    expect(evaluate(script, 'commonjs')).toBe('still here');
  });

  const compile = (name: string, lines: readonly string[]): string => {
    writeFileSync(join(consumer, name), lines.join('\n'));
    const compiler = require.resolve('typescript/bin/tsc');
    const options = '--noEmit --strict --module node16 --target es2022 --skipLibCheck false';
    return runNode([compiler, ...options.split(' '), name], { cwd: consumer }).stdout;
  };

  test.each(['script.cts', 'script.mts'])('has types that a strict project takes, libraries checked, in %s', (name) => {
    const lines = [
      `import { openHome, patchText, type CarbonHome, type CarbonPatchError, type Plan } from 'carbon-patch';`,
      `export const home: Promise<CarbonHome> = openHome('/opt/esb');`,
      `export const text: string = patchText('<a/>', [{ op: 'setText', at: '/a', value: '1' }]).text;`,
      `export const paths = (plan: Plan): readonly string[] => plan.patches.map(({ path }) => path);`,
      `export const at = (error: CarbonPatchError<'TARGET_NOT_FOUND'>): string => error.details.at;`,
    ];
    expect(compile(name, lines)).toBe('');
  });

  test('has types that refuse an operation that does not exist', () => {
    const line = `import { patchText } from 'carbon-patch'; patchText('<a/>', [{ op: 'setTekst', at: '/a', value: '1' }]);`;
    expect(compile('wrong.cts', [line])).toMatch(/^wrong\.cts\(1,\d+\): error TS\d+: Type '"setTekst"'/);
  });
});

describe('the installed program', () => {
  const path = (): string => join(installed, packageJson.bin['carbon-patch'] ?? '');

  test('tells its version', () => {
    expect(runNode([path(), '--version'], { cwd: consumer })).toEqual({
      code: 0,
      stdout: `${packageJson.version}\n`,
      stderr: '',
    });
  });

  test('can be started by its name where npm links it', () => {
    expect(readFileSync(path(), 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  /** The files that Node loads for these words, one a line. */
  const loadedFor = (words: readonly string[]): string => {
    const hook = `process.on('exit', () => console.error(Object.keys(require.cache).join('\\n')))`;
    writeFileSync(join(consumer, 'hook.js'), hook);
    return runNode(['--require', './hook.js', path(), ...words], { cwd: consumer }).stderr;
  };
  const xmlPackages = /node_modules\/(?:@xmldom|xpath|diff|xml-formatter)\//;

  test.each([[['--version']], [['--help']], [['apply', '--help']]])('loads no package for %j', (words) => {
    const loaded = loadedFor(words);
    expect(loaded).toContain('dist/bin/carbon-patch.js');
    expect(loaded).not.toMatch(/node_modules\/(?!carbon-patch\/)/);
    expect(loaded).not.toContain('dist/lib/cli/command-line.js');
  });

  test('names the files and lines of its modules in a stack trace', () => {
    const { stderr } = runNode([path(), 'show', '--home', '/no/such'], {
      cwd: consumer,
      env: { DEBUG: 'carbon-patch' },
    });
    expect(stderr).toMatch(/\n {4}at .*dist\/lib\/plan\/open-home\.js:\d+:\d+/);
    expect(stderr).not.toContain('.bundle.js');
  });

  test('does the same without the files that only make it faster, module by module', () => {
    const words = [
      ['--help'],
      ['apply', '--help'],
      ['nonsense'],
      ['show', '--home', join(root, 'fixtures/homes/esb-5.0.0')],
    ];
    const results = (): readonly unknown[] => words.map((line) => runNode([path(), ...line], { cwd: consumer }));
    const before = results();
    expect(loadedFor(['nonsense'])).not.toContain('command-line.js');
    for (const name of ['help.json', 'program.bundle.js']) rmSync(join(installed, 'dist/bin', name));
    expect(results()).toEqual(before);
    const loaded = loadedFor(['apply', '--help']);
    expect(loaded).toContain('node_modules/yargs/');
    expect(loaded).not.toMatch(xmlPackages);
  });
});
