import type { HomeFacts } from '../carbon/facts/home-facts';
import type { RoleName } from '../cluster/roles';

/**
 * The role that a home seems to have, where no cluster file says it. With `loadbalancer.conf` it is a load balancer. Else
 * the signs are counted, so that one wrong setting does not turn a node into another:
 * for a manager `subDomain` mgt, a writable remote instance, a `MgtHostName`, a `port.mapping.*`, a deployment
 * synchronizer that commits; for a worker `subDomain` worker, a read-only remote instance, a deployment synchronizer that
 * does not commit. More signs win; as many of both leave it to `subDomain`; a home without any is a worker.
 */
export function roleOfHome(facts: HomeFacts): RoleName {
  if (facts.home.isLoadBalancer) return 'elb';
  const subDomain = facts.axis2?.clustering?.properties.get('subDomain')?.value;
  const signs = signsOf(facts, subDomain);
  const manager = signs.filter((role) => role === 'manager').length;
  const worker = signs.filter((role) => role === 'worker').length;
  if (manager === worker) return subDomain === 'mgt' ? 'manager' : 'worker';
  return manager > worker ? 'manager' : 'worker';
}

function signsOf(
  { axis2, carbonXml, registry }: HomeFacts,
  subDomain: string | undefined,
): readonly ('manager' | 'worker')[] {
  const properties = [...(axis2?.clustering?.properties.keys() ?? [])];
  const synchronizers = (carbonXml?.deploymentSynchronizers ?? []).filter(
    ({ value }) => value.get('Enabled')?.value === 'true',
  );
  const whetherWorker = (isWorker: boolean): 'manager' | 'worker' => (isWorker ? 'worker' : 'manager');
  return [
    ...(subDomain === 'mgt' ? (['manager'] as const) : []),
    ...(subDomain === 'worker' ? (['worker'] as const) : []),
    ...(registry?.remoteInstances ?? []).map(({ value }) =>
      whetherWorker(value.children.get('readOnly')?.value.trim() === 'true'),
    ),
    ...(carbonXml?.mgtHostName === undefined ? [] : (['manager'] as const)),
    ...(properties.some((name) => name.startsWith('port.mapping.')) ? (['manager'] as const) : []),
    ...synchronizers.map(({ value }) => whetherWorker(value.get('AutoCommit')?.value !== 'true')),
  ];
}
