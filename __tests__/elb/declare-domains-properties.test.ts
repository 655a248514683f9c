import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { declareDomains, type DomainDeclaration, type WantedDomain } from '../../lib/elb/declare-domains';
import { parseLoadBalancerConf } from '../../lib/elb/parse-load-balancer-conf';
import { isCarbonPatchError } from '../../lib/errors';
import { applyEdits, invertEdits } from '../../lib/text/edit';
import { propertyRuns } from '../properties/property-runs';
import { expectDeclared, modelRoutes } from './expect-declared';

const numRuns = 4 * propertyRuns;

/** A setting or a block of a generated file. */
type Entry = { readonly line: string } | { readonly open: string; readonly entries: readonly Entry[] };

const gap = fc.constantFrom(' ', '    ', '\t', '\t\t');
const setting = (key: string, ...values: readonly string[]): fc.Arbitrary<Entry> =>
  fc.tuple(gap, fc.constantFrom(...values), fc.constantFrom('', '', ' # note', '  ')).map(([blanks, value, tail]) => ({
    line: `${key}${blanks}${value};${tail}`,
  }));
const noise: fc.Arbitrary<Entry> = fc
  .constantFrom('', '# note', '#hosts x;', '# a { b; }', '## é')
  .map((line) => ({ line }));
const block = (name: string, entries: fc.Arbitrary<readonly Entry[]>): fc.Arbitrary<Entry> =>
  fc.tuple(fc.constantFrom(' {', '  {', '{', ' { # note'), entries).map(([brace, inner]) => ({
    open: `${name}${brace}`,
    entries: inner,
  }));
/** Some of the entries, in their order, with noise between them. */
const some = (...parts: readonly fc.Arbitrary<Entry>[]): fc.Arbitrary<readonly Entry[]> =>
  fc
    .tuple(...parts.map((part) => fc.option(part, { nil: undefined, freq: 2 })), fc.array(noise, { maxLength: 2 }))
    .map((all) => all.flat().filter((entry) => entry !== undefined));

const hosts = setting(
  'hosts',
  'esb.example.org',
  'mgt.example.org',
  'esb.example.org,www.example.org',
  'old.example.org',
  'a.org, esb.example.org',
);
const range = setting('tenant_range', '*', '1-100');
const keyedDomain = fc
  .constantFrom('mgt', 'worker', 'batch', undefined)
  .chain((name) =>
    block('wso2.esb.domain', some(hosts, ...(name === undefined ? [] : [setting('sub_domain', name)]), range)),
  );
const nestedDomain = block(
  'wso2.esb.domain',
  some(
    range,
    setting('group_mgt_port', '5000', '4500'),
    block('mgt', some(hosts)),
    block('worker', some(hosts)),
    block('batch', some(setting('hosts', 'b.org'))),
  ),
);
const otherDomain = block('wso2.other.domain', some(setting('hosts', 'other.example.org'), range));
const domains = fc
  .tuple(
    fc.array(fc.oneof(keyedDomain, nestedDomain), { maxLength: 2 }),
    fc.array(otherDomain, { minLength: 1, maxLength: 1 }),
  )
  .map(([own, other]) => [...own, ...other]);
const esb = fc.tuple(some(hosts), block('domains', domains)).map(([head, inner]): readonly Entry[] => [...head, inner]);
const appserver = block(
  'appserver',
  fc.tuple(setting('hosts', 'as.example.org'), block('domains', fc.tuple(block('wso2.as.domain', some(range))))),
);
const file = fc.tuple(
  some(block('loadbalancer', some(setting('instances', '1')))),
  block(
    'services',
    fc.tuple(appserver, block('esb', esb)).map((all): readonly Entry[] => all),
  ),
  fc.constantFrom('    ', '\t', '  '),
  fc.constantFrom('\n', '\r\n'),
  fc.boolean(),
);

function linesOf(entries: readonly Entry[], indent: string, unit: string): readonly string[] {
  return entries.flatMap((entry) =>
    'line' in entry
      ? [entry.line === '' ? '' : indent + entry.line]
      : [indent + entry.open, ...linesOf(entry.entries, indent + unit, unit), `${indent}}`],
  );
}

const confText = file.map(([head, services, unit, newline, hasEnd]) => {
  const lines = linesOf([...head, services], '', unit).join(newline);
  return hasEnd ? lines + newline : lines;
});

const wantedDomain: fc.Arbitrary<WantedDomain> = fc.record({
  domain: fc.constantFrom('wso2.esb.domain', 'wso2.new.domain'),
  subDomains: fc.constantFrom<WantedDomain['subDomains']>(
    [
      { subDomain: 'mgt', hosts: ['mgt.example.org'] },
      { subDomain: 'worker', hosts: ['esb.example.org'] },
    ],
    [{ subDomain: 'worker', hosts: ['esb.example.org', 'www.example.org'] }],
  ),
  groupManagementPort: fc.constantFrom(5000, 4600),
  form: fc.constantFrom('sub_domain', 'nested'),
});

/** `undefined` where the file is refused, which is checked to be for a reason of the file. */
function declareOrRefuse(text: string, wanted: WantedDomain): DomainDeclaration | undefined {
  try {
    return declareDomains(text, 'loadbalancer.conf', wanted);
  } catch (error) {
    if (!isCarbonPatchError(error, 'TARGET_UNSUITABLE')) throw error;
    expect(error.details.line).toBeLessThanOrEqual(text.split('\n').length);
    return undefined;
  }
}

describe('whatever the file', () => {
  test('it declares what is wanted, a second time changes nothing, and what was done can be taken back', () => {
    let declared = 0;
    fc.assert(
      fc.property(confText, wantedDomain, (text, wanted) => {
        const declaration = declareOrRefuse(text, wanted);
        if (declaration === undefined) return;
        declared++;
        const after = applyEdits(text, declaration.edits);
        expectDeclared(after, wanted);
        expect(declareOrRefuse(after, wanted)).toEqual({ edits: [], changes: [] });
        expect(applyEdits(after, invertEdits(text, declaration.edits))).toBe(text);
      }),
      { numRuns },
    );
    expect(declared).toBeGreaterThan(numRuns / 4);
  });

  test('what other domains route stays, and so do comments and line ends', () => {
    fc.assert(
      fc.property(confText, wantedDomain, (text, wanted) => {
        const declaration = declareOrRefuse(text, wanted);
        if (declaration === undefined) return;
        const after = applyEdits(text, declaration.edits);
        const before = modelRoutes(text);
        for (const [pair, route] of Object.entries(modelRoutes(after)))
          if (!pair.startsWith(`${wanted.domain}/`)) expect(before[pair]).toEqual(route);
        const comments = (source: string): readonly string[] => source.match(/#.*/g) ?? [];
        expect(comments(after)).toEqual(comments(text));
        if (text.includes('\n')) expect(after.replaceAll('\r\n', '').includes('\n')).toBe(!text.includes('\r\n'));
        expect(parseLoadBalancerConf(after, 'x').traps.length).toBeLessThanOrEqual(
          parseLoadBalancerConf(text, 'x').traps.length,
        );
      }),
      { numRuns },
    );
  });
});
