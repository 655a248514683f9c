import { effectivePorts } from '../carbon/effective-ports';
import type { HomeFacts } from '../carbon/facts/home-facts';
import type { CheckedCluster, CheckedNode, UnopenedHome } from '../check/checked-cluster';
import { roleOfHome } from '../check/role-of-home';
import type { ClusterTopology } from '../cluster/topology';
import { expectedError } from '../errors';
import { openHome } from './open-home';
import { surveyHome } from './survey-home';

/** A home that is to be checked. */
export interface CheckTarget {
  /** The name of the node in the cluster file; without one, the path of the home as the caller gave it. */
  readonly name: string;
  /** The folder of the product. */
  readonly home: string;
}

/** How the homes are read. */
export interface CheckOptions {
  /** Called after each home, with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * What the homes say, each with what the cluster file wants of it; reads, never writes. One home after the other, so that
 * only the facts of many are in memory. A home that cannot be opened is among `unopened`, and nothing is thrown for it.
 */
export async function checkHomes(
  targets: readonly CheckTarget[],
  topology: ClusterTopology | undefined,
  { onProgress }: CheckOptions = {},
): Promise<CheckedCluster> {
  const nodes: CheckedNode[] = [];
  const unopened: UnopenedHome[] = [];
  for (const [index, target] of targets.entries()) {
    try {
      const facts = await surveyHome(await openHome(target.home));
      nodes.push(checkedNode(target.name, facts, topology));
    } catch (error) {
      const { code, message } = expectedError(error);
      unopened.push({ ...target, code, message });
    }
    onProgress?.(index + 1, targets.length);
  }
  return { topology, nodes, unopened };
}

function checkedNode(name: string, facts: HomeFacts, topology: ClusterTopology | undefined): CheckedNode {
  const node = topology?.nodes.find((one) => one.name === name);
  return {
    name,
    facts,
    role: node?.role ?? roleOfHome(facts),
    machine: node === undefined ? advertisedHost(facts) : (topology?.hosts[node.host] ?? node.host),
    node,
    ports: effectivePorts(facts),
  };
}

/** What a home tells the others; an address that every machine has says nothing about which one it is. */
function advertisedHost({ axis2 }: HomeFacts): string | undefined {
  const host = axis2?.clustering?.parameters.get('localMemberHost')?.value;
  return host === undefined || /^(?:|localhost|127\..*|::1|0\.0\.0\.0|.*\$\{.*)$/i.test(host) ? undefined : host;
}
