import { blocksIn, propertiesIn, readConfSource, withBlocksBelow, type SourceBlock } from './conf-source';
import { grammarTraps } from './grammar-traps';
import type { ConfNode, ConfProperty, ConfTrap, LoadBalancerConf } from './load-balancer-conf';
import { serviceTraps } from './service-traps';

/**
 * What the load balancer reads in a loadbalancer.conf, and where that differs from what people read. `path` is only kept.
 * Any text is accepted; what is wrong with it is told by the traps.
 */
export function parseLoadBalancerConf(text: string, path: string): LoadBalancerConf {
  const source = readConfSource(text);
  const nodes = nodesIn(source.root);
  const isStratos = isStratosFile(source.root);
  const traps = isStratos ? [stratosTrap] : [...grammarTraps(source), ...serviceTraps(nodes, source.lines.length)];
  return { path, nodes, traps: [...traps].sort((a, b) => a.line - b.line), isStratos };
}

const stratosTrap: ConfTrap = {
  line: 1,
  kind: 'stratos',
  effect: 'stops',
  problem: 'the settings have the form name: value; of the load balancer of Apache Stratos, which is another program',
  mend: 'give the home of a WSO2 Elastic Load Balancer',
};

/** Blocks with what they hold, innermost first; a tree may be deeper than the call stack. */
function nodesIn(root: SourceBlock): readonly ConfNode[] {
  const nodes = new Map<SourceBlock, ReadNode>();
  const forms = new Map<string, number>();
  for (const block of withBlocksBelow(root).toReversed()) {
    const children = blocksIn(block).flatMap((child) => nodes.get(child) ?? []);
    nodes.set(block, readNode(block, distinct(children), forms));
  }
  return nodes.get(root)?.node.children ?? [];
}

/** A block, and a number that identical blocks share. */
interface ReadNode {
  readonly node: ConfNode;
  readonly form: number;
}

/** Identical is what has one name, the same settings that count, and the same blocks, in any order (Node.equals). */
function readNode(block: SourceBlock, children: readonly ReadNode[], forms: Map<string, number>): ReadNode {
  const properties = propertiesIn(block).map(({ key, value, line }): ConfProperty => ({
    key,
    value,
    line: line.number,
  }));
  const settings = [...new Map(properties.map(({ key, value }) => [key, value]))].map((pair) => JSON.stringify(pair));
  const key = JSON.stringify([block.name, settings.sort(), children.map(({ form }) => form).sort((a, b) => a - b)]);
  const form = forms.get(key) ?? forms.size;
  forms.set(key, form);
  const line = block.header?.number ?? 1;
  return { node: { name: block.name, line, properties, children: children.map(({ node }) => node) }, form };
}

function distinct(children: readonly ReadNode[]): readonly ReadNode[] {
  const seen = new Set<number>();
  return children.filter(({ form }) => !seen.has(form) && seen.add(form));
}

/** A slip of the pen makes one such key; a whole file of them is the other program's. */
function isStratosFile(root: SourceBlock): boolean {
  const settings = withBlocksBelow(root).flatMap(propertiesIn);
  return settings.filter(({ key }) => key.endsWith(':')).length * 2 > settings.length;
}
