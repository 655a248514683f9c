import { describe, expect, test } from '@jest/globals';
import type { Plan, SettingChange } from '../../lib/plan/plan';
import { planJson } from '../../lib/report/plan-json';
import { planText } from '../../lib/report/plan-text';
import { filePatch } from './file-patch';

const before = 'services {\n    esb {\n        hosts a;\n        mb_server_url tcp://mb:old@a:1;\n    }\n}\n';
const after = before.replace('hosts a;', 'hosts b;').replace('old', 'new');

const change = (setting: string, values: Partial<SettingChange>): SettingChange => ({
  setting: `services/esb/${setting}`,
  line: 3,
  before: undefined,
  after: undefined,
  ...values,
});

const plan: Plan = {
  formatVersion: 1,
  node: 'elb',
  patches: [
    filePatch({
      path: 'conf/loadbalancer.conf',
      before,
      after,
      changes: [
        change('hosts', { before: 'a', after: 'b' }),
        change('mb_password', { line: 4, before: 'old', after: 'new' }),
        change('domains', { after: 'domains {\n    x {\n        url tcp://mb:p1@b:1;\n    }\n}' }),
      ],
    }),
  ],
  newFiles: [],
  notes: [],
};

describe('a change of a file that is no XML', () => {
  test('is told by the names on the way to it, with secrets masked', () => {
    expect(planText(plan, { color: false })).toBe(
      [
        'conf/loadbalancer.conf: 3 changes',
        '  ~ 3 services/esb/hosts: a → b',
        '  ~ 4 services/esb/mb_password: ******** → ********',
        '  + 3 services/esb/domains: domains { x { url tcp://********@b:1; } }',
        '',
      ].join('\n'),
    );
  });

  test('is shown with its secrets where that is asked for', () => {
    expect(planText(plan, { color: false, showSecrets: true })).toContain('services/esb/mb_password: old → new');
  });

  test('is an operation of its own in JSON', () => {
    const [file] = planJson(plan, {}).files;
    expect(file?.changes.slice(0, 2)).toEqual([
      { line: 3, operation: 'setting', at: 'services/esb/hosts', attribute: null, before: 'a', after: 'b' },
      {
        line: 4,
        operation: 'setting',
        at: 'services/esb/mb_password',
        attribute: null,
        before: '********',
        after: '********',
      },
    ]);
    expect(file?.diff).not.toMatch(/old|new/);
  });
});
