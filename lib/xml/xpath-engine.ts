import type { Node } from '@xmldom/xmldom';
import * as upstream from 'xpath';

// The parts of `xpath` 0.0.34 that its type declarations leave out. Its `following::` and `preceding::` axes are wrong
// (descendants and ancestors are given, siblings missed), `@*` gives namespace declarations, and an unprefixed name never
// matches a default namespace: mended at the one function that all axes go through. It finds the order of two nodes by
// walking over all their siblings, so that a list of thousands takes minutes: mended by their places in the source.
// All of this for the time of one evaluation only.

interface Context {
  contextNode: Node;
}

interface NodeTest {
  readonly prefix?: string | null;
  readonly localName?: string;
  matches(node: Node, context: Context): boolean;
}

interface Step {
  readonly axis: number;
  readonly nodeTest: NodeTest;
  readonly predicates: readonly unknown[];
}

type ApplyStep = (step: Step, context: Context, node: Node) => Node[];

type ApplySteps = (steps: readonly Step[], context: Context, nodes: readonly Node[]) => readonly Node[];

interface LocationPath {
  readonly absolute: boolean;
  readonly steps: readonly Step[];
}

/** A parsed XPath expression. */
export interface ParsedXPath {
  readonly expression: {
    readonly expression: { readonly locationPath?: LocationPath | null; readonly filter?: unknown };
  };
  evaluate(options: { readonly node: Node; readonly namespaces: Readonly<Record<string, string>> }): XPathValue;
}

interface XPathValue {
  toArray?(): Node[];
  stringValue(): string;
}

/** A set of nodes as upstream builds it. */
interface NodeSet {
  nodes: Node[];
  size: number;
}

interface NodeSetMethods {
  readonly toArray: (this: NodeSet) => Node[];
  readonly first: (this: NodeSet) => Node | null;
  readonly addArray: (this: NodeSet, nodes: readonly Node[]) => void;
}

interface XPathInternals {
  parse(xpath: string): ParsedXPath;
  PathExpr: { applyStep: ApplyStep; applySteps: ApplySteps };
  XNodeSet: { readonly prototype: NodeSetMethods };
  Step: {
    readonly ATTRIBUTE: number;
    readonly FOLLOWING: number;
    readonly PRECEDING: number;
    readonly NAMESPACE: number;
  };
}

const engine = upstream as unknown as XPathInternals;

/** What an expression is evaluated against. */
export interface EvaluationContext {
  readonly node: Node;
  /** Namespace names by prefix. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** An unprefixed element step matches this namespace too. */
  readonly defaultNamespace: string | null;
}

/** The parsed expression. Throws the parser's own error where it is not XPath 1.0. */
export function parseXPath(xpath: string): ParsedXPath {
  const known = parsedBefore.get(xpath);
  if (known) return known;
  const parsed = engine.parse(xpath);
  if (parsedBefore.size === mostParsed) parsedBefore.clear();
  parsedBefore.set(xpath, parsed);
  return parsed;
}

/** No file of a home has as many nodes; `//*[//*[//*]]` looks at each of a thousand a thousand million times. */
const mostLooks = 20_000_000;

// Parsing takes longer than evaluating, and every operation evaluates its expressions several times.
const parsedBefore = new Map<string, ParsedXPath>();
const mostParsed = 500;

/** The nodes an expression gives, in document order, or the string form of a value that is no node-set. */
export function evaluateXPath(parsed: ParsedXPath, context: EvaluationContext): readonly Node[] | string {
  const { PathExpr, XNodeSet } = engine;
  const { applyStep, applySteps } = PathExpr;
  const { toArray, first, addArray } = XNodeSet.prototype;
  PathExpr.applyStep = correctedStep(applyStep, context.defaultNamespace);
  PathExpr.applySteps = stepByStep(applySteps);
  Object.assign(XNodeSet.prototype, quickNodeSet);
  try {
    const value = parsed.evaluate({ node: context.node, namespaces: context.namespaces });
    return value.toArray?.() ?? value.stringValue();
  } finally {
    Object.assign(PathExpr, { applyStep, applySteps });
    Object.assign(XNodeSet.prototype, { toArray, first, addArray });
  }
}

/** Without this a node that `//a//b` reaches in many ways is gone on from as many times. */
function stepByStep(original: ApplySteps): ApplySteps {
  return (steps, context, nodes) =>
    steps.reduce<readonly Node[]>((found, step) => [...new Set(original([step], context, found))], nodes);
}

const quickNodeSet: NodeSetMethods = {
  toArray() {
    return [...this.nodes].sort(bySourcePlace);
  },
  first() {
    return this.nodes.reduce<Node | null>(
      (first, node) => (first && bySourcePlace(first, node) < 0 ? first : node),
      null,
    );
  },
  addArray(nodes) {
    this.nodes = [...new Set([...this.nodes, ...nodes])];
    this.size = this.nodes.length;
  },
};

/** Only the document has no place; it comes before all. */
function bySourcePlace(a: Node, b: Node): number {
  return (a.lineNumber ?? 0) - (b.lineNumber ?? 0) || (a.columnNumber ?? 0) - (b.columnNumber ?? 0);
}

/** The steps of an expression that is one location path, or `undefined` for any other expression. */
export function locationSteps({ expression }: ParsedXPath): readonly Step[] | undefined {
  const { locationPath, filter } = expression.expression;
  return filter ? undefined : locationPath?.steps;
}

/** The local name that the last step of a location path asks for, or `undefined` for `*`, `node()` and other expressions. */
export function lastStepName(parsed: ParsedXPath): string | undefined {
  return locationSteps(parsed)?.at(-1)?.nodeTest.localName;
}

function correctedStep(original: ApplyStep, defaultNamespace: string | null): ApplyStep {
  // Kept by step, as a step is applied to each of many nodes.
  const correctedSteps = new Map<Step, Step>();
  const lookAt = limitedLooks();
  const correct = (step: Step): Step => {
    const corrected = counted(withDefaultNamespace(step, defaultNamespace), lookAt);
    correctedSteps.set(step, corrected);
    return corrected;
  };
  return (step, context, node) => {
    lookAt();
    const corrected = correctedSteps.get(step) ?? correct(step);
    if (step.axis === engine.Step.FOLLOWING) return matching(following(node), corrected, context, node);
    if (step.axis === engine.Step.PRECEDING) return matching(preceding(node), corrected, context, node);
    const nodes = original(corrected, context, node);
    return step.axis === engine.Step.ATTRIBUTE ? nodes.filter((one) => !isNamespaceDeclaration(one)) : nodes;
  };
}

/** What is called for each node that an expression looks at; throws where an expression multiplies them without bound. */
function limitedLooks(): () => void {
  let looks = 0;
  return () => {
    if (++looks > mostLooks) throw new Error(`it looks at more than ${mostLooks} nodes, one after the other`);
  };
}

function counted({ axis, predicates, nodeTest }: Step, lookAt: () => void): Step {
  const matches: NodeTest['matches'] = (node, context) => {
    lookAt();
    return nodeTest.matches(node, context);
  };
  return { axis, predicates, nodeTest: { ...nodeTest, matches } };
}

function isNamespaceDeclaration({ nodeName }: Node): boolean {
  return nodeName === 'xmlns' || nodeName.startsWith('xmlns:');
}

function withDefaultNamespace(step: Step, defaultNamespace: string | null): Step {
  const { nodeTest } = step;
  const isPlainElementName =
    nodeTest.localName !== undefined &&
    !nodeTest.prefix &&
    step.axis !== engine.Step.ATTRIBUTE &&
    step.axis !== engine.Step.NAMESPACE;
  if (!isPlainElementName || defaultNamespace === null) return step;
  const matches = (node: Node): boolean =>
    node.nodeType === 1 &&
    node.localName === nodeTest.localName &&
    (!node.namespaceURI || node.namespaceURI === defaultNamespace);
  return { axis: step.axis, predicates: step.predicates, nodeTest: { ...nodeTest, matches } };
}

function matching(nodes: Iterable<Node>, { nodeTest }: Step, context: Context, node: Node): Node[] {
  context.contextNode = node;
  return Array.from(nodes).filter((candidate) => nodeTest.matches(candidate, context));
}

/** All nodes after `node` in document order that are not its descendants; the descendants of an attribute's element follow the attribute. */
function* following(node: Node): Iterable<Node> {
  const owner = ownerElementOf(node);
  if (owner) yield* descendants(owner);
  for (let current: Node | null = owner ?? node; current; current = current.parentNode) {
    for (let sibling = current.nextSibling; sibling; sibling = sibling.nextSibling) {
      yield sibling;
      yield* descendants(sibling);
    }
  }
}

/** All nodes before `node` that are not its ancestors, nearest first, as XPath counts positions on a reverse axis. */
function* preceding(node: Node): Iterable<Node> {
  for (let current: Node | null = ownerElementOf(node) ?? node; current; current = current.parentNode) {
    for (let sibling = current.previousSibling; sibling; sibling = sibling.previousSibling) {
      yield* [sibling, ...descendants(sibling)].reverse();
    }
  }
}

/** In document order; without recursion, as files may be nested more deeply than the call stack. */
function* descendants(node: Node): Iterable<Node> {
  for (let current = node.firstChild; current; current = current.firstChild ?? nextOutside(current, node))
    yield current;
}

/** The first node behind the descendants of `node` that still lies in `ancestor`. */
function nextOutside(node: Node, ancestor: Node): Node | null {
  for (let current: Node | null = node; current && current !== ancestor; current = current.parentNode) {
    if (current.nextSibling) return current.nextSibling;
  }
  return null;
}

function ownerElementOf(node: Node): Node | null {
  return 'ownerElement' in node ? (node.ownerElement as Node | null) : null;
}
