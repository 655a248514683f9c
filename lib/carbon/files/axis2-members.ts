import { membersOf } from '../../cluster/members';
import { childElements } from '../../xml/document';
import type { NewElement } from '../../xml/fragment';
import type { FileRecipe, RecipeContext } from '../carbon-file';
import { clusteringAgentOf } from '../clustering-agent';

const clustering = '/axisconfig/clustering';

/** The well-known members of a node: the list is made exactly what the cluster asks for, and the shipped example goes. */
export function members({ node, topology, document }: RecipeContext): FileRecipe {
  const lists = childElements(document.root, 'clustering').flatMap((one) => childElements(one, 'members'));
  if (topology.membershipScheme === 'multicast') return withoutMembers(lists.length);
  const isRepeated = lists.length > 1;
  const children = membersOf(node, topology, clusteringAgentOf(document)).map(({ hostName, port }): NewElement => ({
    name: 'member',
    children: [
      { name: 'hostName', text: hostName },
      { name: 'port', text: String(port) },
    ],
  }));
  return {
    operations: [
      ...(isRepeated ? [] : [ensureMembers]),
      { op: 'replaceChildren', at: `${clustering}/members${isRepeated ? '[1]' : ''}`, name: 'member', children },
    ],
    notes: isRepeated
      ? [
          `axis2.xml has ${lists.length} members elements, of which Carbon reads only the first: that one is set; remove the others.`,
        ]
      : [],
  };
}

/** Members of one network find each other; a list that is left would be read again once the scheme is changed back. */
function withoutMembers(count: number): FileRecipe {
  const at = `${clustering}/members${count > 1 ? '[1]' : ''}`;
  return {
    operations: count === 0 ? [] : [{ op: 'replaceChildren', at, name: 'member', children: [] }],
    notes: [
      'With multicast the nodes find each other by themselves, and the list of members stays empty; all of them have to be in one network that lets multicast through.',
    ],
  };
}

/** Behind all parameters: some membership schemes have theirs behind the usual last one. */
const ensureMembers = {
  op: 'ensureElement',
  at: clustering,
  element: { name: 'members', text: '' },
  place: [
    'besideSample',
    { after: 'parameter' },
    { before: 'groupManagement' },
    { before: 'nodeManager' },
    { before: 'stateManager' },
  ],
} as const;
