import { describe, expect, test } from '@jest/globals';
import { ruleCodes, ruleOf } from '../../lib/check/rules';
import { sarifLog, type SarifLog } from '../../lib/report/sarif';
import { emptyNode, sampleFinding, sampleResult } from '../check/check-result';
import { checkCase } from '../check/rule-cases';

const version = '1.2.3';
const worker1 = emptyNode('worker1');

describe('a SARIF log', () => {
  test('of real findings is valid', async () => {
    const { result } = await checkCase({
      base: 'hazelcast',
      changes: [
        { node: 'worker1', file: 'repository/conf/axis2/axis2.xml', replace: [['enable="true"', 'enable="false"']] },
        { node: 'worker2', file: 'repository/conf/hazelcast.xml', text: '<hazelcast/>' },
        { node: 'worker3', file: 'repository/conf/deployment.toml', text: '' },
      ],
      topology: { silencedRules: [{ rule: 'R15', reason: 'it is meant' }] },
    });
    const log = sarifLog(result, { version, clusterFile: 'c.yaml' });
    expect(problemsOf(log)).toEqual([]);
    const results = log.runs[0]?.results ?? [];
    expect(results.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(['R01', 'R05', 'R15']));
    expect(results.find(({ ruleId }) => ruleId === 'R15')?.suppressions).toEqual([
      { kind: 'external', justification: 'it is meant' },
    ]);
    expect(
      results.filter(({ ruleId }) => ruleId !== 'R15').every(({ suppressions }) => suppressions === undefined),
    ).toBe(true);
  });

  test('has every rule, with its title, its reason and its worst severity', () => {
    const rules = sarifLog(sampleResult([], []), { version }).runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(ruleCodes);
    expect(rules.find(({ id }) => id === 'R05')).toEqual({
      id: 'R05',
      shortDescription: { text: ruleOf('R05')?.title },
      fullDescription: { text: ruleOf('R05')?.why },
      defaultConfiguration: { level: 'error' },
    });
  });
});

describe('a result', () => {
  const resultOf = (
    finding: Partial<Parameters<typeof sampleFinding>[0]>,
  ): SarifLog['runs'][0]['results'][0] | undefined =>
    sarifLog(sampleResult([worker1], [sampleFinding({ nodes: [worker1], ...finding })]), { version }).runs[0]
      ?.results[0];

  test('says what is wrong and what to do, and where', () => {
    expect(resultOf({ place: { path: 'repository/conf/a b%.xml', line: 4, column: 2 } })).toEqual({
      ruleId: 'R05',
      ruleIndex: ruleCodes.indexOf('R05'),
      level: 'error',
      message: { text: 'It is off. Turn it on.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'repository/conf/a%20b%25.xml', uriBaseId: 'HOME_worker1' },
            region: { startLine: 4, startColumn: 2 },
          },
          logicalLocations: [{ name: 'worker1', kind: 'module' }],
        },
      ],
    });
  });

  test.each([
    ['a line', { path: 'a.xml', line: 4 }, { startLine: 4 }],
    ['a file', { path: 'a.xml', line: undefined }, undefined],
  ])('about %s has no more than that', (_, place, region) => {
    expect(resultOf({ place })?.locations[0]?.physicalLocation?.region).toEqual(region);
  });

  test('about nothing that is there names the nodes, and about the cluster nothing', () => {
    expect(resultOf({ place: undefined })?.locations).toEqual([
      { logicalLocations: [{ name: 'worker1', kind: 'module' }] },
    ]);
    expect(resultOf({ nodes: [] })?.locations).toEqual([]);
  });

  test.each([
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'note'],
  ] as const)('that is %s has the level %s', (severity, level) => {
    expect(resultOf({ severity })?.level).toBe(level);
  });

  test('hides what looks like a secret', () => {
    expect(JSON.stringify(resultOf({ what: 'jdbc:mysql://db/x?user=a&password=hunter2' }))).not.toContain('hunter2');
  });
});

describe('the folder of a home', () => {
  test.each([
    ['/srv/esb 5', 'file:///srv/esb%205/'],
    ['/srv/esb/', 'file:///srv/esb/'],
    ['C:\\wso2\\esb', 'file:///C:/wso2/esb/'],
    ['homes/esb', undefined],
  ])('%s is %s', (path, uri) => {
    const log = sarifLog(sampleResult([emptyNode('a', path)], []), { version });
    expect(log.runs[0]?.originalUriBaseIds['HOME_a']?.uri).toBe(uri);
    expect(problemsOf(log)).toEqual([]);
  });
});

/** What keeps a log from being SARIF 2.1.0, as far as the properties go that are used here. */
function problemsOf(log: SarifLog): readonly string[] {
  const value: unknown = JSON.parse(JSON.stringify(log));
  return checkForm(value, logForm, 'log').concat(log.runs.flatMap(danglingReferences));
}

type Form =
  | { readonly text: RegExp }
  | { readonly least: number }
  | { readonly items: Form }
  | { readonly values: Form }
  | { readonly required: Readonly<Record<string, Form>>; readonly optional?: Readonly<Record<string, Form>> };

const anyText: Form = { text: /\S/ };
const message: Form = { required: { text: anyText } };
const level: Form = { text: /^(?:none|note|warning|error)$/ };
// A relative reference without a scheme: what `uriBaseId` goes with.
const relativeUri: Form = { text: /^(?![a-z]+:|\/)[^\s\\"<>^`{|}]+$/i };

const locationForm: Form = {
  required: {},
  optional: {
    physicalLocation: {
      required: { artifactLocation: { required: { uri: relativeUri, uriBaseId: anyText } } },
      optional: { region: { required: { startLine: { least: 1 } }, optional: { startColumn: { least: 1 } } } },
    },
    logicalLocations: { items: { required: { name: anyText, kind: anyText } } },
  },
};

/** The required properties of the standard, §3.13 to §3.49, and the optional ones that this program writes. */
const logForm: Form = {
  required: {
    version: { text: /^2\.1\.0$/ },
    runs: {
      items: {
        required: {
          tool: {
            required: {
              driver: {
                required: { name: anyText },
                optional: {
                  version: anyText,
                  rules: {
                    items: {
                      required: { id: anyText },
                      optional: {
                        shortDescription: message,
                        fullDescription: message,
                        defaultConfiguration: { required: { level } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        optional: {
          columnKind: { text: /^(?:utf16CodeUnits|unicodeCodePoints)$/ },
          originalUriBaseIds: {
            values: { required: {}, optional: { uri: { text: /^file:\/\/\/.*\/$/ }, description: message } },
          },
          results: {
            items: {
              required: { message },
              optional: {
                ruleId: anyText,
                ruleIndex: { least: 0 },
                level,
                locations: { items: locationForm },
                suppressions: {
                  items: {
                    required: { kind: { text: /^(?:inSource|external)$/ } },
                    optional: { justification: anyText },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
  optional: { $schema: { text: /^https:\/\// } },
};

function checkForm(value: unknown, form: Form, at: string): readonly string[] {
  if ('text' in form) return typeof value === 'string' && form.text.test(value) ? [] : [`${at} is ${String(value)}`];
  if ('least' in form)
    return Number.isInteger(value) && Number(value) >= form.least ? [] : [`${at} is ${String(value)}`];
  if ('items' in form)
    return Array.isArray(value)
      ? value.flatMap((item, index) => checkForm(item, form.items, `${at}[${index}]`))
      : [`${at} is no list`];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
  const fields = value as Readonly<Record<string, unknown>>;
  if ('values' in form)
    return Object.entries(fields).flatMap(([name, item]) => checkForm(item, form.values, `${at}.${name}`));
  const known = { ...form.required, ...form.optional };
  return [
    ...Object.keys(form.required).flatMap((name) => (name in fields ? [] : [`${at}.${name} is missing`])),
    ...Object.entries(fields).flatMap(([name, item]) => {
      const inner = known[name];
      return inner === undefined ? [`${at}.${name} is not known`] : checkForm(item, inner, `${at}.${name}`);
    }),
  ];
}

/** Rules by index and homes by name are there. */
function danglingReferences(run: SarifLog['runs'][0]): readonly string[] {
  return run.results.flatMap(({ ruleId, ruleIndex, locations }) => [
    ...(run.tool.driver.rules[ruleIndex]?.id === ruleId ? [] : [`rule ${ruleId} is not at ${ruleIndex}`]),
    ...locations.flatMap(({ physicalLocation }) => {
      const base = physicalLocation?.artifactLocation.uriBaseId;
      return base === undefined || base in run.originalUriBaseIds ? [] : [`home ${base} is not there`];
    }),
  ]);
}
