import type { ClusteringAgent } from '../cluster/members';
import { roleOf } from '../cluster/roles';
import { expectedMembers, type ExpectedMember } from './expected-members';
import type { LogQuestion } from './log-question';
import { matchMembers, type MatchedMembers } from './match-members';
import type { SeenMember, StartRecord } from './start-record';
import type { MemberState, MemberVerdict } from './verdict';

/** How members of a node compare with the cluster file. */
export interface ComparedMembers extends MatchedMembers {
  readonly verdicts: readonly MemberVerdict[];
}

/** The members of a log where nothing says who should be there. */
export function membersAsSeen({ members }: StartRecord): readonly MemberVerdict[] {
  return members.map((member) => ({
    name: undefined,
    address: addressOf(member),
    subDomain: member.subDomain,
    state: member.hasLeft ? 'left' : 'seen',
    seen: member,
  }));
}

/**
 * What became of each node that has to come up in the log of a node, and who else is in the cluster. A member that was there
 * before a node of the Hazelcast era, and a node of the Tribes era that is in nobody's list, may come up in no line: then
 * it is `untold`. `undefined` as long as no line tells the era, which decides where members are met.
 */
export function compareMembers(
  record: StartRecord,
  { topology, node, scope }: LogQuestion,
): ComparedMembers | undefined {
  const { agent } = record;
  if (agent === undefined) return undefined;
  const expected = expectedMembers(node, topology, agent);
  const isBalancer = roleOf(node.role).isLoadBalancer;
  // A load balancer can serve other clusters too, whose members are none of this one's business.
  const own = record.members.filter(({ domain }) => !isBalancer || domain === undefined || domain === topology.domain);
  const matched = matchMembers(expected, own);
  const verdicts = expected.map((wanted): MemberVerdict => {
    const member = matched.pairs.get(wanted);
    const state = stateOf(wanted, member, { record, scope, agent, isBalancer });
    const [address = wanted.node.localMemberHost] = wanted.addresses;
    return {
      name: wanted.node.name,
      address: member === undefined ? `${address}:${wanted.port}` : addressOf(member),
      subDomain: member?.subDomain,
      state,
      seen: member,
    };
  });
  const strangers = matched.strangers.map((member): MemberVerdict => ({
    name: undefined,
    address: addressOf(member),
    subDomain: member.subDomain,
    state: 'stranger',
    seen: member,
  }));
  return { ...matched, verdicts: [...verdicts, ...strangers] };
}

interface Circumstances extends Pick<LogQuestion, 'scope'> {
  readonly record: StartRecord;
  readonly agent: ClusteringAgent;
  readonly isBalancer: boolean;
}

function stateOf(
  { isLater, isListed, node }: ExpectedMember,
  member: SeenMember | undefined,
  { record, scope, agent, isBalancer }: Circumstances,
): MemberState {
  if (member !== undefined) return member.hasLeft ? 'left' : 'joined';
  if (isLater) return scope === 'own-start' ? 'awaited' : 'missing';
  if (isBalancer) return 'missing';
  if (agent === 'tribes') return isListed ? 'missing' : 'untold';
  // The first member of a cluster sees everybody join; a load balancer is in it without being asked.
  const isFirst = record.isCoordinator && !roleOf(node.role).isLoadBalancer;
  return record.hasMemberList || isFirst ? 'missing' : 'untold';
}

function addressOf({ host, port }: Pick<SeenMember, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
