import type { SqlDialect } from '../database/sql-dialect';
import type { ClusterDatabase, NodeWithFacts } from './cluster-databases';

/** A script of a home that makes tables of one database. */
export interface FoundTableScript {
  /** The node whose home has it; `undefined` where no home that is seen has it. */
  readonly node: string | undefined;
  /** Where it is, or where the home of a node that is not seen has it; `undefined` where the home that is seen has none. */
  readonly path: string | undefined;
  /** What should be known of it; a sentence without a dot. */
  readonly remark: string | undefined;
}

/**
 * The scripts that make the tables of a database, one for each of its folders: of the home of a node that uses it, else of any
 * home that is seen, as the nodes of a cluster run one product; else where they should be, as the versions of the product have
 * them.
 */
export function tableScriptsOf(
  { nodes: users, scriptFolders }: ClusterDatabase,
  nodes: readonly NodeWithFacts[],
  dialect: SqlDialect,
): readonly FoundTableScript[] {
  const ofUsers = nodes.filter(({ node }) => users.includes(node.name));
  const inOrder = [...ofUsers, ...nodes.filter((one) => !ofUsers.includes(one))];
  return scriptFolders.map((folder) => {
    const names = dialect.tableScripts.map((name) => (folder === '' ? name : `${folder}/${name}`));
    return findIn(inOrder, users, names) ?? expectedIn(ofUsers, names);
  });
}

function findIn(
  nodes: readonly NodeWithFacts[],
  users: readonly string[],
  names: readonly string[],
): FoundTableScript | undefined {
  for (const { node, facts } of nodes) {
    const name = names.find((one) => facts?.databaseScripts.includes(one));
    if (facts === undefined || name === undefined) continue;
    const remark = users.includes(node.name) ? undefined : `It is that of ${node.name}, which has the same tables`;
    return { node: node.name, path: inHome(facts.home.path, name), remark };
  }
  return undefined;
}

/** A home that has scripts, but none for this product, has none; of any other nobody has looked. */
function expectedIn(nodes: readonly NodeWithFacts[], names: readonly string[]): FoundTableScript {
  const seen = nodes.find(({ facts }) => facts !== undefined && facts.databaseScripts.length > 0);
  const [first = ''] = names;
  if (seen !== undefined) {
    const remark = `The home of ${seen.node.name} has no ${names.join(' and no ')} in dbscripts; take it from the product as it was shipped`;
    return { node: seen.node.name, path: undefined, remark };
  }
  const [user] = nodes;
  const name = isBefore44(user?.facts?.home.carbonVersion) ? (names.at(-1) ?? first) : first;
  const others = names.filter((one) => one !== name);
  const where = 'No home on this machine has it; run it where the home is, or copy it';
  const remark = others.length === 0 ? where : `${where}; a release that does not have it has ${others.at(-1)}`;
  return { node: undefined, path: inHome(user?.node.home ?? '<HOME>', name), remark };
}

/** Products got scripts for MySQL 5.7 with Carbon 4.4. */
function isBefore44(carbonVersion: string | undefined): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(carbonVersion ?? '') ?? [];
  return major !== undefined && Number(major) * 100 + Number(minor) < 404;
}

function inHome(home: string, name: string): string {
  return `${home.replace(/\/+$/, '')}/dbscripts/${name}`;
}
