import { driverFolderOf, driverPlaces, isMadeOf, neededDrivers, type NeededDriver } from '../../carbon/driver-jars';
import { databaseKinds } from '../../database/kinds';
import { groupBy } from '../group-by';
import { listWords, nameNodes } from '../name-nodes';
import type { CheckedNode } from '../checked-cluster';
import type { Finding, Rule } from '../rule';

/** Each database driver that a datasource needs is there, once, where the server loads it from. */
export const driverJarsInPlace: Rule = {
  title:
    'The jar of every database driver that a datasource needs is in `repository/components/lib` (EI 6: `lib`), in one version, and holds the class.',
  why: 'Without it the node fails with ClassNotFoundException; of two versions nobody knows which one is loaded.',
  severities: ['error', 'warning'],
  evaluate: ({ nodes }) => {
    const faults = nodes.flatMap((node) =>
      neededDrivers(node.facts.datasources).flatMap((needed) => faultsOf(node, needed)),
    );
    return [...groupBy(faults, ({ severity, what }) => `${severity} ${what}`).values()].map(findingOf);
  },
};

interface Fault {
  readonly node: CheckedNode;
  readonly severity: 'error' | 'warning';
  readonly what: string;
  readonly fix: string;
}

/** A home whose folder for drivers is missing is only a copy of its configuration, and says nothing. */
function faultsOf(node: CheckedNode, { kind, className, datasource }: NeededDriver): readonly Fault[] {
  const { jars, home, driverJars } = node.facts;
  const folder = driverFolderOf(home);
  if (!jars.has(folder)) return [];
  const { label, driverJar } = databaseKinds[kind];
  const { inPlace, loadedElsewhere, misplaced } = driverPlaces(home, jars, driverJar);
  const isRenamed = driverJars.some(({ classes }) => className !== undefined && classes.includes(className));
  const copies = [...inPlace.map((name) => `${folder}/${name}`), ...otherVersions(inPlace, loadedElsewhere)];
  if (copies.length > 1) {
    const what = `${copies.length} jars hold the driver of ${label}: ${listWords(copies, 'more')}`;
    const fix = 'keep the one that fits the database server, and remove the others';
    return [{ node, severity: 'warning', what, fix }];
  }
  const [only] = inPlace;
  if (only !== undefined && !isRenamed) return unfit(node, { folder, name: only, className, datasource });
  if (copies.length === 1 || loadedElsewhere.length > 0 || isRenamed) return [];
  return [missingJar(node, label, folder, misplaced)];
}

/** The server makes a bundle of each jar of its folder for drivers; one with another version is there beside it. */
function otherVersions(inPlace: readonly string[], loadedElsewhere: readonly string[]): readonly string[] {
  return inPlace.length === 0
    ? []
    : loadedElsewhere.filter((path) => !inPlace.some((name) => isMadeOf(path.split('/').at(-1) ?? '', name)));
}

interface UnfitJar {
  readonly folder: string;
  readonly name: string;
  readonly className: string | undefined;
  readonly datasource: string;
}

/** The one jar of the driver is of no use: it cannot be read as one, or the class that a datasource names is not in it. */
function unfit(node: CheckedNode, { folder, name, className, datasource }: UnfitJar): readonly Fault[] {
  const facts = node.facts.driverJars.find((jar) => jar.name === name);
  if (facts === undefined || className === undefined) return [];
  if (facts.problem !== undefined) {
    const what = `${folder}/${name} is of no use as a driver: ${facts.problem}`;
    return [{ node, severity: 'error', what, fix: 'copy the jar of the vendor anew' }];
  }
  const what = `${folder}/${name} does not hold ${className}, the driver class of datasource ${datasource}`;
  const fix =
    'write the class that the jar has as driverClassName, or copy the release of the driver that has this one';
  return [{ node, severity: 'error', what, fix }];
}

function missingJar(node: CheckedNode, label: string, folder: string, misplaced: readonly string[]): Fault {
  const [first] = misplaced;
  return {
    node,
    severity: 'error',
    what: `there is no jar of the ${label} driver in ${folder}${first === undefined ? '' : `, but ${first}, where it is not loaded from`}`,
    fix: `${first === undefined ? 'copy' : 'move'} the jar of the driver into ${folder}`,
  };
}

function findingOf(group: readonly [Fault, ...Fault[]]): Finding {
  const [{ severity, what, fix }] = group;
  // Two datasources of one node can need the same jar.
  const nodes = [...new Set(group.map(({ node }) => node))];
  return { severity, nodes, place: undefined, what: `on ${nameNodes(nodes)} ${what}`, fix };
}
