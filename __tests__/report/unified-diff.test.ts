import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { patchedText, type FilePatch } from '../../lib/plan/plan';
import { diffBytes, diffString, diffText } from '../../lib/report/unified-diff';
import { encodeText, encodings, type Encoding } from '../../lib/text/encoding';
import { filePatch } from './file-patch';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'carbon-patch-diff-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const numbers = Array.from({ length: 20 }, (_, index) => `<n${index + 1}/>`);

describe('diffText', () => {
  test('is empty where nothing changes', () => {
    const patch = filePatch({ before: 'a\n', after: 'a\n' });
    expect(diffText(patch, { color: true })).toBe('');
    expect(diffString(patch, {})).toBe('');
    expect(diffBytes(patch, {})).toHaveLength(0);
  });

  test('shows three lines of context, in hunks', () => {
    const after = numbers.map((line, index) => (index === 1 || index === 15 ? `<new${index}/>` : line));
    expect(diffText(filePatch({ before: lines(...numbers), after: lines(...after) }), {})).toBe(
      lines(
        '--- a/conf/a.xml',
        '+++ b/conf/a.xml',
        '@@ -1,5 +1,5 @@',
        ' <n1/>',
        '-<n2/>',
        '+<new1/>',
        ' <n3/>',
        ' <n4/>',
        ' <n5/>',
        '@@ -13,7 +13,7 @@',
        ' <n13/>',
        ' <n14/>',
        ' <n15/>',
        '-<n16/>',
        '+<new15/>',
        ' <n17/>',
        ' <n18/>',
        ' <n19/>',
      ),
    );
  });

  test.each([
    ['a line end that goes', 'a\nb\n', 'a\nb', ['@@ -1,2 +1,2 @@', ' a', '-b', '+b', '\\ No newline at end of file']],
    ['a line end that comes', 'b', 'b\n', ['@@ -1 +1 @@', '-b', '\\ No newline at end of file', '+b']],
    ['none on both sides', 'a\nb', 'c\nb', ['@@ -1,2 +1,2 @@', '-a', '+c', ' b', '\\ No newline at end of file']],
    ['CRLF', 'a\r\nb\r\n', 'a\r\nc\r\n', ['@@ -1,2 +1,2 @@', ' a\r', '-b\r', '+c\r']],
    ['a line end of another kind', 'a\r\n', 'a\n', ['@@ -1 +1 @@', '-a\r', '+a']],
    ['a new first line', 'a\n', 'b\na\n', ['@@ -1 +1,2 @@', '+b', ' a']],
    ['the last line gone', 'a\nb\n', 'a\n', ['@@ -1,2 +1 @@', ' a', '-b']],
    ['an empty file', '', 'a\n', ['@@ -0,0 +1 @@', '+a']],
  ])('%s', (_, before, after, body) => {
    const expected = lines('--- a/conf/a.xml', '+++ b/conf/a.xml', ...body);
    expect(diffText(filePatch({ before, after }), {})).toBe(expected);
    expect(diffString(filePatch({ before, after }), {})).toBe(expected);
    expect(Buffer.from(diffBytes(filePatch({ before, after }), {})).toString()).toBe(expected);
  });

  test('colours signs, places and names, and leaves the line end alone', () => {
    const text = diffText(filePatch({ before: 'a\r\nb\r\n', after: 'a\r\nc\r\n' }), { color: true });
    expect(text).toBe(
      [
        '\u001b[1m--- a/conf/a.xml\u001b[22m\n',
        '\u001b[1m+++ b/conf/a.xml\u001b[22m\n',
        '\u001b[36m@@ -1,2 +1,2 @@\u001b[39m\n',
        ' a\r\n',
        '\u001b[31m-b\u001b[39m\r\n',
        '\u001b[32m+c\u001b[39m\r\n',
      ].join(''),
    );
  });

  test('makes visible what a terminal would obey; the other forms keep it', () => {
    const patch = filePatch({ before: 'a\r\u009b2J\u202eb\tc\n', after: 'd\n' });
    expect(diffText(patch, {})).toContain('-a\u240d\ufffd2J\ufffdb\tc\n');
    expect(diffString(patch, {})).toContain('-a\r\u009b2J\u202eb\tc\n');
  });

  test('the form for machines keeps a byte order mark', () => {
    const patch = filePatch({ before: 'a\n', after: 'b\n', byteOrderMark: true });
    expect(diffString(patch, {})).toContain('\n-\ufeffa\n+\ufeffb\n');
    expect(diffText(patch, {})).toContain('\n-a\n+b\n');
  });

  test.each([
    ['conf/a b.xml', '--- a/conf/a b.xml\t\n+++ b/conf/a b.xml\t\n'],
    ['conf/"a".xml', '--- "a/conf/\\"a\\".xml"\n+++ "b/conf/\\"a\\".xml"\n'],
    ['conf/é\t\\.xml', '--- "a/conf/\\303\\251\\t\\\\.xml"\n+++ "b/conf/\\303\\251\\t\\\\.xml"\n'],
  ])('quotes %s as git does', (path, expected) => {
    expect(diffText(filePatch({ path, before: 'a\n', after: 'b\n' }), {})).toContain(expected);
  });
});

describe('secrets in a diff', () => {
  const before = lines('<a>', '  <password>hunter1</password>', '  <url>x</url>', '</a>');
  const after = lines('<a>', '  <password>hunter2</password>', '  <url>y</url>', '</a>');
  const masked = lines(
    '--- a/conf/a.xml',
    '+++ b/conf/a.xml',
    '@@ -1,4 +1,4 @@',
    ' <a>',
    '-  <password>********</password>',
    '-  <url>x</url>',
    '+  <password>********</password>',
    '+  <url>y</url>',
    ' </a>',
  );

  test('are masked on both sides, and a line with nothing else new is still a change', () => {
    expect(diffText(filePatch({ before, after }), {})).toBe(masked);
    expect(diffString(filePatch({ before, after }), {})).toBe(masked);
  });

  test.each(encodings)('are masked in the bytes of %s', (encoding) => {
    const patch = filePatch({ before, after, encoding, byteOrderMark: encoding.startsWith('UTF') });
    const bytes = Buffer.from(diffBytes(patch, {})).toString('latin1').replaceAll('\0', '');
    expect(bytes).toContain('-  <password>********</password>');
    expect(bytes).toContain('+  <password>********</password>');
    expect(bytes).not.toMatch(/hunter/);
  });

  test('a secret is hidden where a byte of one of its characters is that of a line end', () => {
    const password = 'geheim\u0a0anis\u010at';
    const patch = filePatch({
      before: `<a>\n<password>${password}</password>\n</a>\n`,
      after: `<a>\n<password>x</password>\n</a>\n`,
      encoding: 'UTF-16LE',
    });
    const shown = Buffer.from(diffBytes(patch, {})).toString('latin1').replaceAll('\0', '');
    expect(shown).not.toMatch(/geheim|nis|t<|x</);
  });

  test('are masked in lines of the context, and in those whose name is on another line', () => {
    const text = (port: string): string =>
      lines('<Connector', `  port="${port}"`, '  name="password"', '  value="x"/>');
    expect(diffText(filePatch({ before: text('1'), after: text('2') }), {})).toBe(
      lines(
        '--- a/conf/a.xml',
        '+++ b/conf/a.xml',
        '@@ -1,4 +1,4 @@',
        ' <Connector',
        '-  port="********"',
        '+  port="********"',
        '   name="password"',
        '   value="********"/>',
      ),
    );
  });

  test('a line of the context is masked where it is a secret on one side only', () => {
    const text = (name: string): string => lines(`<p name="${name}"`, '  >x', '</p>');
    expect(diffText(filePatch({ before: text('a'), after: text('password') }), {})).toContain('   >********\n');
    expect(diffText(filePatch({ before: text('password'), after: text('a') }), {})).toContain('   >********\n');
  });

  test('are shown on request', () => {
    const shown = diffText(filePatch({ before, after }), { showSecrets: true });
    expect(shown).toContain('-  <password>hunter1</password>\n');
    expect(shown).toContain('+  <password>hunter2</password>\n');
  });
});

function bytesBefore({ text, encoding, byteOrderMark, path }: FilePatch): Uint8Array {
  return encodeText({ text, encoding, byteOrderMark }, path);
}

function bytesAfter(patch: FilePatch): Uint8Array {
  return encodeText(
    { text: patchedText(patch), encoding: patch.encoding, byteOrderMark: patch.byteOrderMark },
    patch.path,
  );
}

function write(root: string, patches: readonly FilePatch[]): void {
  for (const patch of patches) {
    mkdirSync(dirname(join(root, patch.path)), { recursive: true });
    writeFileSync(join(root, patch.path), bytesBefore(patch));
  }
}

// Whatever the user has configured must not change what is written.
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };

/** Applies the diffs of all patches in one call of the program, and compares every file. */
function expectApplies(command: string, args: readonly string[], patches: readonly FilePatch[]): void {
  const root = mkdtempSync(join(home, 'run-'));
  write(root, patches);
  const input = Buffer.concat(patches.map((patch) => diffBytes(patch, { showSecrets: true })));
  if (input.length > 0) {
    const { status, stderr, stdout } = spawnSync(command, args, { cwd: root, input, encoding: 'utf8', env });
    expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({ status: 0, stderr: '', stdout: '' });
  }
  for (const patch of patches) {
    expect(readFileSync(join(root, patch.path)).toString('latin1')).toBe(
      Buffer.from(bytesAfter(patch)).toString('latin1'),
    );
  }
}

describe.each([
  ['git apply', 'git', ['apply', '--whitespace=nowarn', '-']],
  ['patch -p1', 'patch', ['-p1', '--no-backup-if-mismatch', '--binary', '-s']],
])('%s makes of the old bytes the new ones', (_, command, args) => {
  const before = lines(...numbers, '<password>ü</password>') + '<end/>';
  const after = before.replace('<n3/>\n', '').replace('ü', 'é').replace('<n18/>', '<n18/>\n<x>ö</x>');

  test.each(encodings.flatMap((encoding) => [true, false].map((crlf) => ({ encoding, crlf }))))(
    '$encoding, CRLF: $crlf',
    ({ encoding, crlf }) => {
      const form = (text: string): string => {
        const ascii = encoding === 'US-ASCII' ? text.replace(/[^\0-\x7f]/g, '?') : text;
        return crlf ? ascii.replaceAll('\n', '\r\n') : ascii;
      };
      const marks = encoding.startsWith('UTF') ? [true, false] : [false];
      const patches = marks.map((byteOrderMark) =>
        filePatch({
          path: `conf/${byteOrderMark}.xml`,
          before: form(before),
          after: form(after),
          encoding,
          byteOrderMark,
        }),
      );
      expectApplies(command, args, patches);
    },
  );

  test('a path with blanks and other odd characters', () => {
    const paths = ['conf/a b.xml', 'a  b/c\td.xml', 'conf/"q" \\.xml', 'conf/é ü.xml', "conf/it's.xml"];
    expectApplies(
      command,
      args,
      paths.map((path) => filePatch({ path, before, after })),
    );
  });

  const text = (characters: readonly string[]): fc.Arbitrary<string> =>
    fc
      .array(
        fc.tuple(
          fc.constantFrom('a', 'b', '<c/>', '', '-- d', '+++ e', '@@', '\\', ...characters),
          fc.constantFrom('\n', '\r\n', '\r'),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.flat().join(''));
  const wide = ['ü', '\u010a', '\u0a0a', '\u0a0d', '😀'];

  const edited = fc
    .tuple(fc.constantFrom<Encoding>('UTF-8', 'UTF-16LE', 'UTF-16BE', 'ISO-8859-1'), fc.boolean())
    .chain(([encoding, byteOrderMark]) => {
      const content = text(encoding === 'ISO-8859-1' ? ['ü'] : wide);
      return fc.record({
        encoding: fc.constant(encoding),
        byteOrderMark: fc.constant(byteOrderMark && encoding !== 'ISO-8859-1'),
        start: content,
        replaced: content,
        replacement: content,
        end: content,
        hasEnd: fc.boolean(),
      });
    })
    .map(({ encoding, byteOrderMark, start, replaced, replacement, end, hasEnd }) => {
      const form = (middle: string): string => (hasEnd ? `${start}${middle}${end}\n` : `<${start}${middle}${end}>`);
      return { encoding, byteOrderMark, before: form(replaced), after: form(replacement) };
    });

  test('any edit of any mix of line ends', () => {
    fc.assert(
      fc.property(fc.array(edited, { minLength: 20, maxLength: 40 }), (inputs) => {
        expectApplies(
          command,
          args,
          inputs.map((input, index) => filePatch({ ...input, path: `conf/${index}.xml` })),
        );
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
});

test('every masked line of a diff stands where the real one does', () => {
  const value = fc.constantFrom('x', 'y', '${p}', 'a&amp;b');
  const line = fc.oneof(
    value.map((one) => `<password>${one}</password>`),
    value.map((one) => `<password>\n${one}\n</password>`),
    value.map((one) => `<a b="${one}"/>`),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 9 }), fc.array(line, { maxLength: 9 }), (before, after) => {
      const patch = filePatch({ before: lines(...before), after: lines(...after) });
      const places = (diff: string): readonly string[] =>
        diff.split('\n').map((one) => (one.startsWith('@@') ? one : one.charAt(0)));
      expect(places(diffString(patch, {}))).toEqual(places(diffString(patch, { showSecrets: true })));
    }),
  );
});
