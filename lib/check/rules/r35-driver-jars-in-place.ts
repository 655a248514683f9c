import type { HomeFacts } from '../../carbon/facts/home-facts';
import { isEmbeddedUrl, type DatabaseKind } from '../../database/database-kind';
import { databaseKindNames, databaseKindOfUrl, databaseKinds, type DatabaseKindName } from '../../database/kinds';
import { groupBy } from '../group-by';
import { listWords, nameNodes } from '../name-nodes';
import type { CheckedNode } from '../checked-cluster';
import type { Finding, Rule } from '../rule';
import { settingOf } from '../used-databases';

/** Each database driver that a datasource needs is there, once, where the server loads it from. */
export const driverJarsInPlace: Rule = {
  title:
    'The jar of every database driver that a datasource needs is in `repository/components/lib` (EI 6: `lib`), in one version.',
  why: 'Without it the node fails with ClassNotFoundException; of two versions nobody knows which one is loaded.',
  severities: ['error', 'warning'],
  evaluate: ({ nodes }) => {
    const faults = nodes.flatMap((node) => neededKinds(node.facts).flatMap((kind) => faultsOf(node, kind)));
    return [...groupBy(faults, ({ kind, severity, what }) => `${kind} ${severity} ${what}`).values()].map(findingOf);
  },
};

interface Fault {
  readonly node: CheckedNode;
  readonly kind: DatabaseKindName;
  readonly severity: 'error' | 'warning';
  readonly what: string;
  readonly fix: string;
}

/** The driver class decides, as one driver can take the URLs of another product. H2 comes with every home. */
function neededKinds({ datasources }: HomeFacts): readonly DatabaseKindName[] {
  const kinds = datasources
    .filter(({ type }) => type === '' || type === 'RDBMS')
    .flatMap((datasource) => {
      const url = settingOf(datasource, 'url')?.value ?? '';
      const ofDriver = kindOfDriver(settingOf(datasource, 'driverClassName')?.value);
      const kind = ofDriver ?? databaseKindOfUrl(url);
      return kind === undefined || kind === 'h2' || isEmbeddedUrl(url) ? [] : [kind];
    });
  return [...new Set(kinds)];
}

function kindOfDriver(className: string | undefined): DatabaseKindName | undefined {
  return databaseKindNames.find((name) => {
    const { driverClassName, otherDriverClassNames = [] }: DatabaseKind = databaseKinds[name];
    return className !== undefined && [driverClassName, ...otherDriverClassNames].includes(className);
  });
}

/** A home whose folder for drivers is missing is only a copy of its configuration, and says nothing. */
function faultsOf(node: CheckedNode, kind: DatabaseKindName): readonly Fault[] {
  const { jars, home } = node.facts;
  const folder = home.confFolder === 'conf' ? 'lib' : 'repository/components/lib';
  const names = jars.get(folder);
  if (names === undefined) return [];
  const { label, driverJar } = databaseKinds[kind];
  const found = names.filter((name) => driverJar.test(name));
  if (found.length > 1) {
    return [
      {
        node,
        kind,
        severity: 'warning',
        what: `${found.length} jars in ${folder} hold the driver of ${label}: ${listWords(found, 'more')}`,
        fix: 'keep the one that fits the database server, and remove the others',
      },
    ];
  }
  if (found.length === 1 || isLoadedElsewhere(node.facts, driverJar)) return [];
  return [missingJar(node, kind, folder)];
}

/** Classes of these folders are on the path of the server too; in dropins those of bundles, which other jars are not. */
function isLoadedElsewhere({ jars }: HomeFacts, driverJar: RegExp): boolean {
  const folders = ['repository/components/extensions', 'repository/components/plugins', 'wso2/components/plugins'];
  const namesIn = (folder: string): readonly string[] => jars.get(folder) ?? [];
  return (
    folders.flatMap(namesIn).some((name) => driverJar.test(name) || isBundle(name, driverJar)) ||
    ['repository/components/dropins', 'dropins'].flatMap(namesIn).some((name) => isBundle(name, driverJar))
  );
}

/** The server makes the bundle `x_1.2_1.0.0.jar` of a jar `x-1.2.jar`. */
function isBundle(name: string, driverJar: RegExp): boolean {
  return !driverJar.test(name) && driverJar.test(name.replaceAll('_', '-'));
}

function missingJar(node: CheckedNode, kind: DatabaseKindName, folder: string): Fault {
  const { label, driverJar } = databaseKinds[kind];
  const misplaced = [...node.facts.jars].flatMap(([other, names]) =>
    other === folder ? [] : names.filter((name) => driverJar.test(name)).map((name) => `${other}/${name}`),
  );
  const [first] = misplaced;
  return {
    node,
    kind,
    severity: 'error',
    what: `there is no jar of the ${label} driver in ${folder}${first === undefined ? '' : `, but ${first}, where it is not loaded from`}`,
    fix: `${first === undefined ? 'copy' : 'move'} the jar of the driver into ${folder}`,
  };
}

function findingOf(group: readonly [Fault, ...Fault[]]): Finding {
  const [{ severity, what, fix }] = group;
  const nodes = group.map(({ node }) => node);
  return { severity, nodes, place: undefined, what: `on ${nameNodes(nodes)} ${what}`, fix };
}
