import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { effectivePorts } from '../../lib/carbon/effective-ports';
import { effectiveOffset } from '../../lib/carbon/ports/effective-offset';
import { portCollisions } from '../../lib/carbon/ports/port-collisions';
import { openHome } from '../../lib/plan/open-home';
import { surveyHome } from '../../lib/plan/survey-home';

const corpus = join(__dirname, '../../../shared/corpus');

if (!existsSync(corpus)) {
  test('the ports of real homes were not computed, because there is no ../shared/corpus', () => {
    expect(existsSync(corpus)).toBe(false);
  });
} else {
  const homes = realHomes(corpus);

  test('there are real homes, profiles of EI among them', () => {
    expect(homes.length).toBeGreaterThan(30);
    expect(homes.some((home) => home.includes('/wso2/'))).toBe(true);
  });

  test.each(homes)('the ports of %s are known, and none is taken twice', async (name) => {
    const facts = await surveyHome(await openHome(join(corpus, name)));
    const ports = effectivePorts(facts);
    const offset = effectiveOffset(facts)?.value;
    expect(portCollisions([{ name, machine: undefined, ports }])).toEqual([]);
    for (const { port, base, isMovedByOffset, setting, source } of ports) {
      expect([setting, port]).toEqual([setting, base + (isMovedByOffset ? (offset ?? NaN) : 0)]);
      expect([setting, source?.path ?? facts.home.confFolder]).toEqual([
        setting,
        expect.stringMatching(/^(?:bin|conf|repository\/conf)(?:\/|$)/),
      ]);
    }
    const settings = ports.map(({ setting }) => setting);
    // What is switched off in every shipped home.
    expect(settings.filter((setting) => /^(?:H2|KDC|MQTT over|JNDI)/.test(setting) && !isBroker(name))).toEqual([]);
    // A home whose offset is still to be filled in has no port that moves.
    expect(settings.includes('https servlet')).toBe(offset !== undefined);
  });
}

/** The parent of each conf folder that has an axis2.xml, relative to the corpus; those that deployment.toml makes are left out. */
function realHomes(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'axis2.xml')
    .map((entry) => join(entry.parentPath, '..'))
    .filter((confFolder) => !existsSync(join(confFolder, 'deployment.toml')))
    .map((confFolder) => relative(root, confFolder).replace(/(?:\/repository)?\/conf$/, ''))
    .sort();
}

/** Message brokers, of which a release ships with MQTT switched on. */
function isBroker(name: string): boolean {
  return /^mb-|\/broker$/.test(name);
}
