import { databaseUrl } from '../../cluster/database-url';
import type { DatabasePurpose, DatabaseUser } from '../../cluster/topology';
import { isEmbeddedUrl } from '../../database/database-kind';
import { situationOf, type RecipeContext } from '../carbon-file';
import { credentialsFor } from '../credentials';
import type { DatasourceFacts } from '../facts/datasource-facts';
import type { DatasourceName } from '../products/product';

/** What a cluster wants of one datasource. */
export interface WantedDatasource extends DatasourceName {
  readonly description: string;
  readonly url: string;
  readonly user: DatabaseUser;
}

/** The datasources of one node, whatever file they are in; `existing` are those that its home has. */
export function wantedDatasources(
  context: RecipeContext,
  existing: readonly DatasourceFacts[],
): readonly WantedDatasource[] {
  const { node, topology } = context;
  const { database, registry } = topology;
  const { names } = situationOf(context);
  const wanted = (
    name: DatasourceName,
    description: string,
    purpose: DatabasePurpose,
    schema: string,
  ): WantedDatasource => ({
    ...name,
    description,
    url: databaseUrl(database, schema),
    user: credentialsFor(database, purpose),
  });
  if (database.layout === 'single')
    return [
      wanted(names.local, 'The datasource used for registry and user manager', 'single', registry.singleDatabase),
    ];
  const local = 'The datasource used for the local registry of this node';
  const shared = 'The datasource used for the shared config and governance registry';
  return [
    ...(node.localRegistryDatabase === undefined
      ? []
      : [wanted(names.local, local, 'local', node.localRegistryDatabase)]),
    wanted(names.registry, shared, 'registry', registry.database),
    wanted(names.users, 'The datasource used for users, roles and permissions', 'users', registry.userDatabase),
    ...sharedOfProduct(context, existing).map(({ description, purpose, schema, ...name }) =>
      wanted(name, description, purpose, schema),
    ),
  ];
}

interface SharedSchema extends DatasourceName {
  readonly description: string;
  readonly purpose: DatabasePurpose;
  readonly schema: string;
}

/**
 * What the nodes of the product share besides registry and users. A datasource that the home lacks is not created, as not
 * every profile needs it; one that is on a database server already is moved only where the cluster names its database.
 */
function sharedOfProduct(context: RecipeContext, existing: readonly DatasourceFacts[]): readonly SharedSchema[] {
  const { registry } = context.topology;
  return situationOf(context).product.shared.flatMap(({ name, jndiName, description, purpose, database }) => {
    const found = existing.find((one) => one.jndiName.value === jndiName);
    if (found === undefined) return [];
    const stated = purpose === 'apiManager' ? registry.apiManagerDatabase : undefined;
    const isMoved = stated !== undefined || isEmbeddedUrl(found.settings.get('url')?.value ?? '');
    return isMoved ? [{ name, jndiName, description, purpose, schema: stated ?? database }] : [];
  });
}
