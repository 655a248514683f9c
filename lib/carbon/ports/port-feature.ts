import type { HomeFacts } from '../facts/home-facts';
import type { Sourced } from '../facts/sourced';

/** A port before the offset, with the setting it comes from. */
export interface DeclaredPort {
  /** The setting as people know it, such as `https servlet` or `localMemberPort`. */
  readonly setting: string;
  /** The number before the offset. */
  readonly base: number;
  readonly isMovedByOffset: boolean;
  /** `multicast`: UDP that every member of a group listens on, so that nodes of one machine share it. */
  readonly protocol: 'tcp' | 'udp' | 'multicast';
  /** The address it is bound to, or `undefined` where it is every one of the machine. */
  readonly address: string | undefined;
  /** Where the number stands, or `undefined` where it is the product's default. */
  readonly source: Sourced<string> | undefined;
}

/** A part of a Carbon server that listens. */
export interface PortFeature {
  /** What listens, in a few words. */
  readonly summary: string;
  /** The ports that the files of a home ask for; those of what is switched off are left out. */
  declaredPorts(facts: HomeFacts): readonly DeclaredPort[];
}

/** How a port is declared, as far as it is not the usual way: TCP on every address, moved by the offset. */
export interface PortManner {
  readonly isMovedByOffset?: boolean;
  readonly protocol?: DeclaredPort['protocol'];
  readonly address?: string | undefined;
}

/** The port of a setting that a file holds; nothing where the text is no number, such as a placeholder. */
export function portInFile(
  setting: string,
  source: Sourced<string> | undefined,
  manner: PortManner = {},
): readonly DeclaredPort[] {
  const base = source && integerOf(source.value);
  return base === undefined ? [] : [{ ...portByDefault(setting, base, manner), source }];
}

/** The port of a setting that no file holds. */
export function portByDefault(setting: string, base: number, manner: PortManner = {}): DeclaredPort {
  const { isMovedByOffset = true, protocol = 'tcp', address } = manner;
  return { setting, base, isMovedByOffset, protocol, address: specificAddress(address), source: undefined };
}

/** The number that Java reads from a text, or `undefined` where it would refuse it. */
export function integerOf(text: string): number | undefined {
  return /^\s*[+-]?\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}

/** Those that mean every address of the machine, and placeholders, which may, are left out. */
function specificAddress(address: string | undefined): string | undefined {
  const trimmed = address?.trim().toLowerCase() ?? '';
  return /^(?:|\*|0\.0\.0\.0|::|.*\$\{.*)$/.test(trimmed) ? undefined : trimmed;
}
