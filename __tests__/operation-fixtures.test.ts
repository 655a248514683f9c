import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { operations, type PatchOperation } from '../lib/patch/operations';
import { parseOperations } from '../lib/patch/parse-operations';
import { patchDocument } from '../lib/patch/patch-document';
import { applyEdits, invertEdits } from '../lib/text/edit';
import { encodeText } from '../lib/text/encoding';
import { parseBytes } from '../lib/xml/document';
import { caughtError } from './caught-error';

/** What `error.json` holds: the code, and those of its details that matter to the case. */
interface ExpectedError {
  readonly code: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const root = join(__dirname, '..', 'fixtures', 'operations');
const folders = readdirSync(root);
const cases = folders.flatMap((op) => readdirSync(join(root, op)).map((name) => ({ op, name })));

const read = (op: string, name: string, file: string): Buffer => readFileSync(join(root, op, name, file));
const has = (op: string, name: string, file: string): boolean => existsSync(join(root, op, name, file));

/** One operation or a list of them, as a patch file holds them. */
function operationsOf(op: string, name: string): readonly PatchOperation[] {
  const json: unknown = JSON.parse(read(op, name, 'operation.json').toString('utf8'));
  return parseOperations(Array.isArray(json) ? json : [json]);
}

/** The text is compared first: a difference of texts is easier to read than one of bytes. */
function expectBytes(actual: Uint8Array, expected: Buffer): void {
  expect(Buffer.from(actual).toString('latin1')).toBe(expected.toString('latin1'));
}

test('every operation has cases, and there are no cases of anything else', () => {
  expect([...folders].sort()).toEqual(Object.keys(operations).sort());
  for (const op of folders) expect(cases.filter((one) => one.op === op).length).toBeGreaterThanOrEqual(8);
});

describe.each(cases)('$op: $name', ({ op, name }) => {
  const before = read(op, name, 'before.xml');

  if (has(op, name, 'error.json')) {
    test('is refused', () => {
      const expected = JSON.parse(read(op, name, 'error.json').toString('utf8')) as ExpectedError;
      const error = caughtError(() => {
        const json: unknown = JSON.parse(read(op, name, 'operation.json').toString('utf8'));
        const wanted = parseOperations(Array.isArray(json) ? json : [json]);
        patchDocument(parseBytes(before, 'before.xml'), wanted);
      });
      expect(error.code).toBe(expected.code);
      expect(error.details).toMatchObject(expected.details ?? {});
    });
    return;
  }

  test('gives the expected bytes', () => {
    const wanted = operationsOf(op, name);
    expect(wanted.map((one) => one.op)).toContain(op);
    const { result } = patchDocument(parseBytes(before, 'before.xml'), wanted);
    expectBytes(encodeText(result, 'before.xml'), has(op, name, 'after.xml') ? read(op, name, 'after.xml') : before);
  });

  test('has nothing to do on its own result', () => {
    const wanted = operationsOf(op, name);
    const { result } = patchDocument(parseBytes(before, 'before.xml'), wanted);
    const again = patchDocument(parseBytes(encodeText(result, 'before.xml'), 'before.xml'), wanted);
    expect(again.edits).toEqual([]);
    expect(again.changes).toEqual([]);
  });

  test('can be undone byte for byte', () => {
    const document = parseBytes(before, 'before.xml');
    const { edits, result } = patchDocument(document, operationsOf(op, name));
    const text = applyEdits(result.text, invertEdits(document.text, edits));
    expectBytes(encodeText({ ...result, text }, 'before.xml'), before);
  });
});
