import { exampleCluster } from '../../cluster/example-cluster';
import { startOrder } from '../../cluster/cluster-file/start-order';
import type { ClusteringAgent } from '../../cluster/members';
import { roleOf, type RoleName } from '../../cluster/roles';
import type { NodeRole } from '../../cluster/roles/node-role';
import { agentOfClass } from '../clustering-agent';
import type { HomeFacts } from '../facts/home-facts';
import { homeSituation, type HomeSituation } from '../home-situation';

/** A home that is to be described as a node. */
export interface HomeToDescribe {
  readonly facts: HomeFacts;
  readonly role: RoleName;
  /** As the cluster file is to name it. */
  readonly home: string;
}

/** A home with the name of its node, and with what its files mean together. */
export interface NamedHome extends HomeToDescribe {
  readonly name: string;
  readonly agent: ClusteringAgent;
  readonly roleFacts: NodeRole;
  readonly situation: HomeSituation;
}

/**
 * The homes in start order with names by their roles: a role that only one has gives it its own name, but workers are
 * always counted. Of several managers the one whose deployment synchronizer commits comes first.
 */
export function nameHomes(homes: readonly HomeToDescribe[]): readonly NamedHome[] {
  const committing = [...homes.filter(commits), ...homes.filter((home) => !commits(home))];
  const counts = new Map<RoleName, number>();
  return startOrder(committing).map((home) => {
    const count = (counts.get(home.role) ?? 0) + 1;
    counts.set(home.role, count);
    const roleFacts = roleOf(home.role);
    const isAlone = roleFacts.isWellKnownMember && homes.filter(({ role }) => role === home.role).length === 1;
    return {
      ...home,
      name: isAlone ? home.role : `${home.role}${count}`,
      agent: agentOfClass(home.facts.home.clusteringClass),
      roleFacts,
      // Nothing that the example states goes into the names of a home.
      situation: homeSituation(home.facts, exampleCluster),
    };
  });
}

/** Managers and workers. */
export function appHomes(homes: readonly NamedHome[]): readonly NamedHome[] {
  return homes.filter(({ roleFacts }) => !roleFacts.isLoadBalancer);
}

/** The text of a `parameter` of `clustering`, or `undefined` where it is missing or empty. */
export function clusteringParameter({ facts }: HomeToDescribe, name: string): string | undefined {
  return facts.axis2?.clustering?.parameters.get(name)?.value || undefined;
}

/** The number that a text is in plain digits, from 0 to 65535; `undefined` for anything else. */
export function plainNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:0|[1-9]\d{0,4})$/.test(text)) return undefined;
  return Number(text) > 65535 ? undefined : Number(text);
}

function commits({ role, facts }: HomeToDescribe): boolean {
  const [synchronizer] = facts.carbonXml?.deploymentSynchronizers ?? [];
  const isTrue = (name: string): boolean => synchronizer?.value.get(name)?.value === 'true';
  return roleOf(role).writesRegistry && isTrue('Enabled') && isTrue('AutoCommit');
}
