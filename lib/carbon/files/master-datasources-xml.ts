import { databaseUrl } from '../../cluster/database-url';
import { isEmbeddedUrl } from '../../database/database-kind';
import type { CarbonFile, RecipeContext } from '../carbon-file';
import { datasourcesOf, textAt } from '../datasources';
import { jndiNames } from '../jndi-names';
import { isAliased } from '../secret-alias';
import { datasourceRecipe, datasourcesPath, type WantedDatasource } from './datasource-recipe';

/** `master-datasources.xml`: where the local registry, the shared registry and the users are kept. */
export const masterDatasourcesXml: CarbonFile = {
  name: 'master-datasources.xml',
  path: 'datasources/master-datasources.xml',
  summary:
    'The datasources of the local registry, the shared registry and the users; with the single layout the one datasource that ships. A value with a secure-vault alias is left alone.',
  need: (role) => (role.isLoadBalancer ? 'untouched' : 'required'),
  recipe: (context) => {
    const wanted = wantedDatasources(context);
    const recipes = wanted.map((datasource) => datasourceRecipe(context, datasource));
    return {
      operations: recipes.flatMap(({ operations }) => operations),
      notes: [
        ...layoutNotes(context),
        ...recipes.flatMap(({ notes }) => notes),
        ...clearTextNotes(context, wanted),
        ...embeddedNotes(context, wanted),
      ],
    };
  },
  settings: [
    {
      name: 'datasource',
      at: `${datasourcesPath}/datasource`,
      read: (document, element) =>
        ['name', 'jndiConfig/name', 'definition/configuration/url', 'definition/configuration/username']
          .map((path) => textAt(document, element, path))
          .join(' '),
    },
  ],
};

function wantedDatasources({ node, topology }: RecipeContext): readonly WantedDatasource[] {
  const { database, registry } = topology;
  const local = { name: 'WSO2_CARBON_DB', jndiName: jndiNames.local };
  if (database.layout === 'single') {
    const description = 'The datasource used for registry and user manager';
    return [{ ...local, description, url: databaseUrl(database, registry.singleDatabase) }];
  }
  const localDatabase = node.localRegistryDatabase ?? `REGISTRY_LOCAL_${node.name}`;
  return [
    {
      ...local,
      description: 'The datasource used for the local registry of this node',
      url: databaseUrl(database, localDatabase),
    },
    {
      name: 'WSO2_REGISTRY_DB',
      description: 'The datasource used for the shared config and governance registry',
      jndiName: jndiNames.registry,
      url: databaseUrl(database, registry.database),
    },
    {
      name: 'WSO2_USER_DB',
      description: 'The datasource used for users, roles and permissions',
      jndiName: jndiNames.users,
      url: databaseUrl(database, registry.userDatabase),
    },
  ];
}

function layoutNotes({ topology }: RecipeContext): readonly string[] {
  if (topology.database.layout === 'shared') return [];
  return [
    'With the single database layout all nodes share one local registry, which is known to go wrong ("Total number of available connections are less than the total number of closed connections"); the shared layout avoids it.',
  ];
}

/** Whoever keeps some passwords in the secure vault wants them all there. */
function clearTextNotes({ document }: RecipeContext, wanted: readonly WantedDatasource[]): readonly string[] {
  const aliased = datasourcesOf(document)
    .filter(({ configuration }) => configuration !== undefined && isAliased(document, configuration, 'password'))
    .map(({ jndiName }) => jndiName);
  const clear = wanted.map(({ jndiName }) => jndiName).filter((jndiName) => !aliased.includes(jndiName));
  if (aliased.length === 0 || clear.length === 0) return [];
  return [
    `Other passwords of this file are in the secure vault, but those of ${clear.join(', ')} are written in clear text; run the cipher tool over them.`,
  ];
}

/** What the product keeps besides registry and users is its own affair, but a cluster can fail on it. */
function embeddedNotes({ document }: RecipeContext, wanted: readonly WantedDatasource[]): readonly string[] {
  const embedded = datasourcesOf(document)
    .filter(({ jndiName }) => !wanted.some((one) => one.jndiName === jndiName))
    .filter(({ configuration }) => isEmbeddedUrl(textAt(document, configuration, 'url')))
    .map(({ name, jndiName }) => (jndiName === '' ? name : `${name} (${jndiName})`));
  if (embedded.length === 0) return [];
  return [
    `Left as embedded databases, which each node has for itself: ${embedded.join(', ')}; where the nodes have to share their data, point them at a database server.`,
  ];
}
