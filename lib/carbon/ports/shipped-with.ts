import type { HomeFacts } from '../facts/home-facts';

/** A part that some products ship with and others do not. */
export type ShippedPart =
  'broker' | 'thriftEvents' | 'binaryEvents' | 'webSocket' | 'keyValidation' | 'embeddedLdap' | 'bigData';

/**
 * True where the product of a home ships with a part that is switched on. The product is known by the `ServerKey` of
 * carbon.xml, or without one by its name; an unknown product ships with none, an unknown version counts as one that does.
 */
export function shipsWith(facts: HomeFacts, part: ShippedPart): boolean {
  const versions = productOf(facts)?.parts[part];
  if (versions === undefined) return false;
  const major = Number(/^\d+/.exec(facts.carbonXml?.version?.value ?? facts.home.productVersion ?? '')?.[0] ?? NaN);
  return Number.isNaN(major) || (major >= versions.from && major < (versions.before ?? Infinity));
}

interface ProductParts {
  readonly serverKey: RegExp;
  /** Of carbon.xml or bin/version.txt, for homes whose carbon.xml is missing or from before there was a key. */
  readonly name: RegExp;
  /** The parts that listen as the product comes, with the major versions that have them. */
  readonly parts: Readonly<Partial<Record<ShippedPart, { readonly from: number; readonly before?: number }>>>;
}

/** What products bring along, by "Default Ports of WSO2 Products" and the shipped files. Register a new one by adding it here. */
const products: readonly ProductParts[] = [
  {
    serverKey: /^AM$/i,
    name: /\bAPI Manager$/i,
    parts: {
      broker: { from: 2 },
      thriftEvents: { from: 2 },
      binaryEvents: { from: 2 },
      webSocket: { from: 2 },
      keyValidation: { from: 1, before: 3 },
    },
  },
  { serverKey: /^IS$/i, name: /\bIdentity Server$/i, parts: { embeddedLdap: { from: 3 } } },
  { serverKey: /^MB$/i, name: /\bMessage Broker$/i, parts: { broker: { from: 2 } } },
  {
    serverKey: /^BAM$/i,
    name: /\bBusiness Activity Monitor$/i,
    parts: { thriftEvents: { from: 2 }, bigData: { from: 2 } },
  },
  { serverKey: /^CEP$/i, name: /\bComplex Event Processor$/i, parts: { thriftEvents: { from: 2 } } },
  {
    serverKey: /^(?:DAS|\w+-Analytics)$/i,
    name: /\b(?:Data Analytics Server|Analytics(?: Server)?)$/i,
    parts: { thriftEvents: { from: 0 }, binaryEvents: { from: 0 } },
  },
];

function productOf({ carbonXml, home }: HomeFacts): ProductParts | undefined {
  const key = carbonXml?.serverKey?.value;
  if (key !== undefined) return products.find(({ serverKey }) => serverKey.test(key));
  return products.find(({ name }) => name.test(home.productName ?? ''));
}
