/** A value of a loadbalancer.conf with its line, from 1. */
export interface ConfValue {
  readonly value: string;
  readonly line: number;
}

/** A block of a loadbalancer.conf, as the load balancer itself reads it (NodeBuilder). */
export interface ConfNode {
  readonly name: string;
  readonly line: number;
  /** In file order; of two of one key the later wins, both are here. */
  readonly properties: readonly { readonly key: string; readonly value: string; readonly line: number }[];
  readonly children: readonly ConfNode[];
}

/** A place where the file says something else than it seems to, or stops the load balancer from starting. */
export interface ConfTrap {
  readonly line: number;
  /** One sentence without a final dot. */
  readonly problem: string;
  readonly kind: 'missing-semicolon' | 'inline-close' | 'close-with-comment' | 'comment-braces' | 'unbalanced' | 'other';
}

/** What a loadbalancer.conf says. */
export interface LoadBalancerConf {
  /** Relative to the home. */
  readonly path: string;
  /** The root nodes, such as `loadbalancer` and `services`. */
  readonly nodes: readonly ConfNode[];
  readonly traps: readonly ConfTrap[];
}
