import { isHttpListener } from '../carbon/http-listener';
import { roleOf } from '../cluster/roles';
import { declaredServices, type Declaration } from '../elb/declarations';
import type { ConfTrap, LoadBalancerConf } from '../elb/load-balancer-conf';
import type { CheckedCluster, CheckedNode } from './checked-cluster';

/** A load balancer whose loadbalancer.conf was read. */
export interface ReadBalancer {
  readonly node: CheckedNode;
  readonly conf: LoadBalancerConf;
}

/** A port at which a load balancer takes requests in. */
export interface Listener {
  /** With the offset; 80 and 443 without, as the offset of a load balancer with these has to be 0. */
  readonly port: number;
  readonly isSecure: boolean;
}

/** The ports of HTTP, which the documentation gives to a load balancer. */
export const usualPorts: readonly number[] = [80, 443];

/**
 * The load balancers that have a loadbalancer.conf whose blocks are where they seem to be. Of the others R17 tells, and what
 * they declare is nobody's intention.
 */
export function readBalancers(cluster: CheckedCluster): readonly ReadBalancer[] {
  return balancers(cluster).flatMap((node) => {
    const conf = node.facts.loadBalancerConf;
    return conf === undefined || conf.traps.some(isMisleading) ? [] : [{ node, conf }];
  });
}

/** The load balancers of a cluster whose homes were opened. */
export function balancers({ nodes }: CheckedCluster): readonly CheckedNode[] {
  return nodes.filter(({ role }) => roleOf(role).isLoadBalancer);
}

/** What a load balancer declares, in file order. */
export function declarationsIn({ conf }: ReadBalancer): readonly Declaration[] {
  return declaredServices(conf).flatMap(({ declarations }) => declarations);
}

/** True for a trap that puts settings into other blocks than they seem to be in, or keeps the load balancer from starting. */
function isMisleading({ effect, kind }: ConfTrap): boolean {
  return effect !== 'harmless' && kind !== 'repeated-key' && kind !== 'repeated-domain';
}

/**
 * The pass-through and NIO listeners of a load balancer. Of an offset that moves 80 and 443 away R23 tells: others go by
 * the ports that were meant.
 */
function listenersOf({ facts, ports }: CheckedNode): readonly Listener[] {
  const classes = new Map(facts.axis2?.receivers.map(({ name, className }) => [`${name.value} receiver`, className]));
  return ports.flatMap(({ feature, setting, port, base }) => {
    const className = classes.get(setting) ?? '';
    if (feature !== 'receiver' || !isHttpListener(className)) return [];
    return [{ port: usualPorts.includes(base) ? base : port, isSecure: /SSL/.test(className) }];
  });
}

/**
 * The ports at which the load balancers of a cluster take requests in: of the homes, else as the cluster file plans them;
 * none where nobody says.
 */
export function frontListeners(cluster: CheckedCluster): readonly Listener[] {
  const found = balancers(cluster).flatMap(listenersOf);
  const isPlanned = cluster.topology?.nodes.some(({ role }) => roleOf(role).isLoadBalancer) === true;
  if (found.length > 0 || cluster.topology === undefined || !isPlanned) return found;
  const { httpPort, httpsPort } = cluster.topology.frontEnd;
  return [
    { port: httpPort, isSecure: false },
    { port: httpsPort, isSecure: true },
  ];
}
