import type { DatabaseLayout } from '../../cluster/topology';
import type { DescribedDatasource } from './described-databases';
import { majority } from './majority';
import type { NamedHome } from './named-home';

/** The databases of local registries. */
export interface DescribedLocalNames {
  /** `database.names.local`, or `undefined` where the layout has no local registries. */
  readonly pattern: string | false | undefined;
  /** By the name of a node; `false` where its local registry is left as it is. */
  readonly databases: ReadonlyMap<string, string | false>;
}

/**
 * The local registry of each node, with the pattern that fits most of them. One that is embedded, on another server, of
 * another user or shared with another node cannot be stated, and is left as it is. `apps` are in start order.
 */
export function describeLocalNames(
  apps: readonly NamedHome[],
  layout: DatabaseLayout,
  onServer: readonly DescribedDatasource[],
): DescribedLocalNames {
  if (layout === 'single') return { pattern: undefined, databases: new Map() };
  const local = onServer.filter(({ purpose }) => purpose === 'local');
  const usual = majority(local.map(({ username, password }) => ({ username, password })));
  const taken = new Set<string>();
  const databases = new Map<string, string | false>();
  for (const { name } of apps) {
    const found = local.find(({ home }) => home.name === name);
    const database = found?.database;
    const isOfUser = found?.username === usual?.username && found?.password === usual?.password;
    const isStated = database !== undefined && isOfUser && isPlainName(database) && !taken.has(database);
    databases.set(name, isStated ? database : false);
    if (database !== undefined) taken.add(database);
  }
  return { pattern: patternOf([...databases]), databases };
}

function isPlainName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.:-]*$/u.test(name);
}

/** The default first, so that it stays where it fits as many as another. */
function patternOf(databases: readonly (readonly [node: string, database: string | false])[]): string | false {
  const candidates = databases.flatMap(([node, database], index): readonly (string | false)[] =>
    database === false
      ? [false]
      : [
          database.replace(new RegExp(`${index + 1}(?!.*\\d)`), '{number}'),
          database.replaceAll(node, () => '{node}'),
        ].filter((pattern) => pattern !== database),
  );
  const fits = (pattern: string | false): number =>
    databases.filter(([node, database], index) => database === filled(pattern, node, index + 1)).length;
  return ['REGISTRY_LOCAL{number}', ...candidates].reduce<string | false>(
    (best, pattern) => (fits(pattern) > fits(best) ? pattern : best),
    'REGISTRY_LOCAL{number}',
  );
}

function filled(pattern: string | false, node: string, number: number): string | false {
  if (pattern === false) return false;
  return pattern.replaceAll('{number}', String(number)).replaceAll('{node}', node);
}
