import { repositoryNames } from '../../carbon/synchronizer-names';
import { roleOf } from '../../cluster/roles';
import type { DeploymentSynchronizer } from '../../cluster/topology';
import { appNodes } from '../app-nodes';
import { clusterGroups } from '../cluster-groups';
import { applyCommand } from '../apply-command';
import type { CheckedCluster } from '../checked-cluster';
import {
  deploymentSynchronizerOf,
  isManager,
  nodesOf,
  withoutUser,
  type Synchronizer,
} from '../deployment-synchronizers';
import { disagreement, type Claim } from '../disagreement';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** One manager commits what is deployed, all other nodes check it out from the same place. */
export const deploymentSynchronized: Rule = {
  title:
    'Where a deployment synchronizer is enabled, one manager commits, workers only check out, and all use the same repository.',
  why: 'Workers that commit cause conflicts, and nodes with another repository, or outside the cluster, never see what was deployed.',
  severities: ['error', 'warning'],
  evaluate: (cluster) => [
    ...clusterGroups(cluster).flatMap((nodes) => {
      const synchronizers = nodes.flatMap(deploymentSynchronizerOf);
      const enabled = synchronizers.filter(({ isEnabled }) => isEnabled);
      if (enabled.length === 0) return [];
      return [
        ...committingWorkers(cluster, enabled),
        ...managersCommitting(cluster, enabled),
        ...differing(cluster, enabled),
        ...partlyEnabled(cluster, synchronizers),
        ...placeholderUrls(enabled),
        ...missingJars(enabled),
      ];
    }),
    ...outsideCluster(appNodes(cluster).flatMap(deploymentSynchronizerOf)),
  ],
};

function committingWorkers(cluster: CheckedCluster, enabled: readonly Synchronizer[]): readonly Finding[] {
  const committing = enabled.filter((one) => one.commits && !isManager(one));
  const [first] = committing;
  if (first === undefined) return [];
  const nodes = nodesOf(committing);
  return [
    {
      severity: 'error',
      nodes,
      place: placeOf(first.settings.get('AutoCommit') ?? first.place),
      what: `${nameNodes(nodes)} ${nodes.length === 1 ? 'is a worker' : 'are workers'}, but the deployment synchronizer there commits: AutoCommit is true`,
      fix: 'set AutoCommit to false on every worker; only the manager commits',
      ...commandOf(cluster),
    },
  ];
}

function managersCommitting(cluster: CheckedCluster, enabled: readonly Synchronizer[]): readonly Finding[] {
  const managers = enabled.filter(isManager);
  const committing = managers.filter(({ commits }) => commits);
  const [first] = managers;
  if (first === undefined) return [];
  const named = nameNodes(nodesOf(managers));
  if (committing.length === 0 && hasAllManagers(cluster, managers)) {
    return [
      {
        severity: 'warning',
        nodes: nodesOf(managers),
        place: placeOf(first.settings.get('AutoCommit') ?? first.place),
        what: `no manager commits what is deployed: AutoCommit of the deployment synchronizer is not true on ${named}`,
        fix: 'set AutoCommit to true on the manager',
        ...commandOf(cluster),
      },
    ];
  }
  const [, second] = committing;
  if (second === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: [second, ...committing.filter((one) => one !== second)].map(({ node }) => node),
      place: placeOf(second.settings.get('AutoCommit') ?? second.place),
      what: `several nodes commit what is deployed, which makes conflicts: AutoCommit is true on ${nameNodes(nodesOf(committing))}`,
      fix: 'leave AutoCommit true on one manager, and set it to false on the others',
      ...commandOf(cluster),
    },
  ];
}

/** A manager whose home is not checked may be the one that commits. */
function hasAllManagers({ topology }: CheckedCluster, managers: readonly Synchronizer[]): boolean {
  const planned = topology?.nodes.filter(({ role }) => roleOf(role).writesRegistry) ?? [];
  return planned.length <= managers.length;
}

/** The value of a missing one is Carbon's default. */
const agreeing: readonly (readonly [name: string, preset: string])[] = [
  ['RepositoryType', 'registry'],
  ['SvnUrl', 'missing'],
  ['SvnUrlAppendTenantId', 'true'],
  ['GitBaseUrl', 'missing'],
];

function differing(cluster: CheckedCluster, enabled: readonly Synchronizer[]): readonly Finding[] {
  const planned = cluster.topology?.deploymentSynchronizer;
  const wanted = planned && wantedSettings(planned);
  return agreeing.flatMap(([name, preset]) => {
    const claims = enabled
      .filter(({ settings }) => name === 'RepositoryType' || isReadBy(name, settings.get('RepositoryType')?.value))
      .map(({ node, settings, place }): Claim => {
        const value = settings.get(name)?.value ?? preset;
        return { node, key: value, shown: withoutUser(value), place: placeOf(settings.get(name) ?? place) };
      });
    const right = wanted?.get(name);
    const different = disagreement(
      claims,
      right === undefined ? undefined : { shown: withoutUser(right), keyFor: () => right },
    );
    if (different === undefined) return [];
    return [
      {
        severity: 'error' as const,
        nodes: different.odd.map(({ node }) => node),
        place: different.odd[0].place,
        what: `${name} of the deployment synchronizer ${different.what}`,
        fix: `write the same ${name} on every node`,
        ...commandOf(cluster),
      },
    ];
  });
}

/** The settings of one kind of repository are never read for another. */
function isReadBy(name: string, repositoryType: string | undefined): boolean {
  if (repositoryType !== 'svn' && repositoryType !== 'git') return false;
  const { url, appendTenantId } = repositoryNames(repositoryType);
  return name === url || name === appendTenantId;
}

function wantedSettings(planned: DeploymentSynchronizer): ReadonlyMap<string, string> {
  const { url, appendTenantId } = repositoryNames(planned.repositoryType);
  return new Map([
    ['RepositoryType', planned.repositoryType],
    [url, planned.svnUrl],
    ...(appendTenantId === undefined ? [] : [[appendTenantId, String(planned.svnUrlAppendTenantId)] as const]),
  ]);
}

function partlyEnabled(cluster: CheckedCluster, synchronizers: readonly Synchronizer[]): readonly Finding[] {
  const without = synchronizers.filter(({ isEnabled }) => !isEnabled);
  const [first] = without;
  if (first === undefined) return [];
  const nodes = nodesOf(without);
  const others = nodesOf(synchronizers.filter(({ isEnabled }) => isEnabled));
  return [
    {
      severity: 'warning',
      nodes,
      place: placeOf(first.settings.get('Enabled') ?? first.place),
      what: `the deployment synchronizer is enabled on ${nameNodes(others)}, but not on ${nameNodes(nodes)}`,
      fix: 'enable it on every node, or on none',
      ...commandOf(cluster),
    },
  ];
}

function placeholderUrls(enabled: readonly Synchronizer[]): readonly Finding[] {
  const shipped = enabled.filter(
    ({ settings }) =>
      settings.get('RepositoryType')?.value !== 'git' &&
      /^https?:\/\/svnrepo\.example\.com\//.test(settings.get('SvnUrl')?.value ?? ''),
  );
  const [first] = shipped;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: nodesOf(shipped),
      place: placeOf(first.settings.get('SvnUrl') ?? first.place),
      what: `SvnUrl of ${nameNodes(nodesOf(shipped))} is the sample that ships with the product, ${first.settings.get('SvnUrl')?.value}`,
      fix: 'write the URL of your repository',
    },
  ];
}

/** A home whose folder for bundles is missing is only a copy of its configuration, and says nothing. */
function missingJars(enabled: readonly Synchronizer[]): readonly Finding[] {
  const without = enabled.filter(({ node: { facts }, settings }) => {
    const folders = ['repository/components/dropins', 'dropins'].filter((folder) => facts.jars.has(folder));
    const jars = [...facts.jars.values()].flat();
    return settings.get('RepositoryType')?.value === 'svn' && folders.length > 0 && !jars.some(isSvnClient);
  });
  const [first] = without;
  if (first === undefined) return [];
  const folder = first.node.facts.jars.has('dropins') ? 'dropins' : 'repository/components/dropins';
  return [
    {
      severity: 'warning',
      nodes: nodesOf(without),
      place: placeOf(first.settings.get('RepositoryType') ?? first.place),
      what: `${nameNodes(nodesOf(without))} ${without.length === 1 ? 'has' : 'have'} no SVN client for the deployment synchronizer: there is neither an svnkit nor an svnClientBundle jar in ${folder}`,
      fix: `copy the SVN client that the documentation of the product names into ${folder}`,
    },
  ];
}

function isSvnClient(name: string): boolean {
  return /^(?:svnkit|svn-?client)/i.test(name);
}

function outsideCluster(synchronizers: readonly Synchronizer[]): readonly Finding[] {
  const alone = synchronizers.filter(
    ({ node, isEnabled }) => isEnabled && node.facts.axis2?.clustering?.enabled.value === false,
  );
  const [first] = alone;
  if (first === undefined) return [];
  return [
    {
      severity: 'error',
      nodes: nodesOf(alone),
      place: placeOf(first.settings.get('Enabled') ?? first.place),
      what: `the deployment synchronizer of ${nameNodes(nodesOf(alone))} is enabled, but clustering is not, and without it nobody learns of changes`,
      fix: 'enable clustering in axis2.xml, or switch the deployment synchronizer off',
    },
  ];
}

/** Without the synchronizer in the cluster file nothing about it is written. */
function commandOf(cluster: CheckedCluster): Pick<Finding, 'command'> {
  return cluster.topology?.deploymentSynchronizer === undefined ? {} : applyCommand(cluster);
}
