import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { declareDomains, type WantedDomain } from '../../lib/elb/declare-domains';
import { decodePlain } from '../../lib/plan/decode-plain';
import { parseLoadBalancerConf } from '../../lib/elb/parse-load-balancer-conf';
import { applyEdits, invertEdits } from '../../lib/text/edit';
import { expectDeclared, modelRoutes } from './expect-declared';

const corpus = join(__dirname, '../../../shared/corpus');
const homes = (existsSync(corpus) ? readdirSync(corpus) : []).filter((home) =>
  existsSync(join(corpus, home, 'repository/conf/loadbalancer.conf')),
);
const fixtures = join(__dirname, '../../fixtures/homes');
const files = [
  ...homes.map((home) => ({ home, file: join(corpus, home, 'repository/conf/loadbalancer.conf') })),
  ...['elb-2.0.4', 'elb-2.1.0'].map((home) => ({
    home,
    file: join(fixtures, home, 'repository/conf/loadbalancer.conf'),
  })),
];

if (homes.length === 0) {
  test('the load balancers of real homes were not edited, because there is no ../shared/corpus', () => {
    expect(existsSync(corpus)).toBe(false);
  });
}

const both = (['sub_domain', 'nested'] as const).flatMap((form) => files.map((file) => ({ ...file, form })));

test.each(both)('$home declares a cluster in the form $form', ({ file, form }) => {
  const { text } = decodePlain(readFileSync(file));
  const wanted: WantedDomain = {
    domain: 'wso2.esb.domain',
    subDomains: [
      { subDomain: 'mgt', hosts: ['mgt.esb.cloud-test.wso2.com'] },
      { subDomain: 'worker', hosts: ['esb.cloud-test.wso2.com'] },
    ],
    groupManagementPort: 5000,
    form,
  };
  const conf = parseLoadBalancerConf(text, file);
  expect(conf.isStratos).toBe(false);
  expect(conf.traps.filter(({ effect }) => effect !== 'harmless')).toEqual([]);
  const { edits, changes } = declareDomains(text, file, wanted);
  const after = applyEdits(text, edits);
  expectDeclared(after, wanted);
  expect(changes.map(({ at }) => at).every((at) => at.startsWith('services/esb/'))).toBe(true);
  expect(declareDomains(after, file, wanted).edits).toEqual([]);
  expect(applyEdits(after, invertEdits(text, edits))).toBe(text);
  const others = (source: string): unknown[] =>
    Object.entries(modelRoutes(source)).filter(([pair]) => !pair.startsWith('wso2.esb.domain/'));
  expect(others(after)).toEqual(others(text));
});
