// The main job on a home that ships with the project: a copy of it becomes a worker. Options are handed on to `apply`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const home = join(mkdtempSync(join(tmpdir(), 'carbon-patch-')), 'esb');
cpSync(join(project, 'fixtures/homes/esb-5.0.0'), home, { recursive: true });

const given = process.argv.slice(2);
const role = given.includes('--role') ? [] : ['--role', 'worker'];
const words = ['apply', ...role, '--home', home, '--host', '192.0.2.132', '--yes', ...given];
const program = join(project, 'dist/bin/carbon-patch.js');
process.stdout.write(`carbon-patch ${words.join(' ')}\n`);
process.exitCode = spawnSync(process.execPath, [program, ...words], { stdio: 'inherit' }).status ?? 2;
