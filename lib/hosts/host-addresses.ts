/** Which kind of address a text is; `undefined` for a name. */
export function familyOf(address: string): 'IPv4' | 'IPv6' | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return 'IPv4';
  return /^\[?[\da-f]*:[\da-f:.]*(?:%.*)?\]?$/i.test(address) ? 'IPv6' : undefined;
}

/** An address by which two spellings of it are alike: one of IPv6 has many. Anything else stays as it is. */
export function plainAddress(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  return bare.includes(':') && URL.canParse(`http://[${bare}]`) ? new URL(`http://[${bare}]`).hostname : bare;
}

/** True for an address that means the own machine wherever it is read. */
export function isLoopbackAddress(address: string): boolean {
  return /^127\.|^\[?(?:::1|::ffff:7f[\da-f]{2}:[\da-f]+)\]?$/i.test(plainAddress(address));
}
