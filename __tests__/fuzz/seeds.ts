import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseBytes, sourceOf, type ElementSource, type SourceDocument } from '../../lib/xml/document';
import { xpathOf } from '../../lib/xml/select';
import { root } from '../fresh-build';

/** What a file is read as. */
export type SeedKind = 'xml' | 'conf' | 'cluster';

/** A file that inputs are made of. */
export interface Seed {
  readonly kind: SeedKind;
  readonly path: string;
  readonly bytes: Buffer;
  /** Where elements of an XML file are. */
  readonly xpaths: readonly string[];
  /** Some of those elements as they are written. */
  readonly pieces: readonly Buffer[];
}

/** The files of real homes, which are not part of the project. */
export const corpus = join(root, '../shared/corpus');

const largest = 96 * 1024;

/** Every seed of the fixtures, and of real homes where those are there; the smaller ones first. */
export function readSeeds(): readonly Seed[] {
  const folders = ['homes', 'hostile', 'clusters', 'elb'].map((name) => join(root, 'fixtures', name));
  return [...folders, ...(existsSync(corpus) ? [corpus] : [])]
    .flatMap(filesIn)
    .flatMap((file) => {
      const kind = kindOf(file);
      return kind === undefined ? [] : [readSeed(kind, file)];
    })
    .filter(({ bytes }) => bytes.length <= largest)
    .toSorted((a, b) => a.bytes.length - b.bytes.length);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function kindOf(file: string): SeedKind | undefined {
  if (file.endsWith('.xml')) return 'xml';
  if (file.endsWith('.conf')) return 'conf';
  return /fixtures[\\/]clusters[\\/](?!.*\.expected\.).*\.(?:yaml|json)$/.test(file) ? 'cluster' : undefined;
}

function readSeed(kind: SeedKind, file: string): Seed {
  const bytes = readFileSync(file);
  const path = relative(root, file).replaceAll('\\', '/');
  const document = kind === 'xml' ? documentOf(bytes, path) : undefined;
  if (document === undefined) return { kind, path, bytes, xpaths: [], pieces: [] };
  const elements = some(elementsOf(document.root));
  const pieces = elements.filter(({ whole }) => whole.end - whole.start < 600);
  return {
    kind,
    path,
    bytes,
    xpaths: elements.flatMap((element) => xpathsOf(document, element)),
    pieces: pieces.map((element) => Buffer.from(sourceOf(document, element.whole))),
  };
}

/** `undefined` for the files of homes that are broken on purpose. */
function documentOf(bytes: Uint8Array, path: string): SourceDocument | undefined {
  try {
    return parseBytes(bytes, path);
  } catch {
    return undefined;
  }
}

function elementsOf(element: ElementSource): readonly ElementSource[] {
  return [element, ...element.children.flatMap((child) => (child.kind === 'element' ? elementsOf(child) : []))];
}

/** At most 40, from everywhere. */
function some(elements: readonly ElementSource[]): readonly ElementSource[] {
  const step = Math.max(1, Math.floor(elements.length / 40));
  return elements.filter((_element, index) => index % step === 0);
}

/** By names and positions, and by an attribute where there is one. */
function xpathsOf(document: SourceDocument, element: ElementSource): readonly string[] {
  const [first] = element.attributes.values();
  const place = xpathOf(element);
  if (first === undefined || first.name.startsWith('xmlns')) return [place];
  const value = sourceOf(document, first.value);
  if (/["'&]/.test(value)) return [place];
  return [place, `${place.replace(/\[\d+\]$/, '')}[@${first.name}='${value}']`];
}
