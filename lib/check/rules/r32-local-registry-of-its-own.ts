import { databaseUrl } from '../../cluster/database-url';
import { shownUrl } from '../../database/jdbc-url';
import { appNodes } from '../app-nodes';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { databaseIdentity } from '../database-identity';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';
import { localRegistryOf, mountedRegistryOf, type UsedDatabase } from '../used-databases';

/** Each node has a local registry that no other node, and no mount, uses. */
export const localRegistryOfItsOwn: Rule = {
  title:
    'Each node keeps its local registry in a database that no other node uses and that is not the shared registry.',
  why: 'Nodes on one local registry overwrite each other, and fail with "Total number of available connections are less than the total number of closed connections".',
  severities: ['error', 'warning', 'info'],
  evaluate: (cluster) => {
    const locals = localsOf(cluster);
    const mounted = ofMounts(cluster, locals);
    const others = locals.filter((local) => !mounted.includes(local));
    const together = [...groupBy(others, ({ identity }) => identity).values()].filter((group) => group.length > 1);
    const alone = others.filter((local) => !together.some((group) => group.includes(local)));
    return [
      ...mountedFindings(cluster, mounted),
      ...together.map((group) => togetherFinding(cluster, group)),
      ...alone.flatMap((local) => unplannedFindings(cluster, local)),
    ];
  },
};

interface LocalRegistry {
  readonly node: CheckedNode;
  readonly database: UsedDatabase;
  readonly url: string;
  /** `undefined` for an embedded database, which no other node opens. */
  readonly identity: string | undefined;
}

type LocalGroup = readonly [LocalRegistry, ...LocalRegistry[]];

function localsOf(cluster: CheckedCluster): readonly LocalRegistry[] {
  return appNodes(cluster).flatMap((node) => {
    const database = localRegistryOf(node.facts);
    if (database?.url === undefined) return [];
    const url = database.url.value;
    return [{ node, database, url, identity: identityOf(cluster, node, database) }];
  });
}

function identityOf(cluster: CheckedCluster, node: CheckedNode, database: UsedDatabase): string | undefined {
  const { url, username } = database;
  return url && databaseIdentity(url.value, { node, cluster, username });
}

/** Local registries in a database that some node mounts as the shared one. One `dbConfig` for both is for R39 to tell. */
function ofMounts(cluster: CheckedCluster, locals: readonly LocalRegistry[]): readonly LocalRegistry[] {
  const shared = new Set(
    appNodes(cluster).flatMap((node) =>
      ['/_system/config', '/_system/governance'].flatMap((path) => {
        const database = mountedRegistryOf(node.facts, path);
        const isLocal = database?.use === localRegistryOf(node.facts)?.use;
        return database === undefined || isLocal ? [] : [identityOf(cluster, node, database)];
      }),
    ),
  );
  return locals.filter(({ identity }) => identity !== undefined && shared.has(identity));
}

function mountedFindings(cluster: CheckedCluster, mounted: readonly LocalRegistry[]): readonly Finding[] {
  return [...groupBy(mounted, ({ identity }) => identity).values()].map((group) => {
    const [{ database, url }] = group;
    return {
      severity: 'error',
      nodes: nodesOf(group),
      place: placeOf(database.url ?? database.use),
      what: `${nameNodes(nodesOf(group))} ${have(group)} the local registry in ${shownUrl(url)}, which is the shared registry that is mounted`,
      fix: 'give each node a local registry of its own: another database, or the embedded one that it came with',
      ...applyCommand(cluster),
    };
  });
}

/** A cluster file can ask for the one database of the first guides; then it may work. */
function togetherFinding(cluster: CheckedCluster, group: LocalGroup): Finding {
  const isPlanned = cluster.topology?.database.layout === 'single';
  const [{ database, url }] = group;
  return {
    severity: isPlanned ? 'warning' : 'error',
    nodes: nodesOf(group),
    place: placeOf(database.url ?? database.use),
    what: `${nameNodes(nodesOf(group))} have the local registry in one database, ${shownUrl(url)}${isPlanned ? ', as the single layout of the cluster file has it' : ''}`,
    fix: isPlanned
      ? 'use the shared layout, which gives each node a local registry of its own'
      : 'give each node a local registry of its own: another database, or the embedded one that it came with',
    ...(isPlanned ? {} : applyCommand(cluster)),
  };
}

function unplannedFindings(cluster: CheckedCluster, local: LocalRegistry): readonly Finding[] {
  const { topology } = cluster;
  const { node, database, url, identity } = local;
  const name = node.node?.localRegistryDatabase;
  if (topology === undefined || topology.database.layout === 'single' || name === undefined) return [];
  const planned = databaseUrl(topology.database, name);
  const username = topology.database.users.local?.username ?? topology.database.username;
  if (databaseIdentity(planned, { node, cluster, username }) === identity) return [];
  return [
    {
      severity: 'info',
      nodes: [node],
      place: placeOf(database.url ?? database.use),
      what: `the local registry of ${node.name} is ${shownUrl(url)}, but the cluster file says ${shownUrl(planned)}`,
      fix: 'apply the cluster file, or take localRegistryDatabase of this node out of it; the node starts with an empty local registry in another database',
      ...applyCommand(cluster),
    },
  ];
}

function nodesOf(group: LocalGroup): readonly CheckedNode[] {
  return group.map(({ node }) => node);
}

function have(group: LocalGroup): string {
  return group.length === 1 ? 'has' : 'have';
}
