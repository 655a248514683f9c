import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { each, megabytesText, minimum, ratioText, secondsText } from './figures';
import { tryInTurn, type ProcessRun } from './measure-process';
import { inNewFolder, tell } from './real-homes';
import type { BenchOptions, Section, Table } from './section';

/** What one very large file takes, edited at its end. */
export const large: Section = {
  summary: 'one file of 100 MB, of one line, of a million siblings',
  run: (options) => inNewFolder((folder) => measureLarge(folder, options)),
};

/** A file made of one piece again and again, with the setting that is edited behind them. */
interface Kind {
  readonly name: string;
  readonly piece: (index: number) => string;
  /** The two sizes: the smaller for the proportion, the larger for the figures. */
  readonly sizes: readonly [smaller: Size, larger: Size];
}

type Size = { readonly bytes: number } | { readonly pieces: number };

const megabyte = 1_000_000;

/** An element with a comment, attributes, children and references, as configuration files have them. */
function setting(index: number): string {
  return [
    `    <!-- Tells how setting ${index} is read; the shipped value suits a server that stands alone. -->`,
    `    <setting name="setting${index}" locked="false">`,
    `        <value unit="s">${index % 977}</value>`,
    `        <address>https://host${index % 31}.example.org:9443/services?a=1&amp;b=2</address>`,
    '    </setting>\n',
  ].join('\n');
}

const kinds: readonly [Kind, ...Kind[]] = [
  { name: 'settings with comments', piece: setting, sizes: [{ bytes: 25 * megabyte }, { bytes: 100 * megabyte }] },
  {
    name: 'the same on one line',
    piece: (index) => setting(index).replace(/\n */g, ''),
    sizes: [{ bytes: 2.5 * megabyte }, { bytes: 10 * megabyte }],
  },
  {
    name: 'siblings',
    piece: (index) => `<item>${index}</item>\n`,
    sizes: [{ pieces: 250_000 }, { pieces: 1_000_000 }],
  },
];

function measureLarge(folder: string, { rounds }: BenchOptions): readonly (string | Table)[] {
  const times = Math.min(rounds, 3);
  const small = makeFile(kinds[0], { pieces: 1 }, join(folder, 'small.xml'));
  const least = patchedAlone(small, times)?.peakBytes ?? 0;
  return [
    `Each file is made for this, and patched with \`patchBytes\` in a process of its own; the least of ${times} runs, start of Node included; a file of one setting takes ${megabytesText(least)}: Node, and the library.`,
    [
      [
        'File',
        'Time against a quarter of it',
        'Memory against the file',
        'Beyond that of one setting',
        'Target',
        'CPU',
        'Wall',
        'Peak memory',
      ],
      ...kinds.map((kind) => rowOf(kind, folder, times, least)),
    ],
  ];
}

function rowOf(kind: Kind, folder: string, rounds: number, least: number): readonly string[] {
  const files = kind.sizes.map((size, index) => makeFile(kind, size, join(folder, `${index}.xml`)));
  const [smaller, larger] = files.map((file) => patchedAlone(file, rounds));
  const [, file = ''] = files;
  const { size } = statSync(file);
  for (const one of files) rmSync(one);
  const name = `${megabytesText(size)}: ${kind.name}${countOf(kind.sizes[1])}`;
  const target = 'in proportion: about 4 ×; memory at most 10 ×';
  if (smaller === undefined || larger === undefined) return [name, 'stopped', 'stopped', 'stopped', target, '', '', ''];
  return [
    name,
    ratioText(larger.cpuSeconds / smaller.cpuSeconds),
    ratioText(larger.peakBytes / size),
    ratioText((larger.peakBytes - least) / size),
    target,
    secondsText(larger.cpuSeconds),
    secondsText(larger.wallSeconds),
    megabytesText(larger.peakBytes),
  ];
}

function countOf(size: Size): string {
  return 'pieces' in size ? `, ${size.pieces.toLocaleString('en-US')} of them` : '';
}

function makeFile({ name, piece }: Kind, size: Size, path: string): string {
  tell(`large: writing ${JSON.stringify(size)} of ${name}`);
  const out = openSync(path, 'w');
  let written = writeSync(out, '<?xml version="1.0" encoding="UTF-8"?>\n<settings>');
  for (let index = 0; 'pieces' in size ? index < size.pieces : written < size.bytes;) {
    const chunk: string[] = [];
    const end = Math.min(index + 1000, 'pieces' in size ? size.pieces : Infinity);
    for (; index < end; index += 1) chunk.push(piece(index));
    written += writeSync(out, chunk.join(''));
  }
  writeSync(out, '<last>before</last></settings>\n');
  closeSync(out);
  return path;
}

/** The least that patching took, `undefined` where a run ended before its time. */
function patchedAlone(
  file: string,
  rounds: number,
): Pick<ProcessRun, 'cpuSeconds' | 'wallSeconds' | 'peakBytes'> | undefined {
  const words = [execPath, join(__dirname, 'patch-large-file.js'), file];
  const [runs = []] = tryInTurn([{ name: file, words }], { warmUps: 0, rounds });
  const failed = runs.find(({ code }) => code !== 0);
  if (failed) {
    tell(`large: ended with ${failed.code}: ${failed.stderr.slice(-500)}`);
    return undefined;
  }
  return {
    cpuSeconds: minimum(each(runs, 'cpuSeconds')),
    wallSeconds: minimum(each(runs, 'wallSeconds')),
    peakBytes: minimum(each(runs, 'peakBytes')),
  };
}
