import { appendFileSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { errorSamples } from '../docs/error-samples';
import { withLock } from '../lib/disk/lock';
import { CarbonPatchError, type ErrorCode } from '../lib/errors';
import { patchBytes, patchText } from '../lib/patch/patch-text';
import { parseOperations } from '../lib/patch/parse-operations';
import { verifyPatch } from '../lib/patch/verify-patch';
import { undoApply } from '../lib/plan/undo-apply';
import { saveClusterFile } from '../lib/plan/save-cluster-file';
import { applyEdits } from '../lib/text/edit';
import { parseText } from '../lib/xml/document';
import { copyHome, makeFolder, stateOf } from './cli/home-copy';
import { runCli } from './cli/memory-io';
import { noteFigure } from './prove/figures';

// A lock is waited for.
jest.setTimeout(60_000);

const carbonXml = 'repository/conf/carbon.xml';

/** Every code of an error and of its causes. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof CarbonPatchError)) throw error;
  const { code, details } = error as CarbonPatchError;
  return [code, ...('causes' in details ? details.causes.flatMap(codesOf) : [])];
}

/** The codes of what a call of the library throws; none where it throws nothing. */
async function thrown(run: () => unknown): Promise<readonly string[]> {
  try {
    await run();
    return [];
  } catch (error) {
    return codesOf(error);
  }
}

interface ErrorDocument {
  readonly code: string;
  readonly details: { readonly causes?: readonly ErrorDocument[] };
}

/** The codes that a command tells a program; it exits with 2, and the homes are as before. */
async function told(words: readonly string[], homes: readonly string[] = []): Promise<readonly string[]> {
  const before = homes.map(stateOf);
  const { code, stdout, stderr } = await runCli([...words, '--json'], { env: { P: 'a password' } });
  expect({ code, isTold: stderr.includes('carbon-patch: ') }).toEqual({ code: 2, isTold: true });
  expect(homes.map(stateOf)).toEqual(before);
  const codes = ({ code: one, details }: ErrorDocument): readonly string[] => [
    one,
    ...(details.causes ?? []).flatMap(codes),
  ];
  return codes((JSON.parse(stdout) as { readonly error: ErrorDocument }).error);
}

const apply = (home: string, ...words: readonly string[]): readonly string[] => [
  'apply',
  '--role',
  'worker',
  '--home',
  home,
  ...words,
];

/** What `apply` tells of a home of which one file has this content; without any, the file is missing. */
async function toldOf(path: string, content: string | Uint8Array | undefined): Promise<readonly string[]> {
  const home = copyHome();
  if (content === undefined) rmSync(join(home, path));
  else writeFileSync(join(home, path), content);
  return told(apply(home), [home]);
}

/** What the library throws for an operation on a small document. */
function ofOperation(operation: object): Promise<readonly string[]> {
  const text = '<Server><Name>a</Name><Ports><Offset>0</Offset></Ports><b k="1"/><c/><c/></Server>';
  return thrown(() => patchText(text, parseOperations([operation])));
}

function clusterFile(text: string): string {
  const file = join(makeFolder(), 'carbon-cluster.yaml');
  writeFileSync(file, text);
  return file;
}

function clusterOf(home: string, more = ''): string {
  return clusterFile(
    `domain: a.b\nhostName: esb.example.org\ndatabase: { host: db.example.org, username: u, password: { env: P } }\nnodes:\n  - { name: worker1, role: worker, host: 192.0.2.1, home: ${home} }\n${more}`,
  );
}

async function savedPlan(home: string): Promise<string> {
  const plan = join(makeFolder(), 'a.plan.json');
  const { code } = await runCli(['plan', '--role', 'worker', '--home', home, '--out', plan]);
  expect(code).toBe(0);
  return plan;
}

/** For every code something that brings it, as docs/errors.md says. */
const provocations: { readonly [Code in ErrorCode]: () => Promise<readonly string[]> } = {
  UNSUPPORTED_ENCODING: () => toldOf(carbonXml, '<?xml version="1.0" encoding="Shift_JIS"?><Server/>'),
  ENCODING_CONFLICT: () =>
    toldOf(carbonXml, Buffer.from('\ufeff<?xml version="1.0" encoding="ISO-8859-1"?><Server/>', 'utf16le')),
  INVALID_BYTES: () => toldOf('repository/conf/axis2/axis2.xml', Buffer.from('<a>\xe4</a>', 'latin1')),
  NOT_WELL_FORMED: () => toldOf('repository/conf/user-mgt.xml', '<UserManager>\n<Realm>\n</UserManager>'),
  INTERNAL_MISMATCH: () => {
    const before = parseText('<r><a>1</a></r>', 'f.xml');
    const edits = [{ span: { start: 6, end: 7 }, newText: '2' }];
    return thrown(() => verifyPatch(before, edits, parseText('<r><a>3</a></r>', 'f.xml')));
  },
  EDIT_CONFLICT: () =>
    thrown(() =>
      applyEdits('abcdef', [
        { span: { start: 1, end: 4 }, newText: '' },
        { span: { start: 3, end: 5 }, newText: '' },
      ]),
    ),
  XPATH_INVALID: () => ofOperation({ op: 'setText', at: '/c:Server/Ports', value: '1' }),
  TARGET_NOT_FOUND: () => ofOperation({ op: 'setText', at: '/Server/Names', value: 'a' }),
  TARGET_AMBIGUOUS: () => ofOperation({ op: 'setText', at: '/Server/c', value: 'a' }),
  TARGET_NOT_ELEMENT: () => ofOperation({ op: 'setText', at: '/Server/b/@k', value: 'a' }),
  TARGET_UNSUITABLE: () => ofOperation({ op: 'setText', at: '/Server/Ports', value: '1' }),
  OPERATION_INVALID: () => ofOperation({ op: 'setText', at: '/Server' }),
  VALUE_NOT_XML: () => thrown(() => patchBytes(Buffer.from('<a/>'), [{ op: 'setText', at: '/a', value: 'a\u0000b' }])),
  HOME_NOT_FOUND: () => told(['show', '--home', join(copyHome(), 'bin')]),
  HOME_GENERATED: () => told(apply(copyHome('am-3.0.0-toml'))),
  HOME_NOT_FOR_ROLE: () => told(['apply', '--role', 'elb', '--home', copyHome()]),
  HOME_FILES_UNUSABLE: () => toldOf('repository/conf/registry.xml', undefined),
  TOPOLOGY_INVALID: () => told(apply(copyHome(), '--local-member-port', '0', '--member', '10.0.0.5')),
  CLUSTER_FILE_INVALID: () => told(['apply', '--cluster', clusterFile('hostname: a\n')]),
  NODE_CHOICE_UNCLEAR: () => told(['apply', '--cluster', clusterOf(copyHome()), '--node', 'worker9']),
  HOMES_UNUSABLE: () => {
    const [home, other] = [copyHome('am-3.0.0-toml'), copyHome('am-3.0.0-toml')];
    return told([
      'apply',
      '--cluster',
      clusterOf(home, `  - { name: worker2, role: worker, host: 192.0.2.2, home: ${other} }\n`),
    ]);
  },
  PLAN_STALE: async () => {
    const home = copyHome();
    const plan = await savedPlan(home);
    appendFileSync(join(home, carbonXml), '\n');
    return told(['apply', '--plan', plan], [home]);
  },
  PLAN_FILE_INVALID: () => told(['apply', '--plan', join(__dirname, '../package.json')]),
  DRIVER_UNUSABLE: () => {
    const jar = join(makeFolder(), 'mysql-connector-java-5.1.49.jar');
    writeFileSync(jar, 'no jar');
    return told(['apply', '--cluster', clusterOf(copyHome()), '--jdbc-driver', jar]);
  },
  HOSTS_FILE_UNUSABLE: () => {
    const hosts = join(makeFolder(), 'hosts');
    writeFileSync(hosts, '192.0.2.9 db.example.org\n');
    const cluster = clusterOf(copyHome(), 'hosts: { db.example.org: 192.0.2.10 }\n');
    return told(['hosts', '--cluster', cluster, '--node', 'worker1', '--write', hosts]);
  },
  CLONE_REFUSED: () => {
    const home = copyHome();
    const words = ['--from', 'worker1', '--to', copyHome(), '--name', 'worker2'];
    return told(['clone', '--cluster', clusterOf(home), ...words], [home]);
  },
  FILE_UNSAFE: () => {
    const home = copyHome();
    linkSync(join(home, carbonXml), join(home, 'other.xml'));
    return told(apply(home), [home]);
  },
  BEYOND_LIMITS: () => {
    const entities = Array.from({ length: 8 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
    return toldOf(carbonXml, `<!DOCTYPE Server [<!ENTITY e0 "lol">${entities.join('')}]><Server>&e8;</Server>`);
  },
  HOME_LOCKED: async () => {
    const home = copyHome();
    return withLock(home, () => told(apply(home)));
  },
  FILE_UNREADABLE: () => told(apply(copyHome(), '--db-password-file', '/no/such')),
  WRITE_FAILED: async () => {
    const path = clusterFile('');
    return thrown(() => saveClusterFile(path, 'a: 1\n', []));
  },
  NOTHING_TO_UNDO: () => thrown(() => undoApply(copyHome())),
  UNDO_CONFLICT: async () => {
    const home = copyHome();
    expect((await runCli(apply(home))).code).toBe(0);
    appendFileSync(join(home, carbonXml), '<!-- mine -->\n');
    return thrown(() => undoApply(home));
  },
  JOURNAL_DAMAGED: async () => {
    const home = copyHome();
    mkdirSync(join(home, '.carbon-patch'), { mode: 0o700 });
    writeFileSync(join(home, '.carbon-patch/journal.json'), 'no JSON', { mode: 0o600 });
    return told(apply(home));
  },
};

const found = new Set<string>();

test.each(Object.entries(provocations))('%s can be provoked', async (code, provoke) => {
  const codes = await provoke();
  expect(codes).toContain(code);
  found.add(code);
});

test('every code has a sample with a fix, and a section in docs/errors.md', () => {
  const page = readFileSync(join(dirname(__dirname), 'docs/errors.md'), 'utf8');
  for (const [code, { provokedBy, fix }] of Object.entries(errorSamples)) {
    expect(page).toContain(`\n## ${code}\n`);
    expect(`${provokedBy}\n${fix}`).toMatch(/^[^\n]{20,}\.\n[^\n]{20,}\.$/);
  }
});

afterAll(() => {
  const codes = Object.keys(errorSamples);
  noteFigure('errors', 'codes thrown', codes.filter((code) => found.has(code)).length);
});
