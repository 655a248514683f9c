/** A block as the load balancer keeps it: of two of one key the later, and no two identical blocks. */
export interface ModelNode {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly children: readonly ModelNode[];
}

/**
 * A second, simple reading of loadbalancer.conf by the rules of domain facts §7.6, which shares no code with lib/elb: whole
 * contents are handed down from block to block. Gives the number of the first line that the load balancer stops at.
 */
export function modelRead(text: string): ModelNode | number {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ text: trim(line), number: index + 1 }));
  try {
    return readContent('root', lines);
  } catch (error) {
    if (error instanceof StopsAt) return error.line;
    throw error;
  }
}

interface ModelLine {
  readonly text: string;
  readonly number: number;
}

class StopsAt extends Error {
  constructor(readonly line: number) {
    super(`stops at line ${line}`);
  }
}

const trim = (text: string): string => text.replace(/^[\0- ]+/, '').replace(/[\0- ]+$/, '');

function readContent(name: string, lines: readonly ModelLine[]): ModelNode {
  const properties: Record<string, string> = {};
  const children: ModelNode[] = [];
  let rest = lines;
  while (rest[0] !== undefined) {
    const [{ text, number }, ...following] = rest;
    rest = following;
    const code = text.split('#', 1)[0] ?? '';
    if (text.startsWith('#') || text === '' || code === '}') continue;
    if (code.includes('{') && !code.includes('${')) {
      const length = lengthOfBlock(following);
      const child = readContent(trim(code.split('{', 1)[0] ?? ''), following.slice(0, length));
      if (!children.some((one) => canonical(one) === canonical(child))) children.push(child);
      rest = following.slice(length);
      continue;
    }
    const [key = ''] = code.split(/[ \t\v\f]/, 1);
    const semicolon = code.indexOf(';');
    if (semicolon < key.length) throw new StopsAt(number);
    properties[key] = trim(code.slice(key.length, semicolon));
  }
  return { name, properties, children };
}

function lengthOfBlock(lines: readonly ModelLine[]): number {
  let open = 1;
  const end = lines.findIndex(({ text }) => {
    if (text.includes('{')) open++;
    if (text.includes('}')) open--;
    return open === 0;
  });
  return end === -1 ? lines.length : end + 1;
}

function canonical({ name, properties, children }: ModelNode): string {
  return JSON.stringify([name, Object.entries(properties).sort(), children.map(canonical).sort()]);
}
