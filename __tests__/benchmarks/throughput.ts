import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeXml } from '../../lib/text/encoding';
import { scan } from '../../lib/xml/scan';
import { cpuSecondsOf } from './cpu-time';
import { grouped, median, minimum } from './figures';
import { homesFolder, tell } from './real-homes';
import type { BenchOptions, Section, Table } from './section';

/** How fast the scanner reads, once it is warm. */
export const throughput: Section = {
  summary: 'megabytes a second of the scanner',
  run: measureThroughput,
};

const warmUps = 5;

function measureThroughput({ rounds }: BenchOptions): readonly (string | Table)[] {
  const { path, label } = homesFolder();
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const texts = files.map(textOf).filter((text) => text !== undefined);
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  tell(`throughput: ${texts.length} files`);
  const passes = Array.from({ length: warmUps + rounds }, () =>
    cpuSecondsOf(() => texts.forEach((text) => scan(text, 'document.xml'))),
  ).slice(warmUps);
  const megabytes = (seconds: number): string => `${grouped(bytes / seconds / 1e6)} MB/s`;
  return [
    `All ${grouped(texts.length)} XML files of ${label}, ${(bytes / 1e6).toFixed(1)} million characters, are scanned one after the other; the best of ${rounds} passes, and the median behind it.`,
    [
      ['Work', 'Throughput', 'Target'],
      ['scanning, warm', `${megabytes(minimum(passes))} (${megabytes(median(passes))})`, 'at least 100 MB/s'],
    ],
  ];
}

/** The text of a file that can be read; fixtures hold files that cannot. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const { text } = decodeXml(bytes, 'document.xml');
    scan(text, 'document.xml');
    return text;
  } catch {
    return undefined;
  }
}
