import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { propertyOf, withNodesBelow, type ConfNode } from '../../lib/elb/load-balancer-conf';
import { parseLoadBalancerConf } from '../../lib/elb/parse-load-balancer-conf';
import { propertyRuns } from '../properties/property-runs';
import { modelRead, type ModelNode } from './node-builder-model';

const parse = (text: string): ReturnType<typeof parseLoadBalancerConf> =>
  parseLoadBalancerConf(text, 'loadbalancer.conf');

/** What counts of a block: the model keeps nothing else. */
function counted({ name, properties, children }: ConfNode): ModelNode {
  return {
    name,
    properties: Object.fromEntries(properties.map(({ key, value }) => [key, value])),
    children: children.map(counted),
  };
}

const good = `services {
  esb {
    hosts a.example.org,b.example.org; # two
    domains   {
      wso2.esb.domain {
        tenant_range\t*;
      }
    }
  }
}
`;

describe('reading', () => {
  test('gives blocks and settings with their lines', () => {
    const { nodes, traps, isStratos } = parse(good);
    const [services] = nodes;
    expect(traps).toEqual([]);
    expect(isStratos).toBe(false);
    expect(withNodesBelow(nodes).map(({ name, line }) => [name, line])).toEqual([
      ['services', 1],
      ['esb', 2],
      ['domains', 4],
      ['wso2.esb.domain', 5],
    ]);
    expect(services?.children[0]?.properties).toEqual([
      { key: 'hosts', value: 'a.example.org,b.example.org', line: 3 },
    ]);
    expect(propertyOf(withNodesBelow(nodes)[3] ?? nodes[0]!, 'tenant_range')).toMatchObject({ value: '*', line: 6 });
  });

  test.each(['\r\n', '\r'])('takes %j for a line end', (newline) => {
    expect(parse(good.replaceAll('\n', newline))).toEqual(parse(good));
  });

  test('of two settings of one key the later counts, and both are there', () => {
    const { nodes, traps } = parse('services {\n a {\n hosts x;\n hosts y;\n domains {\n d {\n }\n }\n }\n}');
    const [, service] = withNodesBelow(nodes);
    expect(service?.properties.map(({ value }) => value)).toEqual(['x', 'y']);
    expect(propertyOf(service ?? nodes[0]!, 'hosts')).toMatchObject({ value: 'y', line: 4 });
    expect(traps).toMatchObject([{ kind: 'repeated-key', effect: 'misread', line: 3 }]);
  });

  test('of identical blocks side by side one is kept, of different ones of one name both', () => {
    const block = (value: string): string => `d {\n k ${value};\n j 1;\n}\n`;
    const { nodes } = parse(`r {\n${block('1')}d {\n j 1;\n k 1;\n}\n${block('2')}}`);
    expect(nodes[0]?.children.map(({ line }) => line)).toEqual([2, 10]);
  });

  test('a value runs up to the first ; and may hold blanks and a variable', () => {
    const { nodes } = parse('r {\n payload ${HOME}/a b; # c\n}');
    expect(nodes[0]?.properties).toEqual([{ key: 'payload', value: '${HOME}/a b', line: 2 }]);
  });

  test('blocks nested more deeply than the call stack are read', () => {
    const deep = 20_000;
    const { nodes } = parse('a {\n'.repeat(deep) + '}\n'.repeat(deep));
    expect(withNodesBelow(nodes)).toHaveLength(deep);
  });
});

const inEsb = (line: string): string => good.replace('    domains', `    ${line}\n    domains`);

describe('traps', () => {
  test.each([
    ['a setting without ;', inEsb('hosts x'), 'missing-semicolon', 'stops', 4],
    ['a brace on the line after the name', good.replace('esb {', 'esb\n{'), 'missing-semicolon', 'stops', 2],
    ['a setting without a value', inEsb('hosts;'), 'other', 'stops', 4],
    ['a comment behind a closing brace', good.replace('    }\n', '    } # end\n'), 'close-with-comment', 'stops', 7],
    ['more than a closing brace', good.replace('    }\n', '    }}\n'), 'inline-close', 'stops', 7],
    ['a block on one line', inEsb('x { hosts y; }'), 'inline-close', 'misread', 4],
    ['a setting behind a brace', inEsb('x { hosts y;\n}'), 'dropped-text', 'misread', 4],
    ['two settings on one line', inEsb('hosts y; url_suffix z;'), 'dropped-text', 'misread', 4],
    ['a closing brace behind a setting', good.replace('*;\n      }', '*; }'), 'inline-close', 'harmless', 6],
    ['a closing brace in a value', inEsb('hosts y}z;'), 'inline-close', 'misread', 4],
    ['an opening brace in a comment', inEsb('# x {'), 'comment-braces', 'misread', 4],
    ['a closing brace in a comment', inEsb('# x }'), 'comment-braces', 'misread', 4],
    ['an opening brace behind a setting', inEsb('min_app_instances 1; # {'), 'comment-braces', 'misread', 4],
    ['a variable without an end', inEsb('payload ${x;'), 'value-braces', 'misread', 4],
    ['a brace without a name', inEsb('{\n}'), 'other', 'misread', 4],
    ['a block that is never closed', good.replace(/}\n$/, ''), 'unbalanced', 'harmless', 1],
    ['a closing brace too many', `${good}}\n`, 'unbalanced', 'harmless', 11],
    ['a block at the top level', `${good}x {\n}\n`, 'misplaced-block', 'misread', 11],
    ['services twice', `${good}services {\n}\n`, 'misplaced-block', 'misread', 11],
    [
      'a block behind domains',
      good.replace('    }\n  }', '    }\n    x {\n    }\n  }'),
      'misplaced-block',
      'misread',
      9,
    ],
    ['no services', 'loadbalancer {\n}\n', 'missing-services', 'stops', 2],
    ['an empty file', '', 'missing-services', 'stops', 1],
    ['a service without domains', 'services {\nesb {\n}\n}', 'missing-block', 'stops', 2],
    ['a service without a domain', 'services {\nesb {\ndomains {\n}\n}\n}', 'missing-block', 'stops', 3],
    ['a key twice', inEsb('hosts c;'), 'repeated-key', 'misread', 3],
    ['a key twice with one value', inEsb('hosts a.example.org,b.example.org;'), 'repeated-key', 'harmless', 3],
    [
      'a domain twice',
      good.replace('    domains   {\n', '    domains   {\n      wso2.esb.domain {\n      }\n'),
      'repeated-domain',
      'misread',
      7,
    ],
    ['a line separator', inEsb('# a\u2028b'), 'other', 'stops', 4],
    ['a byte order mark', `\ufeff# x\n${good}`, 'other', 'stops', 1],
  ])('%s', (_name, text, kind, effect, line) => {
    expect(parse(text).traps.filter((trap) => trap.kind === kind)).toMatchObject([{ kind, effect, line }]);
  });

  test.each([
    ['a block that is commented out line by line', inEsb('# x {\n# hosts y;\n# }')],
    ['a block on one line in a comment', inEsb('# x { hosts y; }')],
    ['braces in a comment outside of all blocks', `# {\n${good}# }\n`],
    ['a comment behind an opening brace', good.replace('esb {', 'esb { # the bus')],
    ['a variable', inEsb('payload ${x};')],
    [
      'blocks of one name with different sub-domains',
      good.replace('    domains   {\n', '    domains   {\n      wso2.esb.domain {\n      sub_domain mgt;\n      }\n'),
    ],
  ])('none for %s', (_name, text) => {
    expect(parse(text).traps).toEqual([]);
  });

  test('a block that lost its } names the block that got into it', () => {
    const second = good.replace('services {\n', '').replace('esb', 'is').replace('wso2.esb', 'wso2.is');
    const text = good.replace('    }\n  }\n}\n', '    }\n') + second;
    expect(parse(text).traps).toMatchObject([
      { line: 1, kind: 'unbalanced' },
      { line: 9, kind: 'misplaced-block', problem: expect.stringContaining('the block is stands in services/esb') },
    ]);
  });

  test('come in the order of lines', () => {
    const lines = parse(inEsb('# {\nhosts x\n x { }')).traps.map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });
});

describe('Apache Stratos', () => {
  test('its own form is recognised, with one trap that says so', () => {
    const text =
      'loadbalancer {\n algorithm: round-robin;\n failover: true;\n algorithms {\n round-robin {\n class-name: x.Y;\n }\n }\n}\n';
    expect(parse(text)).toMatchObject({ isStratos: true, traps: [{ line: 1, kind: 'stratos', effect: 'stops' }] });
  });

  test('one key with a colon is a slip of the pen', () => {
    expect(parse(inEsb('min_app_instances: 1;')).isStratos).toBe(false);
  });
});

/** Lines that mean something to the load balancer, in any order. */
const confLine = fc.constantFrom(
  ...[
    'a {',
    'b {',
    '}',
    'k v;',
    'k w;',
    'j ${X};',
    '# c',
    '# x {',
    '# }',
    '} # c',
    'a { k v; }',
    'k v; }',
    'k v',
    '',
    '}}',
    'k ${v;',
    'a { # }',
    'k a b; c',
    ' ;',
    'k;',
  ],
);
const confText = fc
  .array(fc.tuple(fc.constantFrom('', '  ', '\t'), confLine, fc.constantFrom('', ' ')), { maxLength: 24 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((newline) => lines.map((parts) => parts.join('')).join(newline)));

describe('whatever the text', () => {
  test('the blocks are those of the model, and where the model stops there is a trap', () => {
    fc.assert(
      fc.property(confText, (text) => {
        const { nodes, traps } = parse(text);
        const model = modelRead(text);
        const stops = traps.filter(
          ({ effect, kind }) => effect === 'stops' && !['missing-services', 'missing-block'].includes(kind),
        );
        if (typeof model === 'number') expect(stops.map(({ line }) => line)).toContain(model);
        else {
          expect(stops).toEqual([]);
          expect(nodes.map(counted)).toEqual(model.children);
        }
      }),
      { numRuns: 20 * propertyRuns },
    );
  });

  test('comments without braces and blank lines change nothing but lines', () => {
    fc.assert(
      fc.property(confText, (text) => {
        const withComments = text.split('\n').join('\n# note\n\n');
        const names = (source: string): readonly string[] =>
          withNodesBelow(parse(source).nodes).map(({ name }) => name);
        expect(names(withComments)).toEqual(names(text));
        expect(parse(withComments).traps.map(({ kind }) => kind)).toEqual(parse(text).traps.map(({ kind }) => kind));
      }),
      { numRuns: propertyRuns },
    );
  });
});
