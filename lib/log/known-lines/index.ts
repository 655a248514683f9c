import { clusteringLines } from './clustering';
import { databaseLines } from './databases';
import type { KnownLine } from './known-line';
import { loadBalancerLines } from './load-balancer';
import { portLines } from './ports';
import { serverLines } from './server';

/** Every known line by its name. Register a new one in the table of its subject, or a new table here. */
export const knownLines = {
  ...portLines,
  ...databaseLines,
  ...clusteringLines,
  ...loadBalancerLines,
  ...serverLines,
} satisfies Readonly<Record<string, KnownLine>>;

/** The name of a known line. */
export type KnownLineName = keyof typeof knownLines;

/** The facts of a known line. */
export function knownLineOf(name: KnownLineName): KnownLine {
  return knownLines[name];
}

/** True for the name of a known line. */
export function isKnownLine(name: string): name is KnownLineName {
  return Object.hasOwn(knownLines, name);
}

/** The first known line that a text holds; of those that the server only informs of, where `isInfo`. */
export function findKnownLine(text: string, { isInfo }: { readonly isInfo: boolean }): KnownLineName | undefined {
  if (!(isInfo ? anyInfo : any).test(text)) return undefined;
  return names.find((name) => knownLineOf(name).pattern.test(text) && (!isInfo || knownLineOf(name).isInfo === true));
}

const names = Object.keys(knownLines) as readonly KnownLineName[];

// One look at the text where nothing is known, which is the usual case.
const any = anyOf(names);
const anyInfo = anyOf(names.filter((name) => knownLineOf(name).isInfo === true));

function anyOf(some: readonly KnownLineName[]): RegExp {
  return new RegExp(some.map((name) => `(?:${knownLineOf(name).pattern.source})`).join('|'));
}
