import type { HomeFacts } from '../../carbon/facts/home-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { groupBy } from '../group-by';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';
import { remoteInstanceOf } from '../used-databases';

/** Every JNDI name that is looked up is defined once, in a file that Carbon reads. */
export const datasourcesDefined: Rule = {
  title:
    'Every JNDI name that registry.xml, user-mgt.xml and other files look up is defined by one datasource of a `*-datasources.xml`.',
  why: 'The server only logs "Unable to look-up JNDI name" and fails later, with errors that do not name the datasource.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => [
    ...undefinedNames(cluster),
    ...paddedNames(cluster),
    ...definedTwice(cluster),
    ...strayFiles(cluster),
  ],
};

interface Lookup {
  readonly node: CheckedNode;
  readonly use: Sourced<string>;
  readonly jndiName: string;
}

function undefinedNames(cluster: CheckedCluster): readonly Finding[] {
  const lookups = cluster.nodes.filter(knowsDatasources).flatMap(missingLookups);
  return [...groupBy(lookups, ({ jndiName, use }) => `${fileName(use.path)} ${jndiName}`).values()].map((group) => {
    const [{ node, use, jndiName }] = group;
    const defined = node.facts.datasources.map((one) => one.jndiName.value).filter((name) => name !== '');
    const known = defined.length === 0 ? 'they define none' : `they define ${listWords(defined, 'more')}`;
    return {
      severity: 'error',
      nodes: nodesOf(group),
      place: placeOf(use),
      what: `${fileName(use.path)} of ${nameNodes(nodesOf(group))} looks up ${jndiName}, which no datasource file there defines (${known})`,
      fix: `give a datasource of conf/datasources the JNDI name ${jndiName}, or look up one that is defined`,
      ...(isWritten(use) ? applyCommand(cluster) : {}),
    };
  });
}

/** Without a datasource file, or with one that could not be read, nobody knows what is defined. */
function knowsDatasources({ facts }: CheckedNode): boolean {
  const isUnreadable = facts.unreadable.some(({ path }) => path.endsWith('-datasources.xml'));
  return facts.datasourceFiles.length > 0 && !isUnreadable;
}

function missingLookups(node: CheckedNode): readonly Lookup[] {
  const { facts } = node;
  const defined = new Set(facts.datasources.map(({ jndiName }) => jndiName.value));
  const missing = lookupsOf(facts).map((use) => ({ node, use, jndiName: use.value.trim() }));
  return missing
    .filter(({ jndiName }) => jndiName !== '' && !jndiName.includes('${') && !defined.has(jndiName))
    .filter(({ jndiName }, index, all) => all.findIndex((one) => one.jndiName === jndiName) === index);
}

/** Of registry.xml only what a mount or `currentDBConfig` leads to; the other connections are never opened. */
function lookupsOf(facts: HomeFacts): readonly Sourced<string>[] {
  const { registry, userMgt, otherDatasourceUses } = facts;
  const instances = (registry?.mounts ?? []).map(({ value }) => remoteInstanceOf(facts, value));
  const used = [
    registry?.currentDbConfig?.value,
    ...instances.map((instance) => instance?.value.children.get('dbConfig')?.value),
  ].map((name) => name?.trim());
  const ofRegistry = (registry?.dbConfigs ?? []).filter(({ value }) => used.includes(value.name));
  return [...ofRegistry.map(({ value }) => value.dataSource), userMgt?.dataSource, ...otherDatasourceUses].filter(
    (use) => use !== undefined,
  );
}

/** The files that `apply` writes. */
function isWritten({ path }: Sourced<unknown>): boolean {
  return /\/(?:registry|user-mgt)\.xml$/.test(path);
}

function paddedNames(cluster: CheckedCluster): readonly Finding[] {
  return cluster.nodes.flatMap((node) =>
    node.facts.datasources
      .filter(({ hasPaddedJndiName }) => hasPaddedJndiName)
      .map(({ jndiName }): Finding => ({
        severity: 'error',
        nodes: [node],
        place: placeOf(jndiName),
        what: `the JNDI name ${jndiName.value} of ${node.name} stands between blanks or line ends, which become part of it, so that nobody who looks it up finds it`,
        fix: `write <name>${jndiName.value}</name> without anything around the name`,
        ...applyCommand(cluster),
      })),
  );
}

function definedTwice(cluster: CheckedCluster): readonly Finding[] {
  return cluster.nodes.flatMap((node) => {
    const named = node.facts.datasources.filter(({ jndiName }) => jndiName.value !== '');
    const groups = [...groupBy(named, ({ jndiName }) => jndiName.value).entries()];
    return groups
      .filter(([, group]) => group.length > 1)
      .map(([jndiName, group]): Finding => {
        const places = group.map(({ name }) => `${name.value} (${fileName(name.path)}:${name.line})`);
        return {
          severity: 'error',
          nodes: [node],
          place: placeOf((group[1] ?? group[0]).jndiName),
          what: `${node.name} defines the JNDI name ${jndiName} ${group.length} times: in ${listWords(places, 'more')}`,
          fix: 'keep the datasource that is meant and remove the others, or give them JNDI names of their own',
        };
      });
  });
}

function strayFiles(cluster: CheckedCluster): readonly Finding[] {
  const strays = cluster.nodes.flatMap((node) => node.facts.strayDatasourceFiles.map((name) => ({ node, name })));
  return [...groupBy(strays, ({ name }) => name).values()].map((group) => {
    const [{ node, name }] = group;
    return {
      severity: 'warning',
      nodes: nodesOf(group),
      place: { path: `${node.facts.home.confFolder}/datasources/${name}`, line: undefined },
      what: `${name} of ${nameNodes(nodesOf(group))} is never read: Carbon reads master-datasources.xml and files whose names end in -datasources.xml`,
      fix: 'move its datasources into master-datasources.xml, or move the file out of conf/datasources',
    };
  });
}

function nodesOf(items: readonly { readonly node: CheckedNode }[]): readonly CheckedNode[] {
  return items.map(({ node }) => node);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
