import { declareDomains, type WantedDomain } from '../../lib/elb/declare-domains';
import { parseLoadBalancerConf } from '../../lib/elb/parse-load-balancer-conf';
import { decodePlain } from '../../lib/plan/decode-plain';
import { applyEdits, invertEdits } from '../../lib/text/edit';
import { encodeText } from '../../lib/text/encoding';
import { expectDeclared } from '../elb/expect-declared';
import type { Random } from './random';
import { orRefusal, promise } from './refusal';

const modelSize = 20_000;

/** Domains that the seeds have, or nearly have. */
export function drawnDomain(random: Random): WantedDomain {
  const worker = { subDomain: 'worker', hosts: ['esb.cloud-test.wso2.com'] } as const;
  return {
    domain: random.pick(['wso2.esb.domain', 'wso2.as.domain', 'wso2.carbon.lb.domain', 'new', 'a.b']),
    subDomains: random.isOneIn(2) ? [{ subDomain: 'mgt', hosts: ['mgt.esb.cloud-test.wso2.com'] }, worker] : [worker],
    groupManagementPort: random.pick([4500, 5000]),
    form: random.pick(['sub_domain', 'nested']),
  };
}

/** Reads a loadbalancer.conf and declares a domain in it; true where it is not refused. */
export function checkConf(bytes: Buffer, wanted: WantedDomain): boolean {
  const decoded = decodePlain(bytes);
  const { text } = decoded;
  promise(bytes.equals(encodeText(decoded, 'f.conf')), 'what is read is not written back as the same bytes');
  const lines = text.split(/\r\n|\r|\n/).length;
  const { traps } = parseLoadBalancerConf(text, 'f.conf');
  promise(
    traps.every(({ line }) => line >= 1 && line <= lines),
    'a trap lies outside the file',
  );
  const declaration = orRefusal(['TARGET_UNSUITABLE'], () => declareDomains(text, 'f.conf', wanted));
  if (declaration === undefined) return false;
  const after = applyEdits(text, declaration.edits);
  // The model is made to be plain, not to be fast.
  if (after.length < modelSize) expectDeclared(after, wanted);
  promise(declareDomains(after, 'f.conf', wanted).edits.length === 0, 'declaring twice changes more');
  promise(applyEdits(after, invertEdits(text, declaration.edits)) === text, 'what was done cannot be taken back');
  promise(declaration.edits.length > 0 === declaration.changes.length > 0, 'changes and edits do not agree');
  return true;
}
