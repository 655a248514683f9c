import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { noteFigure } from '../prove/figures';
import { proofSize } from '../prove/proof-size';
import { copyHome, makeFolder } from './home-copy';
import { atTerminal, runCli, type World } from './memory-io';

// Many runs in one test: a busy machine takes its time.
jest.setTimeout(120_000);

/** What a text can do to a terminal that shows it as it is, or to the eye of the reader. */
const sequences: Readonly<Record<string, string>> = {
  'a CSI sequence': '\u001b[2J\u001b[1;1H',
  'an OSC 8 link': '\u001b]8;;https://evil.example.org\u0007click\u001b]8;;\u0007',
  'an OSC 52 clipboard': '\u001b]52;c;cm0gLXJm\u001b\\',
  'a window title': '\u001b]0;title\u0007',
  'C1 controls': '\u009b2J\u009d52;c;eA==\u009c\u0090q\u009c',
  'a bell': 'a\u0007b',
  'a backspace': 'evil\b\b\b\bgood',
  'a delete': 'a\u007fb',
  'a carriage return': 'real\rfake',
  'a vertical tab and a form feed': 'a\u000bb\u000cc',
  'a NUL': 'a\u0000b',
  'a right-to-left override': 'a\u202egpj.exe\u202c',
  isolates: '\u2066a\u2069\u2067b\u2069\u061c',
  'characters without width': 'a\u200bb\u200c\u200d\u2060\ufeffc\u00ad',
  tags: 'a\u{e0041}\u{e007f}b',
  'line separators': 'a\u2028carbon-patch: FORGED\u2029\u0085b',
  'a line of its own': 'a\ncarbon-patch: FORGED\nWrote 1 file.',
  'half a surrogate pair': 'a\ud800b\udfffc',
};

/** Anything that must not reach a terminal; the colours of the program itself are taken out before. */
const obeyed = /\r(?!\n)|[\p{Cc}\p{Cf}\u2028\u2029](?<![\t\r\n])|^carbon-patch: FORGED/mu;
const ownColours = new RegExp(`${'\u001b'}\\[(?:1|22|3[0-9])m`, 'g');

/** Characters that XML 1.0 has no form for. */
const notXml = /(?![\t\n\r\u007f-\u009f])\p{Cc}|\p{Cs}/u;

interface Scene {
  readonly commands: readonly (readonly string[])[];
  readonly env?: Readonly<Record<string, string>>;
}

const carbonXml = 'repository/conf/carbon.xml';
const axis2Xml = 'repository/conf/axis2/axis2.xml';

/** A home with a text put into one of its files. */
function homeWith(path: string, change: (text: string) => string): string {
  const home = copyHome();
  const before = readFileSync(join(home, path), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(home, path), after);
  return home;
}

const ofHome = (home: string): readonly (readonly string[])[] => [
  ['diff', '--role', 'worker', '--home', home],
  ['diff', '--role', 'worker', '--home', home, '--json'],
  ['plan', '--role', 'worker', '--home', home],
  ['show', '--home', home],
  ['show', '--home', home, '--json'],
  ['check', '--home', home, '--all'],
  ['check', '--home', home, '--format', 'sarif'],
  ['ports', '--home', home],
  ['ports', '--home', home, '--json'],
  ['init', '--dry-run', '--from', home],
];

/** A cluster file of one worker, with more text behind it. */
function clusterOf(home: string, more: string): string {
  const file = join(makeFolder(), 'carbon-cluster.yaml');
  const node = `  - { name: worker1, role: worker, host: 192.0.2.11, home: ${JSON.stringify(home)} }`;
  const database = 'database: { host: db.example.org, username: u, password: { env: CARBON_PATCH_DB_PASSWORD } }';
  writeFileSync(file, `domain: wso2.test.domain\nhostName: esb.example.org\n${database}\nnodes:\n${node}\n${more}\n`);
  return file;
}

const ofCluster = (file: string): readonly (readonly string[])[] => [
  ['diff', '--cluster', file],
  ['plan', '--cluster', file, '--explain'],
  ['plan', '--cluster', file, '--json'],
  ['check', '--cluster', file, '--json'],
  ['show', '--cluster', file],
  ['runbook', '--cluster', file],
  ['hosts', '--cluster', file, '--node', 'worker1', '--clients'],
  [
    'clone',
    '--cluster',
    file,
    '--from',
    'worker1',
    '--to',
    join(makeFolder(), 'new'),
    '--name',
    'worker2',
    '--dry-run',
  ],
  ['runbook', '--cluster', file, '--format', 'sh'],
];

const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');

/** Where a text can come from. */
const places: Readonly<Record<string, (text: string) => Scene | undefined>> = {
  'a value of a file': (text) => {
    if (notXml.test(text)) return undefined;
    const value = (xml: string): string =>
      xml.replace(/(<parameter name="domain">)[^<]*/, `$1${xmlText(text).replaceAll('$', '$$$$')}`);
    return { commands: ofHome(homeWith(axis2Xml, value)) };
  },
  'a comment of a file': (text) => {
    if (notXml.test(text)) return undefined;
    return { commands: ofHome(homeWith(carbonXml, (xml) => xml.replace('<Offset>', () => `<!--${text}--><Offset>`))) };
  },
  'a file that is not well-formed': (text) => ({
    commands: ofHome(homeWith(carbonXml, (xml) => xml.replace('<Offset>', () => `<Offset ${text}"<>`))),
  }),
  'the name of a folder': (text) => {
    if (/[\0\ud800-\udfff]/.test(text)) return undefined;
    const home = join(makeFolder(), text.replaceAll('/', '_'));
    cpSync(copyHome(), home, { recursive: true });
    return { commands: [...ofHome(home), ['apply', '--role', 'worker', '--home', home], ['undo', '--home', home]] };
  },
  'the name of a file': (text) => {
    if (/[\0\ud800-\udfff]/.test(text)) return undefined;
    const home = copyHome();
    const name = `${text.replaceAll('/', '_')}.xml`;
    mkdirSync(join(home, 'repository/conf/extra'), { recursive: true });
    writeFileSync(join(home, 'repository/conf/extra', name), '<a>old</a>');
    const file = clusterOf(
      home,
      `patches:\n  - file: ${JSON.stringify(`extra/${name}`)}\n    operations: [{ op: setText, at: /a, value: new }]`,
    );
    return { commands: [...ofCluster(file), ['apply', '--cluster', file], ['undo', '--cluster', file]] };
  },
  'a key of the cluster file': (text) => ({
    commands: ofCluster(clusterOf(copyHome(), `${JSON.stringify(text)}: 1`)),
  }),
  'a value of the cluster file': (text) => ({
    commands: ofCluster(clusterOf(copyHome(), `mgtHostName: ${JSON.stringify(text)}`)),
  }),
  'the cluster file as it is': (text) => ({
    commands: ofCluster(clusterOf(copyHome(), `# ${text}\nmgtHostName: [ # ${text}`)),
  }),
  'an XPath of the cluster file': (text) => {
    const operation = `{ op: setText, at: ${JSON.stringify(`/Server/Nothing[. = '${text}']`)}, value: a }`;
    return {
      commands: ofCluster(clusterOf(copyHome(), `patches:\n  - { file: carbon.xml, operations: [${operation}] }`)),
    };
  },
  'a hosts file': (text) => {
    const hosts = join(makeFolder(), 'hosts');
    writeFileSync(hosts, `192.0.2.11 ${text}\n# ${text}\n`);
    const words = ['hosts', '--cluster', clusterOf(copyHome(), ''), '--clients', '--write', hosts];
    return { commands: [[...words, '--dry-run'], words, ['hosts', '--write', hosts, '--undo']] };
  },
  'a server log': (text) => {
    const log = join(makeFolder(), 'wso2carbon.log');
    writeFileSync(log, `TID: [0] [ESB] [2026-01-31 12:00:00,000] ERROR {x.Y} -  ${text} {x.Y}\n${text}\n`);
    return {
      commands: [
        ['check-log', log],
        ['check-log', log, '--json'],
        ['check-log', `${log}${text}`],
      ],
    };
  },
  'a variable': (text) => ({
    commands: ofCluster(clusterOf(copyHome(), '')),
    env: { CARBON_PATCH_SET: `${text}=1`, CARBON_PATCH_DB_PASSWORD: text },
  }),
  'the words of the command line': (text) => {
    const home = copyHome();
    return {
      commands: [
        [text],
        ['show', text],
        ['show', `--${text}`, '--json'],
        ['show', '--home', text],
        ['check', '--home', text, '--json'],
        ['check', '--home', home, '--format', text],
        ['ports', '--home', text],
        ['undo', '--home', text],
        ['apply', '--role', text, '--home', home],
        ['diff', '--role', 'worker', '--home', home, '--only', text, '--json'],
        ['diff', '--role', 'worker', '--home', home, '--domain', text],
        ['plan', '--cluster', text],
        ['apply', '--plan', text],
        ['init', '--from', text],
        ['init', '--host-name', text, '--domain', text, '--dry-run', '--yes'],
      ],
    };
  },
};

/** What a terminal would obey in an output. */
function obeyedIn(words: readonly string[], text: string): readonly string[] {
  const line = text
    .replace(ownColours, '')
    .split(/\r?\n/)
    .find((one) => obeyed.test(one));
  return line === undefined ? [] : [`${JSON.stringify(words)}: ${JSON.stringify(line)}`];
}

/** What is data for a program where it does not go to a terminal: a diff for `git apply`, a cluster file to be saved. */
function isData(words: readonly string[]): boolean {
  return ['diff', 'apply', 'init', 'hosts', 'clone'].includes(words[0] ?? '') && !words.includes('--json');
}

const worlds: readonly World[] = [{ terminals: atTerminal, answers: ['y', 'y', 'y'] }, {}];

describe.each(Object.entries(places))('nothing of %s reaches a terminal as it is', (_place, sceneOf) => {
  test.each(Object.entries(sequences))('%s', async (title, sequence) => {
    const scene = sceneOf(sequence);
    if (scene === undefined) return;
    const found: string[] = [];
    const { commands, env = {} } = scene;
    // Each sequence with some of the commands, and over all sequences every command.
    const first = Object.keys(sequences).indexOf(title) * 2;
    for (let turn = 0; turn < proofSize({ usual: 2, proved: 3 }); turn++) {
      const words = commands[(first + turn) % commands.length] ?? [];
      for (const world of worlds) {
        const { stdout, stderr, questions } = await runCli(words, { ...world, env: { ...env, DEBUG: 'carbon-patch' } });
        const shown = isData(words) && world.terminals === undefined ? '' : stdout;
        for (const text of [shown, stderr, ...questions]) found.push(...obeyedIn(words, text));
      }
    }
    expect(found).toEqual([]);
    noteFigure('terminal', 'sequences in places', 1);
  });
});
