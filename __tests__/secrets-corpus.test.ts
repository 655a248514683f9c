import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { makeFolder } from './cli/home-copy';
import { runCli } from './cli/memory-io';
import { root } from './fresh-build';

jest.setTimeout(60_000);

const corpus = join(__dirname, '../../shared/corpus');

/** What a marked secret begins and ends with; no file of a home and no message has either. */
const [before, after] = ['Zq7', '7qZ'] as const;
const marks = [before, after];
const env = { CARBON_PATCH_DB_PASSWORD: `${before}from the environment${after}` };

/** Where a secret lies in a file. */
interface Place {
  readonly start: number;
  readonly end: number;
}

const secretName = String.raw`[\w:.-]*(?:passw(?:or)?d|passphrase|pwd|secret|secret_access_key|(?:key|trust)store_?pass)`;

/** Every way in which a file says a password; the named group is the password. Simple on purpose, and not our own reader. */
const forms: readonly RegExp[] = [
  String.raw`<(${secretName})(?:\s[^<>]*)?>(?:<!\[CDATA\[)?(?<value>[^<\]]+)(?:\]\]>)?</\1\s*>`,
  String.raw`\s${secretName}\s*=\s*"(?<value>[^"<]+)"`,
  String.raw`\s${secretName}\s*=\s*'(?<value>[^'<]+)'`,
  String.raw`<[^<>]*\s(?:name|key|id)\s*=\s*["']${secretName}["'][^<>]*[^/<>]>(?<value>[^<]+)</`,
  String.raw`<[^<>]*\s(?:name|key|id)\s*=\s*["']${secretName}["'][^<>]*\svalue\s*=\s*["'](?<value>[^"'<>]+)["']`,
  String.raw`<[^<>]*\svalue\s*=\s*["'](?<value>[^"'<>]+)["'][^<>]*\s(?:name|key|id)\s*=\s*["']${secretName}["']`,
  String.raw`://[^\s/:@<>"']+:(?<value>[^\s@<>"']+)@`,
  String.raw`[?&;]${secretName}=(?<value>[^\s&;<>"']+)`,
].map((source) => new RegExp(source, 'dgi'));

/** The places of the secrets of a file, in order; none where a variable, a switch or nothing stands for one. */
function secretsOf(text: string): readonly Place[] {
  const found = forms
    .flatMap((form) => [...text.matchAll(form)])
    .flatMap((match): readonly Place[] => {
      const [from = 0, to = 0] = match.indices?.groups?.['value'] ?? [];
      const value = text.slice(from, to);
      if (value.trim() === '' || /^\s*(?:true|false|\$\{.*\}|\{\{.*\}\}|\$\w+\{.*\})\s*$/.test(value)) return [];
      const start = from + (value.length - value.trimStart().length);
      return [{ start, end: start + value.trim().length }];
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter(({ start }, index) => found.slice(0, index).every(({ end }) => end <= start));
}

/** The text with something else in the place of each secret. */
function withSecrets(text: string, secret: (value: string) => string): string {
  let position = 0;
  const parts = secretsOf(text).flatMap(({ start, end }) => {
    const part = [text.slice(position, start), secret(text.slice(start, end))];
    position = end;
    return part;
  });
  return [...parts, text.slice(position)].join('');
}

/**
 * How much was searched: secrets marked; real ones searched for as they are, and left out because the home has them as
 * words too; outputs; files broken; masks in the outputs; diffs that had something to show.
 */
const figures = { marked: 0, real: 0, leftOut: 0, outputs: 0, broken: 0, masks: 0, changes: 0 };

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

/** Makes each secret of a home unlike any word; returns how many there are. */
function mark(home: string): number {
  let count = 0;
  for (const [path, text] of filesOf(home)) {
    const marked = withSecrets(text, (value) => {
      count++;
      return `${before}${value}${after}`;
    });
    if (marked !== text) writeFileSync(path, marked, 'latin1');
  }
  return count;
}

/** The secrets of a home that are words of it too, such as the name of a key store, cannot be searched for. */
function valuesOf(home: string): { readonly kept: readonly string[]; readonly leftOut: readonly string[] } {
  const files = filesOf(home);
  const values = new Set(files.flatMap(([, text]) => secretsOf(text).map(({ start, end }) => text.slice(start, end))));
  const others = files.map(([, text]) => withSecrets(text, () => '')).join('\n');
  const isKept = (value: string): boolean => value.length >= 6 && !others.includes(value);
  return { kept: [...values].filter(isKept), leftOut: [...values].filter((value) => !isKept(value)) };
}

/** One thing that a person or a program gets to see. */
type Output = readonly [title: string, text: string];

async function outputOf(words: readonly string[]): Promise<Output> {
  const { code, stdout, stderr, questions } = await runCli(words, { env });
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
    ['plan', ...role],
    ['plan', ...role, '--json', '--out', saved],
    ['show', '--home', home],
    ['show', '--home', home, '--json'],
    ['check', '--home', home, '--all'],
    ['check', '--home', home, '--all', '--json'],
    ['check', '--home', home, '--all', '--format', 'sarif'],
    ['ports', '--home', home],
    ['init', '--dry-run', '--from', home],
  ];
  for (const words of commands) outputs.push(await outputOf(words));
  outputs.push(...fileOutput(saved));
  outputs.push(await outputOf(['apply', ...role, '--json']));
  outputs.push(...fileOutput(join(home, '.carbon-patch/journal.json')));
  outputs.push(await outputOf(['show', '--home', home]), await outputOf(['undo', '--home', home]));
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
  homes.forEach(mark);
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
    ['init', ...homes.flatMap((home) => ['--from', home]), '--out', described],
    ['apply', ...cluster, '--json'],
  ])
    outputs.push(await outputOf(words));
  for (const path of [saved, described, ...homes.map((home) => join(home, '.carbon-patch/journal.json'))])
    outputs.push(...fileOutput(path));
  outputs.push(await outputOf(['undo', ...cluster]));
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
    if (kept.length > 0) expect(leaks(await outputsOfHome(home), kept)).toEqual([]);
    figures.marked += mark(home);
    expect(leaks(await outputsOfHome(home), marks)).toEqual([]);
    expect(leaks(await outputsOfBroken(home), marks)).toEqual([]);
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
    expect(figures.marked).toBeGreaterThan(500);
    expect(figures.broken).toBeGreaterThan(100);
    expect(figures.masks).toBeGreaterThan(500);
    expect(figures.changes).toBeGreaterThan(20 + clusters.length);
  });
}
