import type { NeededDriver } from '../carbon/driver-jars';
import { bundleNameOf, holdsClass, isServerMadeBundle, offeredClasses } from '../database/driver-jar';
import { databaseKinds, type DatabaseKindName } from '../database/kinds';
import type { Driver } from './load-drivers';

/**
 * What the operator should know about a driver before it is copied, in whole sentences: whether the datasources find their
 * class in it, and what is strange about the jar. `kind` is the database product of the cluster.
 */
export function driverNotes(
  driver: Driver,
  needed: readonly NeededDriver[],
  kind: DatabaseKindName,
): readonly string[] {
  return [
    fitNote(driver, needed, kind),
    brokenNote(driver),
    bundleNote(driver),
    namesNote(driver),
    sizeNote(driver),
  ].filter((note) => note !== undefined);
}

function fitNote(
  { name, contents, kinds }: Driver,
  needed: readonly NeededDriver[],
  kind: DatabaseKindName,
): string | undefined {
  const wanted = needed.flatMap(({ className }) => className ?? []);
  if (wanted.length === 0 || wanted.some((className) => holdsClass(contents, className))) return undefined;
  const named = `${wanted.join(' or ')}, which the datasources name as driverClassName`;
  const offered = offeredClasses(contents);
  const has = offered.length > 0 ? `it offers ${offered.join(', ')}` : 'it offers no driver at all';
  const [own] = kinds;
  const isOther = own !== undefined && !kinds.includes(kind);
  const product = isOther
    ? `, and is the driver of ${databaseKinds[own].label}, while the database of the cluster is ${databaseKinds[kind].label}`
    : '';
  return `${name} does not hold ${named}; ${has}${product}. The server would fail with ClassNotFoundException.`;
}

/** A list of services that names what is not there fails only once somebody asks for it. */
function brokenNote({ name, contents }: Driver): string | undefined {
  const missing = offeredClasses(contents).filter((className) => !holdsClass(contents, className));
  return missing.length === 0
    ? undefined
    : `${name} offers ${missing.join(', ')}, but does not hold it: the jar is cut down or damaged.`;
}

/** Vendors make bundles of their jars, too, and those belong where the others do; what a server made does not. */
function bundleNote({ name, contents, kinds }: Driver): string | undefined {
  const bundle = bundleNameOf(contents);
  const isMade = kinds.some((kind) => isServerMadeBundle(name, databaseKinds[kind].driverJar));
  const isWso2 = bundle !== undefined && /\.wso2v\d/i.test(name);
  return isMade || isWso2
    ? `${name} is a bundle${bundle === undefined ? '' : ` (${bundle})`} that was made for repository/components/dropins; take the jar of the vendor.`
    : undefined;
}

function namesNote({ name, contents: { entries } }: Driver): string | undefined {
  const strange = [...entries].find((entry) => /^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(entry));
  return strange === undefined
    ? undefined
    : `${name} holds an entry that leads out of it, ${strange}, as no jar of a vendor does; nothing is unpacked here.`;
}

function sizeNote({ name, contents: { unpackedSize } }: Driver): string | undefined {
  return unpackedSize <= largestDriver
    ? undefined
    : `${name} says that it unpacks to ${Math.round(unpackedSize / 1024 / 1024)} MB, as no jar of a vendor does.`;
}

/** Ten times the largest drivers, in bytes. */
const largestDriver = 512 * 1024 * 1024;
