import { join } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import type { CopiedHome } from '../carbon/runtime-state';
import { nodesWithOtherMembers } from '../cluster/clone-node';
import { isAddress } from '../cluster/host-form';
import { addressOfNode } from '../cluster/node-names';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import type { FolderTree } from '../disk/folder-tree';
import { runningProcess } from '../disk/running-server';

/** What the notes about a clone are made from. */
export interface CloneFacts {
  readonly source: ClusterNode;
  readonly node: ClusterNode;
  readonly home: CarbonHome;
  readonly before: ClusterTopology;
  readonly after: ClusterTopology;
  readonly tree: FolderTree;
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  readonly copied: CopiedHome;
}

/** What the operator should know before a node is cloned; whole sentences. Reads the pid file of the home that is copied. */
export async function cloneNotes(facts: CloneFacts): Promise<readonly string[]> {
  const process = await runningProcess(join(facts.home.path, 'wso2carbon.pid'));
  return [
    ...(process === undefined
      ? []
      : [
          `A server runs from the home that is copied (wso2carbon.pid, process ${process}); what it writes meanwhile may be copied in part.`,
        ]),
    ...linkNotes(facts),
    ...databaseNotes(facts),
    ...clusterNotes(facts),
  ];
}

function linkNotes({ tree }: CloneFacts): readonly string[] {
  return tree.entries.flatMap((entry) =>
    entry.kind === 'link' && entry.leadsOut
      ? [
          `${entry.path} is a link to ${entry.leadsTo}, outside the home; it stays one, so both nodes use what is there.`,
        ]
      : [],
  );
}

function databaseNotes({ node, after, leftOut, copied }: CloneFacts): readonly string[] {
  const embedded = leftOut.get('embedded database') ?? [];
  return [
    ...(embedded.length === 0
      ? []
      : [
          `Embedded databases are not copied (${embedded.join(', ')}); where the new node still uses one, take it from the product as it ships.`,
        ]),
    ...(after.database.layout !== 'shared'
      ? []
      : node.localRegistryDatabase === undefined
        ? [
            `The local registry stays as the home has it; where that is no embedded database, give ${node.name} one of its own before its first start.`,
          ]
        : [
            `Database ${node.localRegistryDatabase} must be there before ${node.name} is started for the first time, with -Dsetup to fill it.`,
          ]),
    ...(copied.isSynchronized ? [`${node.name} checks out its artifacts at its first start.`] : []),
  ];
}

function clusterNotes({ source, node, before, after }: CloneFacts): readonly string[] {
  const others = nodesWithOtherMembers(before, after).map(({ name }) => name);
  const patches = after.patches.filter(({ nodes }) => nodes?.includes(source.name));
  const isElsewhere = addressOfNode(node, after) !== addressOfNode(source, after) || node.host !== source.host;
  return [
    others.length === 0
      ? 'No other node lists the new one as a member, so none needs an apply; it joins them, and a load balancer takes it in, when it starts.'
      : `The members of ${others.join(', ')} change; run apply on ${others.length === 1 ? 'it' : 'them'} again, and restart.`,
    ...(patches.length === 0
      ? []
      : [
          `patches of the cluster file name ${source.name}; what they made of its files is copied, and ${node.name} has to be named there too for later applies.`,
        ]),
    ...(isElsewhere && addressOfNode(node, after) === undefined && !isAddress(node.host)
      ? [`${node.host} has no address in hosts of the cluster file; add it there.`]
      : []),
    ...(isElsewhere ? [`${node.name} runs on ${node.host}; bring its home there, to the same path.`] : []),
  ];
}
