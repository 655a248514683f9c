import type { CheckedNode } from './checked-cluster';
import { groupBy } from './group-by';
import { nameNodes } from './name-nodes';
import type { FindingPlace } from './rule';

/** What one node has where all nodes should have the same. */
export interface Claim {
  readonly node: CheckedNode;
  /** Claims with one key are the same; those without say nothing. */
  readonly key: string | undefined;
  /** The value as people read it. */
  readonly shown: string;
  readonly place: FindingPlace | undefined;
}

/** Claims that are not as they should be. */
export interface Disagreement {
  readonly odd: readonly [Claim, ...Claim[]];
  /** Such as `is A on worker1, but B on manager and worker2`. */
  readonly what: string;
}

/** What the cluster file says of a claim; it may differ from node to node, such as what `localhost` means. */
export interface Wanted {
  readonly shown: string;
  keyFor(node: CheckedNode): string | undefined;
}

/**
 * The claims that differ from what is wanted; where nobody says what that is, from what most nodes have. Of several values
 * that are as common, the first in the order of the nodes counts as right; the text names them all.
 * `undefined` where nothing differs.
 */
export function disagreement(claims: readonly Claim[], wanted: Wanted | undefined): Disagreement | undefined {
  const known = claims.filter(({ key }) => key !== undefined);
  const common = wanted === undefined ? commonest(known) : undefined;
  const isOdd = ({ key, node }: Claim): boolean => {
    const right = wanted === undefined ? common?.[0].key : wanted.keyFor(node);
    return right !== undefined && key !== right;
  };
  const [first, ...others] = known.filter(isOdd);
  if (first === undefined) return undefined;
  const odd = [first, ...others] as const;
  const right = common === undefined ? `the cluster file says ${wanted?.shown}` : valueOn(common);
  return { odd, what: `is ${listGroups(odd)}, but ${right}` };
}

function commonest(claims: readonly Claim[]): readonly [Claim, ...Claim[]] | undefined {
  const groups = [...groupBy(claims, ({ key }) => key).values()];
  return groups.reduce<readonly [Claim, ...Claim[]] | undefined>(
    (best, group) => (best === undefined || group.length > best.length ? group : best),
    undefined,
  );
}

function listGroups(claims: readonly Claim[]): string {
  return [...groupBy(claims, ({ key }) => key).values()].map(valueOn).join(', ');
}

function valueOn(claims: readonly [Claim, ...Claim[]]): string {
  return `${claims[0].shown} on ${nameNodes(claims.map(({ node }) => node))}`;
}
