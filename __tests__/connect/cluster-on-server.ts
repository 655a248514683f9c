import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { registryTables, userTables } from '../../lib/carbon/kernel-tables';
import { makeFolder } from '../disk/temporary-home';
import { root } from '../fresh-build';
import { runCli } from '../cli/memory-io';

/** A password that breaks what does not quote it, in XML, in SQL of any mode, in psql and in a shell. */
export const password = `k'l"m\\n\`o$p$$q%r;--s&t<ü✓`;

/** A cluster whose homes were made by `apply`, on a database server. */
export interface ClusterOnServer {
  readonly folder: string;
  /** What `carbon-patch sql` prints; every line of it is UTF-8 text. */
  sql(...words: readonly string[]): Promise<string>;
  /** What `check --connect` says of databases: the lines about them, and the findings of its own rules. */
  check(...words: readonly string[]): Promise<string>;
  /** Changes a file of worker1 for one check, which tells what it finds then. */
  checkWith(replacements: readonly (readonly [RegExp, string])[], ...words: readonly string[]): Promise<string>;
}

/** Which homes, and which server. */
export interface ClusterOptions {
  readonly kind: string;
  readonly port: number;
  readonly home: string;
  /** Further files of each home, by their paths in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** File names of the scripts in dbscripts, and the tables that each is to make. */
  readonly scripts: Readonly<Record<string, readonly string[]>>;
}

/** The tables of the kernel. */
export const kernelTables = [...registryTables, ...userTables];

const datasources = 'worker1/repository/conf/datasources/master-datasources.xml';

/** Two nodes, whose table scripts are some lines of our own in the place of those that products ship. */
export async function clusterOnServer({
  kind,
  port,
  home,
  files = {},
  scripts,
}: ClusterOptions): Promise<ClusterOnServer> {
  const folder = makeFolder();
  for (const name of ['manager', 'worker1']) {
    cpSync(join(root, 'fixtures/homes', home), join(folder, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
    for (const [file, tables] of Object.entries(scripts)) {
      const path = join(folder, name, 'dbscripts', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, tables.map((table) => `CREATE TABLE ${table} (ID INTEGER PRIMARY KEY);\n`).join(''));
    }
  }
  const file = join(folder, 'cluster.yaml');
  writeFileSync(
    file,
    `domain: orders.esb
hostName: orders.example.org
database: { kind: ${kind}, host: 127.0.0.1, port: ${port}, username: carbon, password: { env: DB } }
nodes:
  - { name: manager, role: manager, host: 192.0.2.11, home: manager }
  - { name: worker1, role: worker, host: 192.0.2.12, home: worker1 }
`,
  );
  const world = { env: { DB: password } };
  const applied = await runCli(['apply', '--cluster', file, '--yes'], world);
  expect(applied.code).toBe(0);
  const check: ClusterOnServer['check'] = async (...words) => {
    const { stdout, stderr } = await runCli(['check', '--cluster', file, '--connect', '--all', ...words], {
      addresses: ['192.0.2.11', '192.0.2.12'],
    });
    expect(stdout + stderr).not.toContain('k&apos;l');
    expect(stdout + stderr).not.toContain("k'l");
    expect(stdout + stderr).not.toContain('wr0ng');
    return aboutDatabases(stdout, port);
  };
  return {
    folder,
    sql: async (...words) => {
      const { code, stdout, stderr } = await runCli(['sql', '--cluster', file, ...words], world);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.anything() });
      return stdout;
    },
    check,
    checkWith: async (replacements, ...words) => {
      const path = join(folder, datasources);
      const before = readFileSync(path, 'utf8');
      try {
        let text = before;
        for (const [from, to] of replacements) {
          expect(text).toMatch(from);
          text = text.replace(from, () => to);
        }
        writeFileSync(path, text);
        return await check('--node', 'worker1', ...words);
      } finally {
        writeFileSync(path, before);
      }
    },
  };
}

/** The commands that run the table scripts, out of the comments in which a script names them. */
export function tableCommands(script: string): string {
  const [, tables = ''] = script.split('\n-- Tables. ');
  return `${[...tables.matchAll(/^-- {3}(.*)$/gm)].map(([, line]) => line).join('\n')}\n`;
}

/** Compares with a golden file, or writes it where `UPDATE_FINDINGS` is set. */
export function expectGolden(product: string, name: string, text: string): void {
  const path = join(root, 'fixtures/databases', product, `${name}.txt`);
  mkdirSync(dirname(path), { recursive: true });
  if (process.env['UPDATE_FINDINGS'] !== undefined) writeFileSync(path, text);
  expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
}

function aboutDatabases(text: string, port: number): string {
  return text
    .split('\n\n')
    .filter((paragraph) => /^(?:ok|wrong|skipped) |^\w+ R5\d /.test(paragraph))
    .map((paragraph) => `${paragraph}\n`)
    .join('\n')
    .replaceAll(String(port), 'PORT')
    .replaceAll('EAI_AGAIN', 'ENOTFOUND')
    .replace(/(MariaDB|PostgreSQL) \d[\d.]*/g, '$1 VERSION');
}
