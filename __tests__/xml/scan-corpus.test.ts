import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { decodeXml, encodeText } from '../../lib/text/encoding';
import { scan } from '../../lib/xml/scan';

const corpus = join(__dirname, '../../../shared/corpus');

if (!existsSync(corpus)) {
  test('the files of real homes were not scanned, because there is no ../shared/corpus', () => {
    expect(existsSync(corpus)).toBe(false);
  });
} else {
  test('every XML file of the real homes is accepted, its tokens cover it, and its bytes come back', () => {
    const files = readdirSync(corpus, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(700);
    expect(files.filter((file) => !comesBack(file)).map((file) => relative(corpus, file))).toEqual([]);
  });
}

/** Throws where the file is refused; none of these files is malformed. */
function comesBack(file: string): boolean {
  const bytes = readFileSync(file);
  const decoded = decodeXml(bytes, relative(corpus, file));
  const { tokens } = scan(decoded.text, relative(corpus, file));
  const text = Array.from(tokens, ({ span }) => decoded.text.slice(span.start, span.end)).join('');
  return text === decoded.text && bytes.equals(encodeText({ ...decoded, text }, file));
}
