import type { DatabaseLayout, DatabasePurpose } from '../../cluster/topology';
import { isEmbeddedUrl } from '../../database/database-kind';
import { databaseKindOfUrl, databaseKinds } from '../../database/kinds';
import type { DatasourceFacts } from '../facts/datasource-facts';
import { majority } from './majority';
import type { NamedHome } from './named-home';

/** A datasource of a home that belongs to the cluster. */
export interface DescribedDatasource {
  readonly home: NamedHome;
  readonly purpose: DatabasePurpose;
  readonly facts: DatasourceFacts;
  readonly url: string;
  /** The URL with `{database}` for the name of the database, or as it is where it has none that can be found. */
  readonly template: string;
  /** The name of the database, or `undefined` where the URL shows none. */
  readonly database: string | undefined;
  /** `undefined` where it is missing, or not readable because it is kept in the secure vault. */
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/**
 * How the homes keep what they share: most have a shared registry or users of their own, or else one database on a server.
 * `undefined` where all databases are embedded ones.
 */
export function layoutOf(apps: readonly NamedHome[]): DatabaseLayout | undefined {
  return majority(
    apps.map((home): DatabaseLayout | undefined => {
      const { registry, users, local } = home.situation.names;
      if ([registry, users].some(({ jndiName }) => datasourceOf(home, jndiName) !== undefined)) return 'shared';
      const url = datasourceOf(home, local.jndiName)?.settings.get('url')?.value ?? '';
      return databaseKindOfUrl(url) === undefined || isEmbeddedUrl(url) ? undefined : 'single';
    }),
  );
}

/** The datasources that a cluster of this layout sets and that are on a database server already. */
export function describedDatasources(
  apps: readonly NamedHome[],
  layout: DatabaseLayout,
): readonly DescribedDatasource[] {
  return apps.flatMap((home) =>
    purposesOf(home, layout).flatMap(({ purpose, jndiName }) => {
      const facts = datasourceOf(home, jndiName);
      const url = facts?.settings.get('url')?.value ?? '';
      if (facts === undefined || databaseKindOfUrl(url) === undefined || isEmbeddedUrl(url)) return [];
      const readable = (name: string): string | undefined =>
        facts.aliased.includes(name) ? undefined : facts.settings.get(name)?.value || undefined;
      return [
        { home, purpose, facts, url, ...splitUrl(url), username: readable('username'), password: readable('password') },
      ];
    }),
  );
}

/** The first datasource of a JNDI name, which is the one that the recipes set. */
function datasourceOf({ facts }: NamedHome, jndiName: string): DatasourceFacts | undefined {
  return facts.datasources.find((one) => one.jndiName.value === jndiName);
}

function purposesOf(
  { situation: { names, product } }: NamedHome,
  layout: DatabaseLayout,
): readonly { readonly purpose: DatabasePurpose; readonly jndiName: string }[] {
  if (layout === 'single') return [{ purpose: 'single', jndiName: names.local.jndiName }];
  return [
    { purpose: 'registry', jndiName: names.registry.jndiName },
    { purpose: 'users', jndiName: names.users.jndiName },
    { purpose: 'local', jndiName: names.local.jndiName },
    ...product.shared,
  ];
}

function splitUrl(url: string): Pick<DescribedDatasource, 'template' | 'database'> {
  const kind = databaseKindOfUrl(url);
  const [whole, before] = (kind && databaseKinds[kind].databaseInUrl.exec(url)) ?? [];
  if (whole === undefined || before === undefined) return { template: url, database: undefined };
  const database = whole.slice(before.length);
  return {
    template: `${before}{database}${url.slice(whole.length)}`,
    database: database === '' ? undefined : database,
  };
}
