/** A value of a loadbalancer.conf with its line, from 1. */
export interface ConfValue {
  readonly value: string;
  readonly line: number;
}

/** A setting of a block. */
export interface ConfProperty extends ConfValue {
  readonly key: string;
}

/** A block of a loadbalancer.conf, as the load balancer itself reads it (NodeBuilder). */
export interface ConfNode {
  readonly name: string;
  readonly line: number;
  /** In file order; of two of one key the later wins, both are here. */
  readonly properties: readonly ConfProperty[];
  /** In file order; of identical blocks only the first, since the load balancer drops the others. */
  readonly children: readonly ConfNode[];
}

/** What kind of trap it is; rules and refusals tell them apart by it. */
export type ConfTrapKind =
  | 'missing-semicolon'
  | 'inline-close'
  | 'close-with-comment'
  | 'comment-braces'
  | 'value-braces'
  | 'unbalanced'
  | 'dropped-text'
  | 'misplaced-block'
  | 'missing-services'
  | 'missing-block'
  | 'repeated-key'
  | 'repeated-domain'
  | 'stratos'
  | 'other';

/** A place where the file says something else than it seems to, or stops the load balancer from starting. */
export interface ConfTrap {
  readonly line: number;
  /** One sentence without a final dot. */
  readonly problem: string;
  /** What to do; one sentence without a final dot. */
  readonly mend: string;
  readonly kind: ConfTrapKind;
  /** `stops`: the load balancer does not start; `misread`: it takes the file for something else; `harmless`: only untidy. */
  readonly effect: 'stops' | 'misread' | 'harmless';
}

/** What a loadbalancer.conf says. */
export interface LoadBalancerConf {
  /** Relative to the home. */
  readonly path: string;
  /** The root nodes, such as `loadbalancer` and `services`. */
  readonly nodes: readonly ConfNode[];
  /** By line. */
  readonly traps: readonly ConfTrap[];
  /** True for the file of Apache Stratos's own load balancer, which writes `name: value;` and is another program. */
  readonly isStratos: boolean;
}

/** The value that counts for a key of a block: the last one; `undefined` where the block has none. */
export function propertyOf(node: ConfNode, key: string): ConfValue | undefined {
  return node.properties.findLast((property) => property.key === key);
}

/** The first child block of a name, which is the one the load balancer takes. */
export function childOf(node: Pick<ConfNode, 'children'>, name: string): ConfNode | undefined {
  return node.children.find((child) => child.name === name);
}

/** Blocks and all blocks in them, outer ones before inner ones. */
export function withNodesBelow(nodes: readonly ConfNode[]): readonly ConfNode[] {
  const found = [...nodes];
  // The list grows while it is gone through.
  for (const node of found) for (const child of node.children) found.push(child);
  return found;
}
