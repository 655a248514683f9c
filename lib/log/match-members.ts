import { plainAddress, type ExpectedMember } from './expected-members';
import type { SeenMember } from './start-record';

/** Members of a log, and the nodes that they are. */
export interface MatchedMembers {
  readonly pairs: ReadonlyMap<ExpectedMember, SeenMember>;
  /** Members at the machine of a node that did not come up, at a port that is nobody's. */
  readonly misplaced: ReadonlyMap<ExpectedMember, SeenMember>;
  /** Members that are in the cluster and no node of it. */
  readonly strangers: readonly SeenMember[];
}

/**
 * Which node each member is: by address and port; where the cluster file knows a node by name only, by its port. What
 * has left and is no node is nobody's concern.
 */
export function matchMembers(expected: readonly ExpectedMember[], seen: readonly SeenMember[]): MatchedMembers {
  const free = new Set(seen);
  const pairs = new Map<ExpectedMember, SeenMember>();
  const misplaced = new Map<ExpectedMember, SeenMember>();
  const take = (
    into: Map<ExpectedMember, SeenMember>,
    isMember: (wanted: ExpectedMember, member: SeenMember) => boolean,
  ): void => {
    for (const wanted of expected) {
      if (pairs.has(wanted)) continue;
      const found = [...free].find((member) => isMember(wanted, member));
      if (found === undefined) continue;
      free.delete(found);
      into.set(wanted, found);
    }
  };
  take(pairs, (wanted, { host, port }) => port === wanted.port && isAt(wanted, host));
  take(pairs, (wanted, { port }) => port === wanted.port && wanted.addresses.size === 0);
  take(misplaced, (wanted, { host, hasLeft }) => !hasLeft && isAt(wanted, host));
  return { pairs, misplaced, strangers: [...free].filter(({ hasLeft }) => !hasLeft) };
}

function isAt({ node, addresses }: ExpectedMember, host: string): boolean {
  return addresses.has(plainAddress(host)) || host === node.host || host === node.localMemberHost;
}
