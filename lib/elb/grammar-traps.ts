import { propertiesIn, withBlocksBelow, type ConfSource, type SourceBlock, type SourceProperty } from './conf-source';
import { braceTraps, withoutVariables } from './brace-traps';
import { javaTrim, type ConfLine } from './conf-lines';
import type { ConfTrap } from './load-balancer-conf';

/** The traps of the grammar of a loadbalancer.conf: lines and braces that the load balancer reads in another way than people. */
export function grammarTraps(source: ConfSource): readonly ConfTrap[] {
  const blocks = withBlocksBelow(source.root);
  return [
    ...lineSeparatorTraps(source),
    ...braceTraps(source),
    ...blocks.flatMap((block) => [...blockTraps(block), ...propertiesIn(block).flatMap(propertyTraps)]),
  ];
}

function blockTraps(block: SourceBlock): readonly ConfTrap[] {
  return [
    ...(block.header === undefined ? [] : headerTraps(block.name, block.header)),
    ...(block.header === undefined || block.close !== undefined ? [] : [unclosedTrap(block.name, block.header)]),
    ...block.unreadable.map(unreadableTrap),
    // Further in, a close that ends nothing comes from braces in comments, which have their own trap.
    ...(block.header === undefined ? block.strayCloses : []).map(strayTrap),
  ];
}

function headerTraps(name: string, header: ConfLine): readonly ConfTrap[] {
  const dropped = javaTrim(header.code.slice(header.code.indexOf('{') + 1));
  // A name with a } in it, as of the line `}{`, ends the block around it and opens one at the same time.
  if (dropped.includes('}') || name.includes('}'))
    return [
      {
        line: header.number,
        kind: 'inline-close',
        effect: 'misread',
        problem: `the block ${name} is opened and closed on one line; the load balancer drops what follows { and takes the lines below for the block`,
        mend: 'put every setting and the closing } on lines of their own',
      },
    ];
  const nameless: readonly ConfTrap[] =
    name === ''
      ? [
          {
            line: header.number,
            kind: 'other',
            effect: 'misread',
            problem: 'the { has no name before it',
            mend: 'put the { on the line of the name',
          },
        ]
      : [];
  return dropped === '' ? nameless : [...nameless, droppedTrap(header, dropped, '{')];
}

function propertyTraps({ key, line }: SourceProperty): readonly ConfTrap[] {
  const end = line.code.indexOf(';');
  const rest = javaTrim(line.code.slice(end + 1));
  const setting = withoutVariables(line.code.slice(0, end));
  if (setting.includes('}'))
    return [
      {
        line: line.number,
        kind: 'inline-close',
        effect: 'misread',
        problem: `the } in the value of ${key} closes the block for the load balancer`,
        mend: 'remove the brace from the value, or put it on a line of its own',
      },
    ];
  if (rest === '}')
    return [
      {
        line: line.number,
        kind: 'inline-close',
        effect: 'harmless',
        problem: `the } stands behind the setting ${key}`,
        mend: 'put the } on a line of its own',
      },
    ];
  return rest === '' ? [] : [droppedTrap(line, rest, ';')];
}

function droppedTrap(line: ConfLine, dropped: string, after: string): ConfTrap {
  return {
    line: line.number,
    kind: 'dropped-text',
    effect: 'misread',
    problem: `the load balancer drops what follows ${after}: ${dropped}`,
    mend: `put what follows ${after} on a line of its own`,
  };
}

function unreadableTrap({ number, text, code }: ConfLine): ConfTrap {
  const stop = { line: number, effect: 'stops' } as const;
  if (code.startsWith('\ufeff'))
    return {
      ...stop,
      kind: 'other',
      problem: 'the load balancer takes the byte order mark for a setting without ;, and it does not start',
      mend: 'save the file without a byte order mark',
    };
  if (code.startsWith('}') && javaTrim(code) === '}')
    return {
      ...stop,
      kind: 'close-with-comment',
      problem:
        'a comment behind } makes the load balancer take the line for a setting without ;, and it does not start',
      mend: 'put the comment on a line of its own',
    };
  if (code.startsWith('}'))
    return {
      ...stop,
      kind: 'inline-close',
      problem: `the line ${text} is more than a }, so the load balancer takes it for a setting without ;, and it does not start`,
      mend: 'put every } on a line of its own',
    };
  if (code.includes(';'))
    return {
      ...stop,
      kind: 'other',
      problem: `the line ${text} has no blank between a key and its value, and the load balancer does not start`,
      mend: 'write a key, a blank, a value and ;',
    };
  return {
    ...stop,
    kind: 'missing-semicolon',
    problem: `the line ${text} has no ;, and the load balancer does not start`,
    mend: 'end the setting with ;, or the start of a block with {',
  };
}

/** Harmless by itself: a block that got into another one by it has a trap of its own. The shipped file of the first 2.1.0 has it. */
function unclosedTrap(name: string, header: ConfLine): ConfTrap {
  return {
    line: header.number,
    kind: 'unbalanced',
    effect: 'harmless',
    problem: `the block ${name} is never closed; the load balancer closes it at the end of the file`,
    mend: `add the } of ${name}`,
  };
}

function strayTrap({ number }: ConfLine): ConfTrap {
  return {
    line: number,
    kind: 'unbalanced',
    effect: 'harmless',
    problem: 'this } closes nothing; the load balancer passes over it',
    mend: 'remove it, or the } before it that is one too many',
  };
}

/** Java's reader of files also ends a line at these characters; in the middle of a comment that makes a setting of its rest. */
function lineSeparatorTraps({ lines }: ConfSource): readonly ConfTrap[] {
  return lines
    .filter(({ text }) => /[\u0085\u2028\u2029]/.test(text))
    .map(({ number }) => ({
      line: number,
      kind: 'other',
      effect: 'stops',
      problem: 'the load balancer ends the line at a Unicode line separator within it',
      mend: 'remove that character',
    }));
}
