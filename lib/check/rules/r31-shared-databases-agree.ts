import type { HomeFacts } from '../../carbon/facts/home-facts';
import { databaseUrl } from '../../cluster/database-url';
import type { ClusterTopology, DatabasePurpose } from '../../cluster/topology';
import { readJdbcUrl, shownUrl, type UrlOption } from '../../database/jdbc-url';
import { databaseKinds } from '../../database/kinds';
import type { DatabaseKind } from '../../database/database-kind';
import { clusterGroups } from '../cluster-groups';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { databaseIdentity } from '../database-identity';
import { disagreement, type Claim, type Wanted } from '../disagreement';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import { productOfNode } from '../product-of-node';
import type { Finding, Rule, Severity } from '../rule';
import {
  localRegistryOf,
  mountedRegistryOf,
  otherDatabasesOf,
  userDatabaseOf,
  type UsedDatabase,
} from '../used-databases';

/** All nodes use one database for what they share. */
export const sharedDatabasesAgree: Rule = {
  title: 'All nodes use the same database for the shared registry, for users and for what else their product shares.',
  why: 'Nodes on different databases have different users and resources; URLs that are spelled differently give each node a cache of its own, which shows stale values.',
  severities: ['error', 'warning', 'info'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((nodes) =>
      subjectsOf(cluster, nodes).flatMap((subject) => findingsOf(cluster, subject)),
    ),
};

/** One database that nodes share. */
interface Subject {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly wanted: Wanted | undefined;
  /** How bad it is where only the spelling differs. */
  readonly spelling: Severity;
}

interface Entry {
  readonly node: CheckedNode;
  readonly database: UsedDatabase;
  readonly url: string;
}

function subjectsOf(cluster: CheckedCluster, nodes: readonly CheckedNode[]): readonly Subject[] {
  const { topology } = cluster;
  const users: Subject = {
    name: 'the database of users',
    entries: entriesOf(nodes, userDatabaseOf),
    wanted: wantedOf(cluster, 'users'),
    spelling: 'info',
  };
  if (topology?.database.layout === 'single') {
    const entries = entriesOf(nodes, localRegistryOf);
    return [{ name: 'the one database', entries, wanted: wantedOf(cluster, 'single'), spelling: 'warning' }, users];
  }
  return [...registries(cluster, nodes), users, apiManager(cluster, nodes)];
}

/** One subject where both mounts lead to the same datasource everywhere, else one for each. */
function registries(cluster: CheckedCluster, nodes: readonly CheckedNode[]): readonly Subject[] {
  const wanted = wantedOf(cluster, 'registry');
  const [config, governance] = ['/_system/config', '/_system/governance'].map((path): Subject => {
    const entries = entriesOf(nodes, (facts) => sharedRegistryOf(facts, path));
    return { name: `the registry mounted at ${path}`, entries, wanted, spelling: 'warning' };
  });
  const places = (subject: Subject | undefined): string =>
    (subject?.entries ?? [])
      .map(({ node, database }) => `${node.name} ${database.url?.path} ${database.url?.line}`)
      .join('\n');
  if (config === undefined || governance === undefined) return [];
  if (places(config) === places(governance)) return [{ ...config, name: 'the shared registry' }];
  return [config, governance];
}

/** One that uses the dbConfig of the local registry is for R39 to tell. */
function sharedRegistryOf(facts: HomeFacts, path: string): UsedDatabase | undefined {
  const database = mountedRegistryOf(facts, path);
  return database?.use === localRegistryOf(facts)?.use ? undefined : database;
}

function apiManager(cluster: CheckedCluster, nodes: readonly CheckedNode[]): Subject {
  const databaseOf = (facts: HomeFacts): UsedDatabase | undefined =>
    otherDatabasesOf(facts).find(({ use }) => use.path.endsWith('/api-manager.xml'));
  const isStated = cluster.topology?.registry.apiManagerDatabase !== undefined;
  return {
    name: 'the database of API Manager',
    entries: entriesOf(nodes, databaseOf).filter(({ node }) => productOfNode(node).label === 'API Manager'),
    wanted: isStated ? wantedOf(cluster, 'apiManager') : undefined,
    spelling: 'info',
  };
}

function entriesOf(
  nodes: readonly CheckedNode[],
  databaseOf: (facts: HomeFacts) => UsedDatabase | undefined,
): readonly Entry[] {
  return nodes.flatMap((node) => {
    const database = databaseOf(node.facts);
    return database?.url === undefined ? [] : [{ node, database, url: database.url.value }];
  });
}

function wantedOf(cluster: CheckedCluster, purpose: DatabasePurpose): Wanted | undefined {
  const { topology } = cluster;
  const name = topology && databaseName(topology, purpose);
  if (topology === undefined || name === undefined) return undefined;
  const { database } = topology;
  const url = databaseUrl(database, name);
  const username = database.users[purpose]?.username ?? database.username;
  return {
    shown: shown(url, username),
    keyFor: (node) => databaseIdentity(url, { node, cluster, username }),
  };
}

function databaseName({ database, registry }: ClusterTopology, purpose: DatabasePurpose): string | undefined {
  if (database.layout === 'single' || purpose === 'single') return registry.singleDatabase;
  if (purpose === 'users') return registry.userDatabase;
  return purpose === 'registry' ? registry.database : registry.apiManagerDatabase;
}

function findingsOf(cluster: CheckedCluster, subject: Subject): readonly Finding[] {
  const claims = subject.entries.map(({ node, database, url }): Claim => {
    const { username } = database;
    return {
      node,
      key: databaseIdentity(url, { node, cluster, username }),
      shown: shown(url, username),
      place: placeOf(database.url ?? database.use),
    };
  });
  const different = disagreement(claims, subject.wanted);
  if (different === undefined) return spellingFindings(cluster, subject, claims);
  return [
    {
      severity: 'error',
      nodes: different.odd.map(({ node }) => node),
      place: different.odd[0].place,
      what: `${subject.name} ${different.what}`,
      fix: 'point them at one database; what a node wrote into the wrong one has to be moved by hand',
      ...applyCommand(cluster),
    },
  ];
}

/** The user is shown where it decides which tables are meant. */
function shown(url: string, username: string | undefined): string {
  const read = readJdbcUrl(url);
  const kind: DatabaseKind | undefined = read && databaseKinds[read.kind];
  return kind?.schemaFollowsUser && username !== undefined ? `${shownUrl(url)} as ${username}` : shownUrl(url);
}

function spellingFindings(cluster: CheckedCluster, subject: Subject, claims: readonly Claim[]): readonly Finding[] {
  const known = subject.entries.filter((_, index) => claims[index]?.key !== undefined);
  const spelled = known.map(({ node, database, url }): Claim => ({
    node,
    key: url,
    shown: shownUrl(url),
    place: placeOf(database.url ?? database.use),
  }));
  const different = disagreement(spelled, undefined);
  if (different === undefined) return [];
  const [odd] = different.odd;
  const right = spelled.filter((claim) => !different.odd.includes(claim));
  const difference = differenceOf(odd, right[0] ?? odd);
  return [
    {
      severity: subject.spelling,
      nodes: different.odd.map(({ node }) => node),
      place: odd.place,
      what: `the URL of ${subject.name} leads to the same database, but is spelled otherwise on ${nameNodes(different.odd.map(({ node }) => node))} than on ${nameNodes(right.map(({ node }) => node))}: ${difference}`,
      fix: 'write the same URL on every node, letter for letter',
      ...applyCommand(cluster),
    },
  ];
}

/** Options by their names only, as their values can be secrets. */
function differenceOf(odd: Claim, right: Claim): string {
  if (odd.shown !== right.shown) return `${odd.shown} against ${right.shown}`;
  const [ofOdd, ofRight] = [odd, right].map(({ key }) => readJdbcUrl(key ?? '')?.options ?? []);
  const names = [...(ofOdd ?? []), ...(ofRight ?? [])].map(({ name }) => name);
  const differing = [...new Set(names)].filter((name) => valuesOf(ofOdd, name) !== valuesOf(ofRight, name));
  return differing.length === 0
    ? 'the order of the options differs'
    : `its options differ in ${listWords(differing, 'more')}`;
}

function valuesOf(options: readonly UrlOption[] | undefined, wanted: string): string {
  return JSON.stringify((options ?? []).filter(({ name }) => name === wanted).map(({ value }) => value));
}
