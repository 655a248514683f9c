import { shownUrl } from '../../database/jdbc-url';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { serverIdentity } from '../database-identity';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import type { Finding, Rule } from '../rule';
import { settingOf } from '../../carbon/facts/datasource-facts';

/** All connection pools together do not exceed what the database server allows. */
export const poolsFitDatabase: Rule = {
  title:
    'The maxActive of all datasources of all nodes together is not above the max_connections of the database server.',
  why: 'When the pools fill up, the database refuses connections, and nodes fail that worked under less load.',
  severities: ['warning'],
  evaluate: (cluster) => {
    const most = cluster.topology?.database.maxConnections;
    if (most === undefined) return [];
    const pools = cluster.nodes.flatMap((node) => poolsOf(cluster, node));
    return [...groupBy(pools, ({ server }) => server).values()].flatMap((group) => findingsOf(group, most));
  },
};

interface Pool {
  readonly node: CheckedNode;
  readonly server: string;
  readonly shownServer: string;
  readonly maxActive: number;
}

function poolsOf(cluster: CheckedCluster, node: CheckedNode): readonly Pool[] {
  return node.facts.datasources.flatMap((datasource) => {
    const url = settingOf(datasource, 'url')?.value;
    const server = url && serverIdentity(url, { node, cluster });
    if (!url || !server) return [];
    const stated = Number(datasource.settings.get('maxActive')?.value);
    const maxActive = Number.isInteger(stated) && stated > 0 ? stated : defaultMaxActive;
    return [{ node, server, shownServer: serverIn(url), maxActive }];
  });
}

/** That of the pool of Tomcat, where a datasource does not say it. */
const defaultMaxActive = 100;

function serverIn(url: string): string {
  return /(?:\/\/|@)([^/;]+)/.exec(shownUrl(url))?.[1] ?? shownUrl(url);
}

function findingsOf(pools: readonly [Pool, ...Pool[]], most: number): readonly Finding[] {
  const sum = pools.reduce((total, { maxActive }) => total + maxActive, 0);
  if (sum <= most) return [];
  const nodes = [...new Set(pools.map(({ node }) => node))];
  return [
    {
      severity: 'warning',
      nodes: [],
      place: undefined,
      what: `the ${pools.length} pools of ${nameNodes(nodes)} can open ${sum} connections to ${pools[0].shownServer} (the sum of their maxActive), but it allows ${most}`,
      fix: 'raise max_connections of the database server, or lower maxActive of the datasources (database.pool in the cluster file)',
    },
  ];
}
