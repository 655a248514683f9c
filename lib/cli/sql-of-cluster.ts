import type { NodeWithFacts } from '../carbon/cluster-databases';
import { clusterSql, type ClusterSql } from '../carbon/cluster-sql';
import type { CheckedNode } from '../check/checked-cluster';
import type { ClusterNode } from '../cluster/topology';
import type { DatabaseKind } from '../database/database-kind';
import { databaseKindNames, databaseKinds } from '../database/kinds';
import type { SqlDialect } from '../database/sql-dialect';
import { sqlProblems } from '../database/sql-script';
import { CarbonPatchError } from '../errors';
import { nodesNamed } from '../plan/select-nodes';
import { noClusterFile, type FoundCluster } from './cluster-source';

/** What the options of `sql` say. */
export interface SqlArguments {
  readonly node?: readonly string[] | undefined;
  readonly 'client-hosts'?: string | undefined;
  readonly 'show-secrets'?: boolean | undefined;
}

/** What a script is made of, as soon as the homes are read. */
export interface SqlOfCluster {
  readonly dialect: SqlDialect;
  readonly kind: string;
  /**
   * The databases of the nodes that are meant; the homes of the others only lend their table scripts. Throws
   * TOPOLOGY_INVALID with everything that cannot stand in a script, and NODE_CHOICE_UNCLEAR where the nodes need nothing.
   */
  choose(homes: readonly CheckedNode[]): ClusterSql;
}

/**
 * How a script for a cluster is made. Throws NODE_CHOICE_UNCLEAR without a cluster file and for names that are no nodes, and
 * TOPOLOGY_INVALID with every wrong option, also for a product that there are no scripts for.
 */
export function sqlOfCluster(cluster: FoundCluster | undefined, args: SqlArguments): SqlOfCluster {
  if (cluster === undefined) throw noClusterFile();
  const { topology } = cluster;
  const { kind: kindName } = topology.database;
  const kind: DatabaseKind = databaseKinds[kindName];
  const clientHosts = (['any', 'nodes'] as const).find((name) => name === (args['client-hosts'] ?? 'any'));
  const [name, ...others] = args.node ?? [];
  const meant = name === undefined ? topology.nodes : nodesNamed(topology, [name, ...others]);
  if (kind.sql === undefined || clientHosts === undefined) {
    const problems = [
      ...(clientHosts === undefined
        ? [`client-hosts: ${JSON.stringify(args['client-hosts'])} is none; it must be any or nodes`]
        : []),
      ...(kind.sql === undefined ? [noDialect(kind)] : []),
    ];
    throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
  }
  const dialect = kind.sql;
  const options = { showSecrets: args['show-secrets'] ?? false, clientHosts };
  return {
    dialect,
    kind: kindName,
    choose: (homes) => {
      const found = clusterSql(topology, withFacts(meant, homes), withFacts(topology.nodes, homes), dialect, options);
      if (found.databases.length === 0) {
        const problem = `${meant.map((node) => node.name).join(', ')}: needs no database on the server`;
        throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice: 'name a manager or a worker' });
      }
      const problems = sqlProblems(dialect, found.request);
      if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
      return found;
    },
  };
}

function withFacts(nodes: readonly ClusterNode[], homes: readonly CheckedNode[]): readonly NodeWithFacts[] {
  return nodes.map((node) => ({ node, facts: homes.find(({ name }) => name === node.name)?.facts }));
}

function noDialect({ label }: DatabaseKind): string {
  const kinds: readonly DatabaseKind[] = databaseKindNames.map((name) => databaseKinds[name]);
  const known = [...new Set(kinds.filter(({ sql }) => sql !== undefined).map((one) => one.label))];
  return `database.kind: there are no scripts for ${label}, only for ${known.join(', ')}; make the databases by hand`;
}
