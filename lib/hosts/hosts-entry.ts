/** A name with the address that it is to have. */
export interface HostsEntry {
  readonly name: string;
  readonly address: string;
  /** What it is for, in a few words; written behind it as a comment. */
  readonly why: string;
}

/** An entry as a line of a hosts file. */
export function entryLine({ address, name, why }: HostsEntry): string {
  return `${address} ${name} # ${why}`;
}
