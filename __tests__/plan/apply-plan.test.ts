import { describe, expect, test } from '@jest/globals';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CarbonHome } from '../../lib/carbon/carbon-home';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { digestOf } from '../../lib/disk/read-file';
import { applyPlan, replacementsOf } from '../../lib/plan/apply-plan';
import { makePlan } from '../../lib/plan/make-plan';
import { openHome } from '../../lib/plan/open-home';
import { patchedText, type Plan } from '../../lib/plan/plan';
import { undoApply } from '../../lib/plan/undo-apply';
import { configurationOf, treeOf } from '../disk/temporary-home';
import { copyHome } from './fixture-home';

const label = { tool: 'test 1.0', role: 'worker' };

async function workerPlan(path: string): Promise<{ readonly home: CarbonHome; readonly plan: Plan }> {
  const home = await openHome(path);
  return { home, plan: await makePlan(home, exampleCluster, 'worker1') };
}

describe('applyPlan', () => {
  test('writes the files that change and names them', async () => {
    const path = copyHome('esb-5.0.0');
    const before = treeOf(path);
    const { home, plan } = await workerPlan(path);
    const result = await applyPlan(home, plan, label);
    expect(result).toEqual({ paths: plan.patches.map((patch) => patch.path), inPlace: [] });
    const written = plan.patches.map((patch) => [patch.path, `0644 ${patchedText(patch)}`]);
    expect(configurationOf(path)).toEqual({ ...before, ...Object.fromEntries(written) });
  });

  test('writes the bytes of the encoding that a file declares', async () => {
    const path = copyHome('esb-5.0.0');
    const file = join(path, 'repository/conf/registry.xml');
    const latin1 = readFileSync(file, 'latin1').replace('<wso2registry>', '<!-- für später -->\n<wso2registry>');
    writeFileSync(file, latin1, 'latin1');
    const { home, plan } = await workerPlan(path);
    await applyPlan(home, plan, label);
    expect(readFileSync(file).includes(Buffer.from('für später', 'latin1'))).toBe(true);
    await undoApply(path);
    expect(readFileSync(file, 'latin1')).toBe(latin1);
  });

  test('makes the bytes of a file when its turn has come, and knows their digest before', async () => {
    const { plan } = await workerPlan(copyHome('esb-5.0.0'));
    const replacements = replacementsOf(plan);
    expect(replacements.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(plan.patches.map(patchedText));
    for (const replacement of replacements) {
      expect(replacement.digest).toBe(digestOf(replacement.bytes));
      expect(replacement.bytes).not.toBe(replacement.bytes);
    }
  });

  test('of nothing writes nothing, not even a state folder', async () => {
    const path = copyHome('esb-5.0.0');
    const { home, plan } = await workerPlan(path);
    for (const patch of plan.patches) writeFileSync(join(path, patch.path), patchedText(patch));
    const before = treeOf(path);
    const again = await makePlan(home, exampleCluster, 'worker1');
    expect(await applyPlan(home, again, label)).toEqual({ paths: [], inPlace: [] });
    expect(treeOf(path)).toEqual(before);
  });

  test('refuses a plan that a file has outlived, and writes no file', async () => {
    const path = copyHome('esb-5.0.0');
    const { home, plan } = await workerPlan(path);
    appendFileSync(join(path, 'repository/conf/user-mgt.xml'), '\n');
    const before = configurationOf(path);
    await expect(applyPlan(home, plan, label)).rejects.toThrow(
      new Error('repository/conf/user-mgt.xml: changed since the plan was made; nothing was written, plan again'),
    );
    expect(configurationOf(path)).toEqual(before);
  });
});
