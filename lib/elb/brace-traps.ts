import type { ConfLine } from './conf-lines';
import { opensBlock, type ConfSource } from './conf-source';
import type { ConfTrap } from './load-balancer-conf';

/**
 * Lines whose braces count for the load balancer while it looks for the end of a block, but are none: in comments, and in
 * a `${` without an end. They do no harm in pairs within one block, as in a block that is commented out line by line.
 */
export function braceTraps({ lines }: ConfSource): readonly ConfTrap[] {
  const traps: ConfTrap[] = [];
  /** For each open block its lines with a `{` that have no `}` yet. */
  const open: ConfLine[][] = [];
  const end = (unpaired: readonly ConfLine[]): void => unpaired.forEach((line) => traps.push(braceTrap(line, '{')));
  for (const line of lines) {
    const pairs = open.at(-1);
    const surplus = surplusOf(line);
    if (pairs !== undefined && surplus > 0) pairs.push(line);
    if (pairs !== undefined && surplus < 0 && pairs.pop() === undefined) traps.push(braceTrap(line, '}'));
    if (opensBlock(line)) open.push([]);
    else if (line.code.startsWith('}')) end(open.pop() ?? []);
  }
  open.forEach(end);
  return traps;
}

/** What the braces of a line count beyond those that are meant as such. */
function surplusOf(line: ConfLine): number {
  // A comment behind a closing brace stops the load balancer, and has its own trap.
  if (line.code.startsWith('}')) return 0;
  const code = withoutVariables(line.code);
  const meant = (opensBlock(line) ? 1 : 0) - (code.includes('}') ? 1 : 0);
  return (line.text.includes('{') ? 1 : 0) - (line.text.includes('}') ? 1 : 0) - meant;
}

function braceTrap(line: ConfLine, brace: '{' | '}'): ConfTrap {
  const isComment = line.text.length > line.code.length && !line.code.includes('${');
  const effect = brace === '{' ? 'looks for the end of the block further down' : 'ends the block here';
  return {
    line: line.number,
    kind: isComment ? 'comment-braces' : 'value-braces',
    effect: 'misread',
    problem: `the load balancer also counts the ${brace} ${isComment ? 'of this comment' : 'of this value'}, and ${effect}`,
    mend: isComment
      ? `remove the ${brace} from the comment, or comment out the whole block so that braces stay in pairs`
      : 'close the ${ with a }',
  };
}

/** A line without the variables in it, whose braces are no blocks. */
export function withoutVariables(code: string): string {
  return code.replace(/\$\{[^{}]*\}/g, '');
}
