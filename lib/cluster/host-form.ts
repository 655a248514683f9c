/**
 * True for what may stand where Carbon wants a host: a name, an IPv4 or IPv6 address (also in brackets), a range such as
 * `10.0.0.2-9`, and a `${…}` placeholder, which Carbon resolves at start. False for `host:port`.
 */
export function isHost(value: string): boolean {
  return forms.some((form) => form.test(value));
}

/**
 * True for a host that somebody has to resolve: a name. False for an address, a range of addresses, a placeholder, and for
 * `localhost`, which every machine knows.
 */
export function isHostName(value: string): boolean {
  return isHost(value) && !isAddress(value) && !/^\d+(?:\.[\d*-]+){3}$|\$\{|^localhost$/i.test(value);
}

/** True for an IPv4 or IPv6 address, the latter also in brackets. */
export function isAddress(value: string): boolean {
  return addressForms.some((form) => form.test(value));
}

// With two colons or more, so that the `db:3306` of a port is not taken for an address.
const ipv6 = '[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?:[.][0-9]{1,3}){3})?';

const forms: readonly RegExp[] = [
  /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/,
  new RegExp(`^(?:${ipv6}|\\[${ipv6}\\])$`),
  /^[A-Za-z0-9_.-]*\$\{[^{}\s]+\}[A-Za-z0-9_.-]*$/,
];

const addressForms: readonly RegExp[] = [/^\d{1,3}(?:\.\d{1,3}){3}$/, new RegExp(`^(?:${ipv6}|\\[${ipv6}\\])$`)];
