import type { HomeFacts } from '../../carbon/facts/home-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { isEmbeddedUrl } from '../../database/database-kind';
import { shownUrl } from '../../database/jdbc-url';
import { sharingNodes } from '../app-nodes';
import { clusterGroups } from '../cluster-groups';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import { productOfNode } from '../product-of-node';
import type { Finding, Rule } from '../rule';
import { mountedRegistryOf, otherDatabasesOf, userDatabaseOf, type UsedDatabase } from '../used-databases';

/** What nodes share is not in a database that lives inside one of them. */
export const sharedDataNotEmbedded: Rule = {
  title:
    'With two nodes or more, users, the shared registry and what else they share are not in an embedded database or directory.',
  why: 'An embedded database is seen by its own node only, so that a user or a resource that is made on one node is missing on the others.',
  severities: ['warning'],
  evaluate: (cluster) => {
    const groups = clusterGroups(cluster).filter((group) => sharingNodes(cluster, group) > 1);
    const embedded = groups.flatMap((group) => group.flatMap(embeddedOf));
    return [...groupBy(embedded, ({ what, shown }) => `${what} ${shown}`).values()].map((group) =>
      findingOf(cluster, group),
    );
  },
};

interface Embedded {
  readonly node: CheckedNode;
  /** What is kept there, as a plural. */
  readonly what: string;
  readonly shown: string;
  readonly place: Sourced<unknown>;
  readonly isWritten: boolean;
}

function embeddedOf(node: CheckedNode): readonly Embedded[] {
  const { facts } = node;
  const kept: readonly (readonly [string, UsedDatabase | undefined])[] = [
    ['the users', userDatabaseOf(facts)],
    ...registries(facts),
    ...productDatabases(node),
  ];
  const databases = kept.flatMap(([what, database]): readonly Embedded[] => {
    const { url } = database ?? {};
    if (url === undefined || !isEmbeddedUrl(url.value)) return [];
    const isWritten = !what.startsWith('the data');
    return [{ node, what, shown: `an embedded database (${shownUrl(url.value)})`, place: url, isWritten }];
  });
  return [...databases, ...directories(node)];
}

/** One where both mounts lead to the same place, as they mostly do. */
function registries(facts: HomeFacts): readonly (readonly [string, UsedDatabase | undefined])[] {
  const config = mountedRegistryOf(facts, '/_system/config');
  const governance = mountedRegistryOf(facts, '/_system/governance');
  if (config?.use === governance?.use) return [['the mounted resources', config]];
  return [
    ['the resources of /_system/config', config],
    ['the resources of /_system/governance', governance],
  ];
}

/** Other products have these files too, but do not need them shared. */
function productDatabases(node: CheckedNode): readonly (readonly [string, UsedDatabase])[] {
  const { label } = productOfNode(node);
  const files: Readonly<Record<string, RegExp>> = {
    'API Manager': /\/(?:api-manager|identity)\.xml$/,
    'App Manager': /\/(?:app-manager|identity)\.xml$/,
    'Identity Server': /\/identity\.xml$/,
  };
  const file = files[label];
  if (file === undefined) return [];
  const used = otherDatabasesOf(node.facts).filter(({ use }) => file.test(use.path));
  const distinct = used.filter(({ url }, index) => used.findIndex((one) => one.url?.value === url?.value) === index);
  return distinct.map((database) => [`the data of ${label}`, database]);
}

function directories(node: CheckedNode): readonly Embedded[] {
  const stores = (node.facts.userMgt?.userStores ?? []).filter(({ value }) => value.isEmbedded);
  return stores.map((place) => ({
    node,
    what: 'the user store',
    shown: 'the LDAP server that is embedded in each node',
    place,
    isWritten: false,
  }));
}

function findingOf(cluster: CheckedCluster, group: readonly [Embedded, ...Embedded[]]): Finding {
  const [{ what, shown, place, isWritten }] = group;
  const nodes = group.map(({ node }) => node);
  const isStore = what === 'the user store';
  return {
    severity: 'warning',
    nodes,
    place: placeOf(place),
    what: `${what} on ${nameNodes(nodes)} ${isStore ? 'is' : 'are'} in ${shown}, which the other nodes do not see`,
    fix: isStore
      ? 'use one directory or database of users for all nodes'
      : 'point the datasource at a database on a server, the same for all nodes',
    ...(isWritten ? applyCommand(cluster) : {}),
  };
}
