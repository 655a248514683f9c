import type { ConfTrap } from '../../elb/load-balancer-conf';
import { balancers } from '../load-balancers';
import type { Rule, Severity } from '../rule';

/** The load balancer reads its file as people do. */
export const balancerConfReadsRight: Rule = {
  title: 'The load balancer reads loadbalancer.conf as it looks.',
  why: 'Its reader goes line by line and counts braces in comments: one sign in the wrong place keeps the load balancer from starting, or moves services into other blocks.',
  severities: ['error', 'warning', 'info'],
  evaluate: (cluster) =>
    balancers(cluster).flatMap((node) => {
      const conf = node.facts.loadBalancerConf;
      return (conf?.traps ?? []).map((trap) => ({
        severity: severityOf(trap),
        nodes: [node],
        place: { path: conf?.path ?? '', line: trap.line },
        what: trap.problem,
        fix: trap.mend,
      }));
    }),
};

/** Of a setting that is there twice the load balancer takes one, which may well be the one that is meant. */
function severityOf({ effect, kind }: ConfTrap): Severity {
  if (effect === 'harmless') return 'info';
  return kind === 'repeated-key' ? 'warning' : 'error';
}
