import { transformFileSync } from '@swc/core';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { makeFolder } from '../cli/home-copy';
import { buildTime, freshBuild, root } from '../fresh-build';
import { noteFigure } from '../prove/figures';
import { runNode } from '../run-node';
import type { Outcome } from './child';
import { askingInputs, hostileInputs, type HostileInput } from './inputs';

/** How much a group of inputs may take: MB of heap for the whole process, seconds of CPU time for each input. */
interface Bounds {
  readonly heap: number;
  readonly seconds: number;
}

const bounds: Readonly<Record<keyof typeof hostileInputs, Bounds>> = {
  bombs: { heap: 512, seconds: 30 },
  shapes: { heap: 1024, seconds: 30 },
  sizes: { heap: 1024, seconds: 30 },
  encodings: { heap: 128, seconds: 2 },
  declarations: { heap: 128, seconds: 2 },
};

const time = 300_000;
const secret = 'what-nobody-asked-for';
let script = '';

beforeAll(async () => {
  await freshBuild();
  script = compile();
}, buildTime);

/** The child as plain JavaScript, beside the built library. */
function compile(): string {
  const folder = makeFolder();
  const place = join(folder, '__tests__/hostile');
  mkdirSync(place, { recursive: true });
  symlinkSync(join(root, 'dist/lib'), join(folder, 'lib'));
  for (const name of ['child', 'inputs']) {
    const path = join(root, '__tests__/hostile', `${name}.ts`);
    const { code } = transformFileSync(path, { swcrc: true, configFile: join(root, '.swcrc') });
    writeFileSync(join(place, `${name}.js`), code);
  }
  return join(place, 'child.js');
}

function outcomesOf(group: string, heap: number, marker = ''): readonly Outcome[] {
  const words = [`--max-old-space-size=${heap}`, script, group, marker];
  const { code, stdout, stderr } = runNode(words, { cwd: makeFolder() });
  expect({ group, code, stderr }).toEqual({ group, code: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Outcome);
}

function expectAsPromised(inputs: readonly HostileInput[], outcomes: readonly Outcome[], seconds: number): void {
  const results = outcomes.map(({ name, read, edited }) => ({ name, read, edited }));
  expect(results).toEqual(inputs.map(({ name, read, edited }) => ({ name, read, edited })));
  expect(outcomes.filter((one) => one.time > seconds * 1000).map(({ name, time: ms }) => [name, ms])).toEqual([]);
  const unclear = outcomes.flatMap(({ messages }) => messages).filter((message) => !isClear(message));
  expect(unclear).toEqual([]);
}

/** One short line that begins with the file, without a stack or the insides of the program. */
function isClear(message: string): boolean {
  return (
    message.startsWith('f.xml:') && message.length < 400 && !/\n|\bat .*\.[jt]s|undefined|internal check/.test(message)
  );
}

describe('a file that is made to hurt is read or refused, in bounded time and memory', () => {
  test.each(Object.entries(bounds))(
    '%s',
    (group, { heap, seconds }) => {
      const inputs = hostileInputs[group as keyof typeof hostileInputs];
      expectAsPromised(inputs, outcomesOf(group, heap), seconds);
      noteFigure('hostile', 'inputs', inputs.length);
    },
    time,
  );
});

test(
  'nothing that a file asks for is opened, be it a file or an address',
  () => {
    const marker = join(makeFolder(), 'marker');
    writeFileSync(marker, secret);
    const outcomes = outcomesOf('asking', 128, marker);
    expectAsPromised(askingInputs(marker), outcomes, 2);
    expect(outcomes.flatMap(({ opened }) => opened)).toEqual([]);
    expect(outcomes.filter(({ holdsMarker }) => holdsMarker)).toEqual([]);
    noteFigure('hostile', 'inputs', outcomes.length);
  },
  time,
);
