import { clusteredNodes, membershipSchemeOf, type ClusteredNode } from '../clustered-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** There is one list of members, as only the first is read. */
export const oneMemberList: Rule = {
  title: 'An axis2.xml has one `members` element.',
  why: 'Carbon reads only the first one, so members of another are never asked.',
  severities: ['error', 'warning'],
  evaluate: ({ nodes }) =>
    clusteredNodes(nodes)
      .filter(({ clustering }) => membershipSchemeOf(clustering) === 'wka')
      .flatMap(repeatedFinding),
};

function repeatedFinding({ node, clustering }: ClusteredNode): readonly Finding[] {
  const [first, ...others] = clustering.memberLists;
  const [second] = others;
  if (first === undefined || second === undefined) return [];
  const read = new Set(first.members.map(({ value }) => `${value.hostName}:${value.port}`));
  const unread = others
    .flatMap(({ members }) => members.map(({ value }) => `${value.hostName}:${value.port}`))
    .filter((member) => !read.has(member));
  const count = `${clustering.memberLists.length} members elements, of which only the first (line ${first.list.line}) is read`;
  return [
    {
      severity: unread.length > 0 ? 'error' : 'warning',
      nodes: [node],
      place: placeOf(second.list),
      what:
        unread.length > 0
          ? `there are ${count}: ${unread.join(', ')} ${unread.length > 1 ? 'are' : 'is'} never asked`
          : `there are ${count}`,
      fix:
        unread.length > 0
          ? 'move the members that are meant into the first, and remove the others'
          : 'remove all but the first',
    },
  ];
}
