import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PatchOperation } from '../../lib/patch/operations';
import { patchDocument, type DocumentPatch } from '../../lib/patch/patch-document';
import { patchBytes } from '../../lib/patch/patch-text';
import { applyEdits, invertEdits } from '../../lib/text/edit';
import { canEncode, decodeXml, encodeText, encodings, type Encoding } from '../../lib/text/encoding';
import { domOf } from '../../lib/xml/dom';
import { parseBytes, parseText } from '../../lib/xml/document';
import { generatedDocument, unixLines, type GeneratedDocument } from './generated-document';
import { generatedOperation } from './generated-operation';
import { change, meaningOf, withoutLayout } from './meaning';
import { patchOrRefusal } from './patch-or-refusal';
import { expectAlways, propertyRuns } from './property-runs';

const document = generatedDocument();
const cases = fc.tuple(document, fc.array(generatedOperation(), { minLength: 1, maxLength: 3 }));

/** Runs a property on patches that were made; those that were refused for a stated reason are no cases. */
function holdsForPatches(
  property: (patch: DocumentPatch, text: string, wanted: readonly PatchOperation[]) => void,
): void {
  expectAlways(
    fc.property(cases, ([generated, choices]) => {
      const wanted = choices.map((choose) => choose(generated));
      const patch = patchOrRefusal(parseText(generated.text, 'f.xml'), wanted);
      if ('edits' in patch) property(patch, generated.text, wanted);
    }),
  );
}

describe('every patch', () => {
  test('is made, or refused with a reason; and the result is well-formed', () => {
    let made = 0;
    holdsForPatches(({ result }) => {
      made++;
      expect(() => domOf(parseText(result.text, 'f.xml'))).not.toThrow();
    });
    expect(made).toBeGreaterThan(propertyRuns / 4);
  });

  test('has nothing left to do on its own result, where it is one operation', () => {
    holdsForPatches(({ result }, _text, wanted) => {
      if (wanted.length > 1) return;
      expect(patchDocument(parseText(result.text, 'f.xml'), wanted)).toMatchObject({ edits: [], changes: [] });
    });
  });

  test('can be undone', () => {
    holdsForPatches(({ edits, result }, text) => {
      expect(applyEdits(text, edits)).toBe(result.text);
      expect(applyEdits(result.text, invertEdits(text, edits))).toBe(text);
    });
  });

  test('leaves every character outside its edits as it was', () => {
    holdsForPatches(({ edits, result }, text) => {
      let position = 0;
      let rest = result.text;
      for (const { span, newText } of edits) {
        const kept = text.slice(position, span.start);
        expect(rest.startsWith(kept + newText)).toBe(true);
        rest = rest.slice(kept.length + newText.length);
        position = span.end;
      }
      expect(rest).toBe(text.slice(position));
    });
  });

  test('tells a change for each edit, and no change without one', () => {
    holdsForPatches(({ edits, changes }, text) => {
      expect(changes.length === 0).toBe(edits.length === 0);
      const lines = text.split(/\r\n|\r|\n/).length;
      for (const { line } of changes) expect(line >= 1 && line <= lines).toBe(true);
    });
  });
});

describe('several operations', () => {
  /** XPaths that look around, count and choose by what others may change. */
  const forms: readonly ((at: string) => string)[] = [
    (at) => at,
    (at) => `${at}/*[1]`,
    (at) => `(//*)[count(${at}/preceding::*) + 2]`,
    (at) => `${at}[../*[@k='a']]`,
    (at) => `${at}[not(following-sibling::*[.='a'])]`,
    () => `//m[1]`,
    () => `//*[@k='a']`,
  ];

  test('are what they are one after the other', () => {
    const choices = fc.array(fc.tuple(generatedOperation(), fc.constantFrom(...forms)), { minLength: 2, maxLength: 4 });
    expectAlways(
      fc.property(document, choices, (generated, chosen) => {
        const wanted = chosen.map(([choose, form]) => {
          const operation = choose(generated);
          return { ...operation, at: form(operation.at) };
        });
        const start = parseText(generated.text, 'f.xml');
        const together = patchOrRefusal(start, wanted);
        let apart: ReturnType<typeof patchOrRefusal> = patchDocument(start, []);
        for (const operation of wanted) if ('edits' in apart) apart = patchOrRefusal(apart.result, [operation]);
        const outcome = (patch: typeof apart): unknown =>
          'edits' in patch ? change(meaningOf(patch.result.text), () => true, withoutLayout) : patch.code;
        expect(outcome(together)).toEqual(outcome(apart));
      }),
    );
  });
});

describe('line ends', () => {
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

  test('making CRLF of LF and patching may change places', () => {
    expectAlways(
      fc.property(generatedDocument(unixLines), generatedOperation(), (generated, choose) => {
        if (!generated.text.includes('\n')) return;
        const wanted = [choose(generated)];
        const first = patchOrRefusal(parseText(generated.text, 'f.xml'), wanted);
        const second = patchOrRefusal(parseText(crlf(generated.text), 'f.xml'), wanted);
        if ('edits' in first && 'edits' in second) expect(second.result.text).toBe(crlf(first.result.text));
        else expect('edits' in second).toBe('edits' in first);
      }),
    );
  });
});

describe('encodings', () => {
  const declared = ({ text }: GeneratedDocument, encoding: Encoding): string => {
    const name = encoding.startsWith('UTF-16') ? 'UTF-16' : encoding;
    const body = text.replace(/^<\?xml[^>]*\?>/, '');
    const isHeld = (char: string): boolean => canEncode(char.codePointAt(0) ?? 0, encoding);
    const held = Array.from(body, (char) => (isHeld(char) ? char : /\p{L}/u.test(char) ? 'e' : '?')).join('');
    return `<?xml version="1.0" encoding="${name}"?>${held}`;
  };
  const isMarked = (encoding: Encoding): boolean => encoding.startsWith('UTF-16');

  test.each(encodings)('no operations give the same bytes: %s', (encoding) => {
    expectAlways(
      fc.property(document, fc.boolean(), (generated, wantsMark) => {
        const byteOrderMark = isMarked(encoding) || (wantsMark && encoding === 'UTF-8');
        const bytes = encodeText({ text: declared(generated, encoding), encoding, byteOrderMark }, 'f.xml');
        const { result, edits } = patchDocument(parseBytes(bytes, 'f.xml'), []);
        expect(edits).toEqual([]);
        expect(Buffer.compare(encodeText(result, 'f.xml'), bytes)).toBe(0);
        expect(decodeXml(bytes, 'f.xml')).toMatchObject({ encoding, byteOrderMark });
      }),
      Math.ceil(propertyRuns / 3),
    );
  });

  test.each(encodings)('the patched bytes are the encoded patched text: %s', (encoding) => {
    expectAlways(
      fc.property(document, generatedOperation(), (generated, choose) => {
        const text = declared(generated, encoding);
        const bytes = encodeText({ text, encoding, byteOrderMark: isMarked(encoding) }, 'f.xml');
        const wanted = [choose(generated)];
        const patch = patchOrRefusal(parseBytes(bytes, 'f.xml'), wanted);
        if (!('edits' in patch)) return;
        const { bytes: patched } = patchBytes(bytes, wanted);
        expect(decodeXml(patched, 'f.xml')).toMatchObject({ text: patch.result.text, encoding });
        expect(patchBytes(patched, wanted).changes).toEqual([]);
      }),
      Math.ceil(propertyRuns / 3),
    );
  });
});
