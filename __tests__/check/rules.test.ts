import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import type { CheckResult, RuleFinding } from '../../lib/check/check-cluster';
import { ruleCodes, ruleOf } from '../../lib/check/rules';
import { findingsText } from '../../lib/report/findings-text';
import { baseNames } from './base-clusters';
import { checkCase, clusterFile, readCase, ruleCases, type NamedCase } from './rule-cases';

// The first case of each base also makes the base.
jest.setTimeout(60_000);

const cases = ruleCases();

describe('a case of a rule', () => {
  test.each(cases.filter(({ isBreak }) => isBreak))('$name is reported, word for word', async (one) => {
    const { text, findings } = await findingsOf(one);
    const golden = join(one.folder, 'findings.txt');
    if (process.env['UPDATE_FINDINGS'] !== undefined) writeFileSync(golden, text);
    expect(existsSync(golden) ? readFileSync(golden, 'utf8') : '').toBe(text);
    expect(text).toContain(` ${one.rule} `);
    for (const { what, fix, severity } of findings) {
      // One sentence each, which the reports put a dot behind where they want one.
      expect([what, fix].filter((sentence) => sentence.endsWith('.') || sentence.trim() === '')).toEqual([]);
      expect(ruleOf(one.rule)?.severities).toContain(severity);
    }
  });

  test.each(cases.filter(({ isBreak }) => !isBreak))('$name is not reported', async (one) => {
    // What is a remark at worst is told of healthy nodes too.
    const isRemark = ruleOf(one.rule)?.severities.some((severity) => severity !== 'info') !== true;
    const { result } = await checkCase(readCase(one));
    const found = ofRule(result, one.rule).findings.filter(({ severity }) => isRemark || severity !== 'info');
    expect(found.map(({ what }) => what)).toEqual([]);
  });
});

describe('a healthy cluster', () => {
  test.each(baseNames.flatMap((base) => (['cluster', 'homes'] as const).map((mode) => ({ base, mode }))))(
    'of the $base era gives no error and no warning, compared with $mode',
    async ({ base, mode }) => {
      const { result } = await checkCase({ base, mode });
      const found = result.findings.filter(({ severity }) => severity !== 'info');
      expect(found.map(({ rule, nodes, what }) => `${rule} ${nodes.map(({ name }) => name).join()}: ${what}`)).toEqual(
        [],
      );
      expect(result.cluster.nodes.map(({ role }) => role)).toEqual(['elb', 'manager', 'worker', 'worker', 'worker']);
    },
  );
});

describe('every rule', () => {
  test.each(ruleCodes)('%s has a case that breaks it and one that keeps it', (code) => {
    const kinds = cases.filter(({ rule }) => rule === code).map(({ isBreak }) => isBreak);
    expect(new Set(kinds)).toEqual(new Set([true, false]));
  });

  test('is one that is registered', () => {
    expect([...new Set(cases.map(({ rule }) => rule))].filter((rule) => !ruleCodes.includes(rule))).toEqual([]);
  });

  test.each(ruleCodes)('%s says what it wants and why in one sentence each', (code) => {
    const rule = ruleOf(code);
    expect([rule?.title, rule?.why]).toEqual([
      expect.stringMatching(/^\S.*[^.]\.$/),
      expect.stringMatching(/^\S.*[^.]\.$/),
    ]);
    expect(rule?.severities.length).toBeGreaterThan(0);
  });
});

interface Report {
  readonly text: string;
  readonly findings: readonly RuleFinding[];
}

/** What the report says of one rule; the folder of the homes is called /srv, as it has another name each time. */
async function findingsOf(one: NamedCase): Promise<Report> {
  const given = readCase(one);
  const { result, folder } = await checkCase(given);
  const options = given.mode === 'homes' ? { all: true } : { all: true, clusterFile };
  const found = ofRule(result, one.rule);
  return { text: findingsText(found, options).replaceAll(folder, '/srv'), findings: found.findings };
}

function ofRule(result: CheckResult, code: string): CheckResult {
  return {
    ...result,
    findings: result.findings.filter(({ rule }) => rule === code),
    silenced: result.silenced.filter(({ finding }) => finding.rule === code),
  };
}
