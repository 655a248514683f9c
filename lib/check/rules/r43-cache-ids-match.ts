import type { Sourced } from '../../carbon/facts/sourced';
import { shownUrl } from '../../database/jdbc-url';
import { clusterGroups } from '../cluster-groups';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { disagreement, type Claim } from '../disagreement';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';
import { settingOf } from '../../carbon/facts/datasource-facts';
import { datasourceOf } from '../used-databases';

/** Nodes know the cache of the shared registry by the same name. */
export const cacheIdsMatch: Rule = {
  title:
    'The cacheId of the shared registry is the username and the URL of its datasource, `user@jdbc:…`, the same on all nodes.',
  why: 'Nodes whose cache has another name do not learn of changes, and go on with stale values.',
  severities: ['error', 'warning'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((nodes) => {
      const instances = nodes.flatMap(instancesOf);
      const right = new Set(instances.filter(isRight).map(({ expected }) => expected));
      // Where the others agree with it, the URL of the datasource is wrong, which R31 tells.
      const doubtful = instances.filter((instance) => !(right.has(instance.cacheId?.value) && hasOtherUrl(instance)));
      const faults = doubtful.flatMap((instance) => faultOf(instance) ?? []);
      const unknown = instances.filter(({ expected, hasDbConfig }) => hasDbConfig && expected === undefined);
      return [
        ...[...groupBy(faults, ({ severity, what }) => `${severity} ${what}`).values()].map((group) =>
          findingOf(cluster, group),
        ),
        ...(unknown.length === 0 ? [] : differing(cluster, instances, faults)),
      ];
    }),
};

interface Instance {
  readonly node: CheckedNode;
  readonly id: string;
  readonly place: Sourced<unknown>;
  readonly cacheId: Sourced<string> | undefined;
  readonly hasDbConfig: boolean;
  readonly isCached: boolean;
  /** `undefined` where the user or the URL is not known, such as one in the secure vault. */
  readonly expected: string | undefined;
}

interface Fault {
  readonly node: CheckedNode;
  readonly severity: 'error' | 'warning';
  readonly place: Sourced<unknown>;
  readonly what: string;
}

/** Those that a mount uses. */
function instancesOf(node: CheckedNode): readonly Instance[] {
  const { registry } = node.facts;
  const used = new Set((registry?.mounts ?? []).map(({ value }) => value.instanceId?.value.trim()));
  return (registry?.remoteInstances ?? []).flatMap((instance): readonly Instance[] => {
    const { children } = instance.value;
    const id = children.get('id')?.value.trim();
    if (id === undefined || !used.has(id)) return [];
    const dbConfig = children.get('dbConfig');
    // One of the local registry, and a second of the same id, are for R39 to tell.
    const isLocal = dbConfig !== undefined && dbConfig.value.trim() === registry?.currentDbConfig?.value.trim();
    const isSecond =
      registry?.remoteInstances.find((one) => one.value.children.get('id')?.value.trim() === id) !== instance;
    if (isLocal || isSecond) return [];
    return [
      {
        node,
        id,
        place: instance,
        cacheId: children.get('cacheId'),
        hasDbConfig: dbConfig !== undefined,
        isCached: children.get('enableCache')?.value === 'true',
        expected: dbConfig && expectedOf(node, dbConfig.value.trim()),
      },
    ];
  });
}

function expectedOf({ facts }: CheckedNode, dbConfig: string): string | undefined {
  const dataSource = facts.registry?.dbConfigs.find(({ value }) => value.name === dbConfig)?.value.dataSource;
  const datasource = dataSource && datasourceOf(facts, dataSource.value);
  const [username, url] = ['username', 'url'].map((name) => datasource && settingOf(datasource, name)?.value);
  if (!username || !url || /\$\{/.test(username + url)) return undefined;
  return `${username}@${url}`;
}

function isRight({ cacheId, expected }: Instance): boolean {
  return expected !== undefined && cacheId?.value === expected;
}

function hasOtherUrl({ cacheId, expected }: Instance): boolean {
  return expected !== undefined && urlIn(expected) !== urlIn(cacheId?.value ?? '');
}

function urlIn(cacheId: string): string {
  return cacheId.slice(cacheId.indexOf('@jdbc:') + 1);
}

function faultOf({ node, id, place, cacheId, hasDbConfig, isCached, expected }: Instance): Fault | undefined {
  const value = cacheId?.value.trim() ?? '';
  if (!hasDbConfig) {
    if (value !== '' || !isCached) return undefined;
    const what = `the remote instance ${id} has neither a dbConfig nor a cacheId, so that its cache has no name that other nodes know`;
    return { node, severity: 'error', place, what };
  }
  if (value === '') {
    return { node, severity: 'warning', place, what: `the remote instance ${id} has no cacheId` };
  }
  if (expected === undefined || value === expected) return undefined;
  return { node, severity: 'warning', place: cacheId ?? place, what: mismatch(value, expected) };
}

/** Options can hold a password, so what stands behind the URL is never shown. */
function mismatch(value: string, expected: string): string {
  const [found, wanted] = [shownCacheId(value), shownCacheId(expected)];
  return found === wanted
    ? `the cacheId ${found} has other options behind the URL than the datasource, or has them in another order`
    : `the cacheId is ${found}, but the datasource says ${wanted}`;
}

function shownCacheId(cacheId: string): string {
  const at = cacheId.indexOf('@jdbc:');
  return at < 0 ? shownUrl(cacheId) : `${cacheId.slice(0, at)}@${shownUrl(cacheId.slice(at + 1))}`;
}

function findingOf(cluster: CheckedCluster, group: readonly [Fault, ...Fault[]]): Finding {
  const [{ severity, place, what }] = group;
  const nodes = group.map(({ node }) => node);
  return {
    severity,
    nodes,
    place: placeOf(place),
    what: `on ${nameNodes(nodes)} ${what}`,
    fix:
      severity === 'error'
        ? 'give it the dbConfig of the shared registry, or a cacheId that is the same on every node'
        : 'write as cacheId the username of the datasource, @, and its URL, letter for letter, the same on every node',
    ...applyCommand(cluster),
  };
}

/** Where nobody can tell what is right, they have at least to be the same. */
function differing(
  cluster: CheckedCluster,
  instances: readonly Instance[],
  faults: readonly Fault[],
): readonly Finding[] {
  const claims = instances
    .filter(({ node }) => !faults.some((fault) => fault.node === node))
    .flatMap(({ node, cacheId }): readonly Claim[] =>
      cacheId === undefined
        ? []
        : [{ node, key: cacheId.value.trim(), shown: shownCacheId(cacheId.value.trim()), place: placeOf(cacheId) }],
    );
  const different = disagreement(claims, undefined);
  if (different === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: different.odd.map(({ node }) => node),
      place: different.odd[0].place,
      what: `the cacheId ${different.what}`,
      fix: 'write the same cacheId on every node',
      ...applyCommand(cluster),
    },
  ];
}
