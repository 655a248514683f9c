import { appNodes } from '../app-nodes';
import { clusterGroups } from '../cluster-groups';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { databaseIdentity } from '../database-identity';
import { disagreement, type Claim } from '../disagreement';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import { productOfNode } from '../product-of-node';
import type { Finding, Rule } from '../rule';
import { mountedRegistryOf, mountOf } from '../used-databases';

/** Nodes of one product mount the same collections; two products do not share that of their configuration. */
export const mountsAgree: Rule = {
  title:
    'Nodes of one product mount /_system/config and /_system/governance from the same targetPath; two products have one for config each.',
  why: 'Nodes with other mounts have other resources; two products on one configuration overwrite each other.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => {
    if (cluster.topology?.database.layout === 'single') return [];
    const groups = clusterGroups(cluster).flatMap((nodes) => [
      ...groupBy(nodes.filter(hasRegistry), (node) => productOfNode(node).label).values(),
    ]);
    return [
      ...groups.flatMap((nodes) => [...missingMounts(cluster, nodes), ...otherTargets(cluster, nodes)]),
      ...sharedTargets(cluster),
    ];
  },
};

const mountPaths: readonly string[] = ['/_system/config', '/_system/governance'];

function hasRegistry({ facts }: CheckedNode): boolean {
  return facts.registry !== undefined;
}

/** Without a cluster file nobody knows whether anything should be mounted, unless another node of the product does. */
function missingMounts(cluster: CheckedCluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const missing = mountPaths.flatMap((path) => {
    const [mounting, without] = [true, false].map((wanted) =>
      nodes.filter(({ facts }) => (mountOf(facts, path) !== undefined) === wanted),
    );
    const isExpected = cluster.topology !== undefined || mounting?.length;
    return isExpected ? (without ?? []).map((node) => ({ node, path, mounting: mounting ?? [] })) : [];
  });
  const byNode = [...groupBy(missing, ({ node }) => node.name).values()].map((ofNode) => ({
    node: ofNode[0].node,
    paths: ofNode.map(({ path }) => path).join(' and '),
    mounting: nameNodes(ofNode[0].mounting),
  }));
  return [...groupBy(byNode, ({ paths, mounting }) => `${paths} ${mounting}`).values()].map((group) => {
    const [{ node, paths, mounting }] = group;
    const without = group.map((one) => one.node);
    return {
      severity: 'error',
      nodes: without,
      place: { path: node.facts.registry?.path ?? `${node.facts.home.confFolder}/registry.xml`, line: undefined },
      what: `${nameNodes(without)} ${without.length === 1 ? 'does' : 'do'} not mount ${paths} from the shared registry${mounting === '' ? ', which the cluster file asks for' : `, as ${mounting} ${nodes.length - without.length === 1 ? 'does' : 'do'}`}`,
      fix: `add ${paths.includes(' and ') ? 'mounts' : 'a mount'} of ${paths} to registry.xml`,
      ...applyCommand(cluster),
    };
  });
}

function otherTargets(cluster: CheckedCluster, nodes: readonly CheckedNode[]): readonly Finding[] {
  const { topology } = cluster;
  const stated = [topology?.registry.configTargetPath, topology?.registry.governanceTargetPath];
  return mountPaths.flatMap((path, index) => {
    const claims = nodes.flatMap((node): readonly Claim[] => {
      const targetPath = mountOf(node.facts, path)?.value.targetPath;
      const key = targetPath?.value.trim();
      return targetPath && key ? [{ node, key, shown: key, place: placeOf(targetPath) }] : [];
    });
    const wanted = stated[index];
    const different = disagreement(claims, wanted === undefined ? undefined : { shown: wanted, keyFor: () => wanted });
    if (different === undefined) return [];
    return [
      {
        severity: 'error',
        nodes: different.odd.map(({ node }) => node),
        place: different.odd[0].place,
        what: `the targetPath of ${path} ${different.what}`,
        fix: 'write the same targetPath on every node of the product',
        ...applyCommand(cluster),
      },
    ];
  });
}

function sharedTargets(cluster: CheckedCluster): readonly Finding[] {
  const [path = ''] = mountPaths;
  const mounts = appNodes(cluster).flatMap((node) => {
    const targetPath = mountOf(node.facts, path)?.value.targetPath;
    const database = mountedRegistryOf(node.facts, path);
    const identity =
      database?.url && databaseIdentity(database.url.value, { node, cluster, username: database.username });
    const target = targetPath?.value.trim();
    return targetPath && target && identity ? [{ node, targetPath, target, key: `${identity} ${target}` }] : [];
  });
  return [...groupBy(mounts, ({ key }) => key).values()].flatMap((group): readonly Finding[] => {
    const products = [...groupBy(group, ({ node }) => productOfNode(node).label).entries()];
    if (products.length < 2) return [];
    const [{ target }] = group;
    const [, other] = products;
    const named = products.map(([label, ofProduct]) => `${label} (${nameNodes(ofProduct.map(({ node }) => node))})`);
    return [
      {
        severity: 'warning',
        nodes: [...(other?.[1] ?? []), ...group.filter((one) => !other?.[1].includes(one))].map(({ node }) => node),
        place: placeOf((other?.[1][0] ?? group[0]).targetPath),
        what: `${named.join(' and ')} keep their configuration in one collection of the shared registry: ${path} is ${target} for both`,
        fix: 'give each product a targetPath of its own for /_system/config; the one for /_system/governance stays the same',
      },
    ];
  });
}
