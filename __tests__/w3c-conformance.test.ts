import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CarbonPatchError } from '../lib/errors';
import { decodeXml, encodeText } from '../lib/text/encoding';
import { scan } from '../lib/xml/scan';

/** One document of the W3C XML Conformance Suite that XML 1.0, 5th edition, has an opinion about. */
interface SuiteCase {
  readonly id: string;
  readonly type: string;
  readonly entities: string;
  readonly path: string;
}

/** Documents that are not well-formed, though nothing in the file itself says so; by the reason. */
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
  'the fault is one of namespaces, which the scanner does not look at': [
    'rmt-ns10-009',
    'rmt-ns10-010',
    'rmt-ns10-011',
    'rmt-ns10-012',
    'rmt-ns10-013',
    'rmt-ns10-014',
    'rmt-ns10-015',
    'rmt-ns10-016',
    'rmt-ns10-023',
    'rmt-ns10-025',
    'rmt-ns10-026',
    'rmt-ns10-029',
    'rmt-ns10-030',
    'rmt-ns10-031',
    'rmt-ns10-032',
    'rmt-ns10-033',
    'rmt-ns10-036',
    'rmt-ns10-042',
    'rmt-ns10-043',
    'rmt-ns10-044',
  ],
};

const folder = process.env['XMLCONF'];

if (folder === undefined) {
  test('the W3C conformance suite did not run, because XMLCONF does not name its xmlconf folder', () => {
    expect(folder).toBeUndefined();
  });
} else {
  const cases = readCases(folder);
  const mustParse = cases.filter(({ type }) => type === 'valid' || type === 'invalid');
  const mustBeRefused = cases.filter(({ type }) => type === 'not-wf');

  describe('the W3C conformance suite for XML 1.0, 5th edition', () => {
    test('has 957 documents that must parse and 1,014 that must be refused', () => {
      expect([mustParse.length, mustBeRefused.length]).toEqual([957, 1014]);
    });

    test('every document that must parse is accepted', () => {
      expect(mustParse.map(refusalOf).filter((refusal) => refusal !== undefined)).toEqual([]);
    });

    test('the tokens of every accepted document cover its text, and its bytes come back', () => {
      const accepted = cases.filter((one) => refusalOf(one) === undefined);
      expect(accepted.length).toBeGreaterThanOrEqual(957);
      expect(accepted.filter((one) => !comesBack(one)).map(({ id }) => id)).toEqual([]);
    });

    test('at least 935 of the documents that must be refused are, the others for a listed reason', () => {
      const accepted = mustBeRefused.filter((one) => refusalOf(one) === undefined).map(({ id }) => id);
      expect(mustBeRefused.length - accepted.length).toBeGreaterThanOrEqual(935);
      expect(accepted.toSorted()).toEqual(Object.values(acceptedAnyway).flat().toSorted());
    });

    test('no document is listed as an exception without entities outside of it, but for namespaces', () => {
      const [external = [], general = []] = Object.values(acceptedAnyway);
      const ids: ReadonlySet<string> = new Set([...external, ...general]);
      const exceptions = mustBeRefused.filter(({ id }) => ids.has(id));
      expect(exceptions.filter(({ entities }) => entities === 'none').map(({ id }) => id)).toEqual([]);
    });

    test('a document whose fault need not be found is accepted or refused, and nothing else happens', () => {
      const optional = cases.filter(({ type }) => type === 'error');
      expect(optional).toHaveLength(27);
      optional.forEach(refusalOf);
    });
  });
}

/** The message of the refusal, undefined where the document is accepted; any other error is thrown. */
function refusalOf({ id, path }: SuiteCase): string | undefined {
  try {
    scan(decodeXml(readFileSync(path), id).text, id);
    return undefined;
  } catch (error) {
    if (error instanceof CarbonPatchError && error.code !== 'INTERNAL_MISMATCH') return error.message;
    throw error;
  }
}

function comesBack({ id, path }: SuiteCase): boolean {
  const bytes = readFileSync(path);
  const decoded = decodeXml(bytes, id);
  const { tokens } = scan(decoded.text, id);
  const text = tokens.map(({ span }) => decoded.text.slice(span.start, span.end)).join('');
  return text === decoded.text && bytes.equals(encodeText({ ...decoded, text }, id));
}

/** The cases of the lists that `xmlconf.xml` names, without those of XML 1.1 and of the namespace errata. */
function readCases(root: string): readonly SuiteCase[] {
  const index = readFileSync(join(root, 'xmlconf.xml'), 'utf8');
  const lists = [...index.matchAll(/<!ENTITY\s+\S+\s+SYSTEM\s+"([^"]+)"/g)].map(([, list]) => join(root, list ?? ''));
  return lists.flatMap((list) => {
    const text = readFileSync(list, 'utf8').replace(/<!--[^]*?-->/g, '');
    return [...text.matchAll(/<TEST\s([^>]*)>/g)]
      .map(([, attributes]) => readAttributes(attributes ?? ''))
      .filter(isSelected)
      .map((attributes) => ({
        id: attributes.get('ID') ?? '',
        type: attributes.get('TYPE') ?? '',
        entities: attributes.get('ENTITIES') ?? 'none',
        path: join(dirname(list), attributes.get('URI') ?? ''),
      }));
  });
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const pairs = text.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...pairs].map(([, name, double, single]) => [name ?? '', double ?? single ?? '']));
}

function isSelected(attributes: ReadonlyMap<string, string>): boolean {
  const recommendation = attributes.get('RECOMMENDATION') ?? 'XML1.0';
  const isRecommended = recommendation.startsWith('XML1.0') || recommendation === 'NS1.0';
  const isEdition = attributes.get('EDITION')?.split(' ').includes('5') ?? true;
  const isVersion = attributes.get('VERSION')?.split(' ').includes('1.0') ?? true;
  return isRecommended && isEdition && isVersion;
}
