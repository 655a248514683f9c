import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { makeFolder } from './cli/home-copy';
import { atTerminal, runCli } from './cli/memory-io';
import { root } from './fresh-build';
import { maskSecrets } from '../lib/report/mask-secrets';
import { errorText } from '../lib/report/error-text';
import { diffBytes } from '../lib/report/unified-diff';
import { notWellFormed } from '../lib/xml/scan-source';
import { noteFigure } from './prove/figures';
import { after, before, marked, secretsOf, withSecrets, type Place } from './marked-secrets';

// Many runs in one test: a busy machine takes its time.
jest.setTimeout(180_000);

const corpus = join(__dirname, '../../shared/corpus');

const marks = [before, after];
const env = { DEBUG: 'carbon-patch', CARBON_PATCH_DB_PASSWORD: `${before}from the environment${after}` };

/**
 * How much was searched: files with secrets, and their secrets; secrets marked in homes; real ones searched for as they are, and left out because the home has them as
 * words too; outputs; files broken; masks in the outputs; diffs that had something to show.
 */
const figures = { files: 0, values: 0, marked: 0, real: 0, leftOut: 0, outputs: 0, broken: 0, masks: 0, changes: 0 };

const encodings = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'ISO-8859-1'] as const;

/** The files of a home by their paths; bytes are kept as they are. */
function filesOf(home: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:xml|conf)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path, 'latin1')]);
}

/** The files without which no home can be planned; the repositories of some homes lack one or another. */
const neededFiles = ['carbon.xml', 'registry.xml', 'user-mgt.xml', 'datasources/master-datasources.xml'];

/** A copy of a real home; what it lacks to become a node comes from a fixture of its time. */
function copyOf(name: string, folder: string): string {
  cpSync(join(corpus, name), folder, { recursive: true });
  const conf = join(folder, 'repository/conf');
  const axis2 = join(conf, 'axis2/axis2.xml');
  if (isLoadBalancer(folder) || !existsSync(axis2)) return folder;
  const fixture = readFileSync(axis2, 'latin1').includes('HazelcastClusteringAgent') ? 'esb-5.0.0' : 'esb-4.7.0';
  for (const file of neededFiles.filter((one) => !existsSync(join(conf, one))))
    cpSync(join(root, 'fixtures/homes', fixture, 'repository/conf', file), join(conf, file));
  return folder;
}

/** Makes each secret of a home unlike any word, but those of `except`; returns how many secrets there are. */
function mark(home: string, except: readonly string[] = []): number {
  let count = 0;
  for (const [path, text] of filesOf(home)) {
    count += secretsOf(text).length;
    const changed = marked(text, except);
    if (changed !== text) writeFileSync(path, changed, 'latin1');
  }
  return count;
}

/** The secrets of a home that are words of it too, such as the name of a key store, cannot be searched for. */
function valuesOf(home: string): { readonly kept: readonly string[]; readonly leftOut: readonly string[] } {
  const files = filesOf(home);
  const values = new Set(files.flatMap(([, text]) => secretsOf(text).map(({ start, end }) => text.slice(start, end))));
  // Words of the program count too.
  const others = [...files.map(([, text]) => withSecrets(text, () => '')), 'secretsMasked'].join('\n');
  const isKept = (value: string): boolean => value.length >= 6 && !others.includes(value);
  return { kept: [...values].filter(isKept), leftOut: [...values].filter((value) => !isKept(value)) };
}

/** One thing that a person or a program gets to see. */
type Output = readonly [title: string, text: string];

async function outputOf(words: readonly string[]): Promise<Output> {
  // Each second output as for a person at a terminal, whose answer is no.
  const terminals = figures.outputs % 2 === 0 ? atTerminal : [];
  const { code, stdout, stderr, questions } = await runCli(words, { env, terminals });
  figures.outputs++;
  if (words[0] === 'diff' && code === 1) figures.changes++;
  const text = [stdout, stderr, ...questions].join('\n');
  figures.masks += text.split('********').length - 1;
  return [words.join(' '), text];
}

function fileOutput(path: string): readonly Output[] {
  if (!existsSync(path)) return [];
  figures.outputs++;
  return [[path, readFileSync(path, 'utf8')]];
}

/** Every leak as the command and the line. */
function leaks(outputs: readonly Output[], secrets: readonly string[]): readonly string[] {
  return outputs.flatMap(([title, text]) => {
    if (!secrets.some((secret) => text.includes(secret))) return [];
    const lines = text.split('\n').filter((line) => secrets.some((secret) => line.includes(secret)));
    return lines.map((line) => `${title}: ${line.trim()}`);
  });
}

function isLoadBalancer(home: string): boolean {
  return existsSync(join(home, 'repository/conf/loadbalancer.conf'));
}

async function outputsOfHome(home: string): Promise<readonly Output[]> {
  const role = ['--role', isLoadBalancer(home) ? 'elb' : 'manager', '--home', home];
  const saved = join(makeFolder(), 'saved.plan.json');
  const outputs: Output[] = [];
  const commands = [
    ['diff', ...role],
    ['diff', ...role, '--json'],
    ['plan', ...role],
    ['plan', ...role, '--json'],
    ['plan', ...role, '--json', '--out', saved],
    ['show', '--home', home],
    ['show', '--home', home, '--json'],
    ['check', '--home', home, '--all'],
    ['check', '--home', home, '--all', '--json'],
    ['check', '--home', home, '--all', '--format', 'sarif'],
    ['ports', '--home', home],
    ['ports', '--home', home, '--json'],
    ['init', '--dry-run', '--from', home],
  ];
  for (const words of commands) outputs.push(await outputOf(words));
  outputs.push(...fileOutput(saved));
  outputs.push(await outputOf(['apply', ...role, '--json', '--yes']));
  outputs.push(...fileOutput(join(home, '.carbon-patch/journal.json')));
  outputs.push(await outputOf(['show', '--home', home]), await outputOf(['undo', '--home', home, '--yes']));
  return outputs;
}

const clusterText = (roles: readonly string[]): string => `domain: wso2.test.domain
hostName: esb.example.org
database: { host: db.example.org, username: dbuser, password: { env: CARBON_PATCH_DB_PASSWORD } }
nodes:
${roles.map((role, index) => `  - { name: node${index}, role: ${role}, host: 192.0.2.1${index}, home: node${index} }\n`).join('')}`;

/** Homes of any products as the nodes of one cluster. */
async function outputsOfCluster(names: readonly string[]): Promise<readonly Output[]> {
  const folder = makeFolder();
  const homes = names.map((name, index) => copyOf(name, join(folder, `node${index}`)));
  homes.forEach((home) => mark(home));
  const file = join(folder, 'carbon-cluster.yaml');
  writeFileSync(
    file,
    clusterText(homes.map((home, index) => (isLoadBalancer(home) ? 'elb' : index === 0 ? 'manager' : 'worker'))),
  );
  const cluster = ['--cluster', file];
  const [saved, described] = [join(folder, 'saved.plan.json'), join(folder, 'new.yaml')];
  const outputs: Output[] = [];
  for (const words of [
    ['diff', ...cluster],
    ['plan', ...cluster, '--explain', '--out', saved],
    ['check', ...cluster, '--all', '--json'],
    ['runbook', ...cluster],
    ['hosts', ...cluster, '--clients'],
    ['clone', ...cluster, '--from', 'node1', '--to', join(folder, 'clone'), '--name', 'clone1', '--dry-run'],
    ['init', ...homes.flatMap((home) => ['--from', home]), '--out', described],
    ['apply', ...cluster, '--json', '--yes'],
  ])
    outputs.push(await outputOf(words));
  for (const path of [saved, described, ...homes.map((home) => join(home, '.carbon-patch/journal.json'))])
    outputs.push(...fileOutput(path));
  outputs.push(await outputOf(['undo', ...cluster, '--yes']));
  return outputs;
}

/** A file in three parts: what stands before half of a secret, the other half of it, and the rest. */
type Breakage = (head: string, half: string, rest: string) => string;

/** What an editor, a script, a disk or an unescaped password does to a file. */
const breakages: Readonly<Record<string, Breakage>> = {
  'cut in a secret': (head) => head,
  'cut after a secret': (head, half) => head + half,
  'with & in a secret': (head, half, rest) => `${head}&${half}${rest}`,
  'with a reference in a secret': (head, half, rest) => `${head}&${half};${rest}`,
  'with < in a secret': (head, half, rest) => `${head}<${half}${rest}`,
  'with a tag in a secret': (head, half, rest) => `${head}<${half}>${rest}`,
  'with a prefix in a secret': (head, half, rest) => `${head}<x:${half}/>${rest}`,
  'not well-formed before a secret': (head, half, rest) => {
    const lineStart = head.lastIndexOf('\n') + 1;
    return `${head.slice(0, lineStart)}<a b>${head.slice(lineStart)}${half}${rest}`;
  },
  'not well-formed behind a secret': (head, half, rest) => head + half + rest.replace(/\n/, '<a b>\n'),
  'with a line break in a secret': (head, half, rest) => `${head}\n  ${half}&\n${rest}`,
  'with a quote in a secret': (head, half, rest) => `${head}"${half}${rest}`,
  'with a control character in a secret': (head, half, rest) => `${head}\u0001${half}${rest}`,
  'without what ends a secret': (head, half, rest) => head + half + rest.slice(2),
  'without what begins a secret': (head, half, rest) => {
    const start = head.lastIndexOf(before);
    return head.slice(0, start - 1) + head.slice(start) + half + rest;
  },
};

/** Where a home has its configuration; the second is that of EI 6. */
const confFolders = ['repository/conf', 'conf'];

const readFiles = /(?:axis2\/axis2|carbon|user-mgt|registry|catalina-server|datasources\/\w+-datasources)\.xml$/;

/** The commands that take a home as it is. */
const looks: readonly (readonly string[])[] = [
  ['check'],
  ['check', '--json'],
  ['check', '--format', 'sarif'],
  ['show', '--json'],
  ['ports'],
];
/** The lines that were broken already; most homes have the same. */
const brokenLines = new Set<string>();

/** Where each secret lies that is in no comment and in a line that no home before had. */
function newSecrets(text: string): readonly Place[] {
  const blank = text.replace(/<!--[\s\S]*?-->/g, (comment) => ' '.repeat(comment.length));
  return [...blank.matchAll(new RegExp(`${before}.*?${after}`, 'g'))].flatMap(({ 0: secret, index }) => {
    const line = text.slice(text.lastIndexOf('\n', index), text.indexOf('\n', index)).trim();
    if (brokenLines.has(line)) return [];
    brokenLines.add(line);
    return [{ start: index, end: index + secret.length }];
  });
}

/** Each secret broken in each way, each time with a plan and another command that reads the file; the others take turns. */
async function outputsOfBroken(home: string): Promise<readonly Output[]> {
  const role = isLoadBalancer(home) ? 'elb' : 'manager';
  const commands = [...looks.map((words) => [...words, '--home', home]), ['init', '--dry-run', '--from', home]];
  const plan = ['diff', '--role', role, '--home', home];
  const outputs: Output[] = [];
  for (const [path, text] of filesOf(home).filter(([name]) => readFiles.test(name))) {
    for (const { start, end } of newSecrets(text)) {
      const middle = Math.floor((start + end) / 2);
      for (const [title, broken] of Object.entries(breakages)) {
        writeFileSync(path, broken(text.slice(0, middle), text.slice(middle, end), text.slice(end)), 'latin1');
        for (const words of [plan, commands[figures.broken++ % commands.length] ?? plan]) {
          const [name, output] = await outputOf(words);
          outputs.push([`${basename(path)} ${title}: ${name}`, output]);
        }
      }
    }
    writeFileSync(path, text, 'latin1');
  }
  return outputs;
}

if (!existsSync(corpus)) {
  test('the secrets of real homes were not searched for, because there is no ../shared/corpus', () => {
    expect(existsSync(corpus)).toBe(false);
  });
} else {
  const homes = readdirSync(corpus, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && confFolders.some((folder) => existsSync(join(corpus, entry.name, folder))),
    )
    .map(({ name }) => name);

  test.each(homes)('no secret of %s gets out', async (name) => {
    const home = copyOf(name, join(makeFolder(), 'home'));
    const { kept, leftOut } = valuesOf(home);
    figures.real += kept.length;
    figures.leftOut += leftOut.length;
    figures.marked += mark(home, kept);
    expect(leaks(await outputsOfHome(home), [...kept, ...marks])).toEqual([]);
    mark(home);
    expect(leaks(await outputsOfBroken(home), marks)).toEqual([]);
  });

  test('no secret of any file gets out, as text, in an excerpt, or in a diff of any encoding', () => {
    const texts = new Set(
      readdirSync(corpus, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.(?:md|tsv)$/.test(entry.name))
        .map((entry) => marked(readFileSync(join(entry.parentPath, entry.name), 'latin1'))),
    );
    const isClean = (shown: string): boolean => !marks.some((mark) => shown.includes(mark));
    const found: string[] = [];
    let plainLines = 0;
    for (const text of texts) {
      const shownLines = maskSecrets(text).split('\n');
      const lines = text.split('\n');
      plainLines += lines.filter((line, index) => !line.includes(before) && line !== shownLines[index]).length;
      const secrets = secretsOf(text).filter(({ start, end }) => text.slice(start, end).includes(before));
      if (secrets.length === 0) continue;
      figures.files += 1;
      figures.values += secrets.length;
      if (!isClean(maskSecrets(text)))
        found.push(
          ...maskSecrets(text)
            .split('\n')
            .filter((line) => !isClean(line)),
        );
      // A blank put before each line of a secret, so that the diff shows all of them; the encodings take turns.
      const encoding = encodings[figures.files % encodings.length] ?? 'UTF-8';
      const lineStarts = new Set(secrets.map(({ start }) => text.lastIndexOf('\n', start) + 1));
      const edits = [...lineStarts].map((start) => ({ span: { start, end: start }, newText: ' ' }));
      const patch = { path: 'a.xml', encoding, byteOrderMark: encoding !== 'ISO-8859-1', baseDigest: '', text, edits };
      const diff = Buffer.from(diffBytes({ ...patch, changes: [] }, {}))
        .toString('latin1')
        .replaceAll('\0', '');
      figures.outputs++;
      if (!isClean(diff)) found.push(`a diff in ${encoding}`);
      for (const { start } of secrets) {
        const error = notWellFormed('a.xml', text, start, 'wrong');
        const shown = errorText(error, {});
        figures.outputs++;
        if (!isClean(shown)) found.push(`an excerpt: ${shown}`);
      }
    }
    expect(found).toEqual([]);
    // Lines with a mask in which the simple reader sees no secret: placeholders with a default, licence keys and the like.
    expect(plainLines).toBeLessThan(90);
    expect(figures.values).toBeGreaterThan(700);
  });

  const usable = homes.filter((name) => !existsSync(join(corpus, name, 'repository/conf/deployment.toml')));
  // Every third home, as those of one product come one after the other and are much alike.
  const members = usable.filter((_name, index) => index % 3 === 0);
  const clusters = members.flatMap((_name, index) => (index % 4 === 0 ? [members.slice(index, index + 4)] : []));

  test.each(clusters.map((names) => [names]))('nor out of a cluster of %j', async (names) => {
    expect(leaks(await outputsOfCluster(names), marks)).toEqual([]);
  });

  test('there was enough to search', () => {
    process.stdout.write(`Secrets of real homes: ${JSON.stringify(figures)}\n`);
    noteFigure('secrets', 'values searched', figures.marked + figures.values);
    noteFigure('secrets', 'outputs searched', figures.outputs);
    expect(figures.marked).toBeGreaterThan(500);
    expect(figures.broken).toBeGreaterThan(100);
    expect(figures.masks).toBeGreaterThan(500);
    expect(figures.changes).toBeGreaterThan(20 + clusters.length);
  });
}
