import type { HomeFacts } from '../facts/home-facts';
import { productOf } from '../products';
import type { ShippedPart } from '../products/product';

/**
 * True where the product of a home ships with a part that is switched on. An unknown product ships with none, an unknown
 * version counts as one that does.
 */
export function shipsWith(facts: HomeFacts, part: ShippedPart): boolean {
  const { carbonXml, home } = facts;
  const name = carbonXml?.name?.value ?? home.productName;
  const versions = productOf({ serverKey: carbonXml?.serverKey?.value, name }).parts[part];
  if (versions === undefined) return false;
  const major = majorVersionOf(facts);
  return major === undefined || (major >= versions.from && major < (versions.before ?? Infinity));
}

function majorVersionOf({ carbonXml, home }: HomeFacts): number | undefined {
  const digits = /^\d+/.exec(carbonXml?.version?.value ?? home.productVersion ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}
