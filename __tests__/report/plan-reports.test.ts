import { describe, expect, test } from '@jest/globals';
import type { FilePatch, Plan } from '../../lib/plan/plan';
import { planJson } from '../../lib/report/plan-json';
import { planText } from '../../lib/report/plan-text';
import { filePatch } from './file-patch';

type Change = FilePatch['changes'][number];

const before = [
  '<axisconfig>',
  '  <clustering enable="false">',
  '    <parameter name="localMemberPort">4100</parameter>',
  '    <parameter name="keystore.password">old</parameter>',
  '    <Connector keystorePass="old" port="1"/>',
  '  </clustering>',
  '</axisconfig>',
  '',
].join('\n');
const after = before
  .replace('4100', '4000')
  .replace('enable="false"', 'enable="true"')
  .replaceAll('old', 'new')
  .replace('  </clustering>', '    <domain/>\n  </clustering>');
const clustering = '/axisconfig/clustering';
const changes: readonly Change[] = [
  {
    operation: { op: 'setAttribute', at: clustering, name: 'enable', value: 'true' },
    line: 2,
    before: 'false',
    after: 'true',
  },
  {
    operation: { op: 'setText', at: `${clustering}/parameter[@name='localMemberPort']`, value: '4000' },
    line: 3,
    before: '4100',
    after: '4000',
  },
  {
    operation: { op: 'setText', at: `${clustering}/parameter[@name='keystore.password']`, value: 'new' },
    line: 4,
    before: 'old',
    after: 'new',
  },
  {
    operation: { op: 'ensureElement', at: clustering, element: { name: 'domain' } },
    line: 5,
    before: undefined,
    after: '<domain/>',
  },
];
const changed = filePatch({ path: 'conf/axis2.xml', before, after, changes });
const unchanged = filePatch({ path: 'conf/carbon.xml', before: '<a/>', after: '<a/>' });
const plan: Plan = {
  formatVersion: 1,
  node: 'worker-1',
  patches: [changed, unchanged],
  newFiles: [],
  notes: ['svn://u:p@host stays as it is.', 'password: an alias was left alone.'],
};

const planOf = (changes: readonly Change[], text = '<a/>\n'): Plan => ({
  formatVersion: 1,
  node: 'n',
  patches: [filePatch({ path: 'a.xml', before: text, after: '<b/>\n', changes })],
  newFiles: [],
  notes: [],
});

describe('planText', () => {
  test('has a line for each change, the files without, and the notes', () => {
    expect(planText(plan, {})).toBe(
      [
        'conf/axis2.xml: 4 changes',
        '  ~ 2 clustering@enable: false → true',
        '  ~ 3 localMemberPort: 4100 → 4000',
        '  ~ 4 keystore.password: ******** → ********',
        '  + 5 domain: <domain/>',
        'conf/carbon.xml: nothing to do',
        'note: svn://********@host stays as it is.',
        'note: password: an alias was left alone.',
        '',
      ].join('\n'),
    );
  });

  test('shows secrets on request', () => {
    const text = planText(plan, { showSecrets: true });
    expect(text).toContain('keystore.password: old → new\n');
    expect(text).toContain('svn://u:p@host');
  });

  test('lines numbers up, and colours the signs and the names', () => {
    const [first, second] = changes;
    const text = planText(planOf([{ ...first, line: 9 } as Change, { ...second, line: 120 } as Change]), {
      color: true,
    });
    expect(text).toBe(
      [
        '\u001b[1ma.xml\u001b[22m: 2 changes',
        '  \u001b[33m~\u001b[39m   9 clustering@enable: false → true',
        '  \u001b[33m~\u001b[39m 120 localMemberPort: 4100 → 4000',
        '',
      ].join('\n'),
    );
  });

  const setText = (at: string, from: string | undefined, to: string | undefined): Change => ({
    operation: { op: 'setText', at, value: to ?? '' },
    line: 1,
    before: from,
    after: to,
  });

  test.each<[string, Change, string]>([
    [
      'the keys above the target',
      setText("/a/transportReceiver[@name='http']/parameter[@name='WSDLEPRPrefix']", 'x', 'y'),
      '~ 1 http/WSDLEPRPrefix: x → y',
    ],
    [
      'a key in a child',
      setText("/d/datasource[name='WSO2_CARBON_DB']/definition/configuration/url", 'x', 'y'),
      '~ 1 WSO2_CARBON_DB/url: x → y',
    ],
    ['a prefix and an axis', setText('/c:Server/child::c:Ports/c:Offset', '0', '1'), '~ 1 Offset: 0 → 1'],
    [
      'a slash in a key',
      setText('/r/mount[@path="/_system/config"]/targetPath', 'x', 'y'),
      '~ 1 /_system/config/targetPath: x → y',
    ],
    ['an empty value', setText('/a', '', 'y'), '~ 1 a: "" → y'],
    ['blanks around a value', setText('/a', 'y ', 'y'), '~ 1 a: "y " → y'],
    [
      'what goes',
      { operation: { op: 'removeElement', at: '/a/b' }, line: 1, before: '<b>\n  <c/>\n</b>', after: undefined },
      '- 1 b: <b> <c/> </b>',
    ],
    [
      'an attribute that goes',
      { operation: { op: 'removeAttribute', at: '/a/b', name: 'c' }, line: 1, before: 'd', after: undefined },
      '- 1 b@c: d',
    ],
    [
      'what a new element is called',
      {
        operation: {
          op: 'ensureElement',
          at: "/a/parameter[@name='properties']",
          element: { name: 'property', attributes: { name: 'subDomain' } },
        },
        line: 1,
        before: undefined,
        after: '<property name="subDomain"/>',
      },
      '+ 1 properties/subDomain: <property name="subDomain"/>',
    ],
    ['a long value', setText('/a', 'x', 'y'.repeat(200)), `~ 1 a: x → ${'y'.repeat(79)}…`],
    ['a control character', setText('/a', 'x', '\u009b2J'), '~ 1 a: x → \ufffd2J'],
  ])('%s', (_, change, expected) => {
    expect(planText(planOf([change]), {})).toBe(`a.xml: 1 change\n  ${expected}\n`);
  });

  test.each<[string, Change, string]>([
    [
      'an attribute of that name',
      {
        operation: { op: 'setAttribute', at: '/a/b', name: 'keystorePass', value: 'y' },
        line: 1,
        before: 'x',
        after: 'y',
      },
      '~ 1 b@keystorePass: ******** → ********',
    ],
    ['a new value', setText('/a/password', undefined, 'y'), '+ 1 password: ********'],
    ['an empty value before', setText('/a/password', '', 'y'), '~ 1 password: "" → ********'],
    ['a placeholder before', setText('/a/password', '${p}', 'y'), '~ 1 password: ${p} → ********'],
    [
      'a URL',
      setText('/a/url', 'jdbc:mysql://u:p@h/d', 'jdbc:mysql://h/d?password=q'),
      '~ 1 url: jdbc:mysql://********@h/d → jdbc:mysql://h/d?password=********',
    ],
    [
      'the source of an element',
      {
        operation: { op: 'removeElement', at: '/a/b' },
        line: 1,
        before: '<b><password>x</password></b>',
        after: undefined,
      },
      '- 1 b: <b><password>********</password></b>',
    ],
    [
      'source that only the XPath names',
      { operation: { op: 'removeElement', at: '/password/b' }, line: 1, before: '<b>x</b>', after: undefined },
      '- 1 b: ********',
    ],
    ['a predicate with the secret', setText("/a[password='x']/b", '1', '2'), '~ 1 b: ******** → ********'],
  ])('masks %s', (_, change, expected) => {
    expect(planText(planOf([change]), {})).toBe(`a.xml: 1 change\n  ${expected}\n`);
  });

  test('masks a secret that the XPath does not name', () => {
    const text = '<a>\n<password>o&amp;ld</password>\n<c/>\n</a>\n';
    expect(planText(planOf([{ ...setText('/a/*[1]', 'o&ld', 'new'), line: 2 }], text), {})).toContain(
      '~ 2 *: ******** → ********\n',
    );
    const filled = filePatch({
      before: '<a>\n<password/>\n</a>',
      after: '<a>\n<password>new</password>\n</a>',
      changes: [setText('/a/*[1]', '', 'new')],
    });
    expect(planText({ ...plan, patches: [filled], notes: [] }, {})).toContain('*: "" → ********\n');
  });
});

describe('planJson', () => {
  test('is stable and complete', () => {
    expect(planJson(plan, {})).toEqual({
      formatVersion: 1,
      node: 'worker-1',
      changed: true,
      written: false,
      secretsMasked: true,
      files: [
        {
          path: 'conf/axis2.xml',
          encoding: 'UTF-8',
          changed: true,
          changes: [
            {
              line: 2,
              operation: 'setAttribute',
              at: '/axisconfig/clustering',
              attribute: 'enable',
              before: 'false',
              after: 'true',
            },
            {
              line: 3,
              operation: 'setText',
              at: "/axisconfig/clustering/parameter[@name='localMemberPort']",
              attribute: null,
              before: '4100',
              after: '4000',
            },
            {
              line: 4,
              operation: 'setText',
              at: "/axisconfig/clustering/parameter[@name='keystore.password']",
              attribute: null,
              before: '********',
              after: '********',
            },
            {
              line: 5,
              operation: 'ensureElement',
              at: '/axisconfig/clustering',
              attribute: null,
              before: null,
              after: '<domain/>',
            },
          ],
          diff: [
            '--- a/conf/axis2.xml',
            '+++ b/conf/axis2.xml',
            '@@ -1,7 +1,8 @@',
            ' <axisconfig>',
            '-  <clustering enable="false">',
            '-    <parameter name="localMemberPort">4100</parameter>',
            '-    <parameter name="keystore.password">********</parameter>',
            '-    <Connector keystorePass="********" port="1"/>',
            '+  <clustering enable="true">',
            '+    <parameter name="localMemberPort">4000</parameter>',
            '+    <parameter name="keystore.password">********</parameter>',
            '+    <Connector keystorePass="********" port="1"/>',
            '+    <domain/>',
            '   </clustering>',
            ' </axisconfig>',
            '',
          ].join('\n'),
        },
        { path: 'conf/carbon.xml', encoding: 'UTF-8', changed: false, changes: [], diff: '' },
      ],
      newFiles: [],
      notes: ['svn://********@host stays as it is.', 'password: an alias was left alone.'],
    });
  });

  test('holds no secret at all', () => {
    expect(JSON.stringify(planJson(plan, {})).replace('"newFiles"', '')).not.toMatch(/old|new/);
  });

  test('shows secrets on request, and says that the files were written', () => {
    const json = planJson(plan, { showSecrets: true, written: true });
    expect(json).toMatchObject({ written: true, secretsMasked: false });
    expect(json.files[0]?.changes[2]).toMatchObject({ before: 'old', after: 'new' });
    expect(json.files[0]?.diff).toContain('+    <Connector keystorePass="new" port="1"/>\n');
  });

  test('masks what an XPath compares a secret with, and keeps the names', () => {
    const at = "/a/user[@name='admin'][@password='x']/role[text()='y']";
    const change: Change = { operation: { op: 'setText', at, value: '2' }, line: 1, before: '1', after: '2' };
    expect(planJson(planOf([change]), {}).files[0]?.changes[0]?.at).toBe(
      "/a/user[@name='admin'][@password='********']/role[text()='********']",
    );
    expect(planJson(planOf([change]), { showSecrets: true }).files[0]?.changes[0]?.at).toBe(at);
  });

  test('says that nothing changed', () => {
    expect(planJson({ ...plan, patches: [unchanged] }, {})).toMatchObject({ changed: false });
  });
});
