import { databaseUrl } from '../../cluster/database-url';
import { databaseKinds } from '../../database/kinds';
import type { PatchOperation } from '../../patch/operations';
import { childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import type { NewElement } from '../../xml/fragment';
import type { CarbonFile, FileRecipe, RecipeContext } from '../carbon-file';
import { placeInOrder } from '../element-order';
import { jndiNames } from '../jndi-names';
import { isAliased } from '../secret-alias';

const datasources = '/datasources-configuration/datasources';

/** `master-datasources.xml`: where the local registry, the shared registry and the users are kept. */
export const masterDatasourcesXml: CarbonFile = {
  name: 'master-datasources.xml',
  path: 'datasources/master-datasources.xml',
  summary:
    'The datasources of the local registry, the shared registry and the users; with the single layout the one datasource that ships. A value with a secure-vault alias is left alone.',
  need: (role) => (role.isLoadBalancer ? 'untouched' : 'required'),
  recipe: (context) => {
    const recipes = wantedDatasources(context).map((datasource) => datasourceRecipe(context, datasource));
    return {
      operations: recipes.flatMap(({ operations }) => operations),
      notes: [...layoutNotes(context), ...recipes.flatMap(({ notes }) => notes)],
    };
  },
  settings: [
    {
      name: 'datasource',
      at: `${datasources}/datasource`,
      read: (document, element) =>
        ['name', 'jndiConfig/name', 'definition/configuration/url', 'definition/configuration/username']
          .map((path) => textAt(document, element, path))
          .join(' '),
    },
  ],
};

interface WantedDatasource {
  readonly name: string;
  readonly description: string;
  readonly jndiName: string;
  readonly url: string;
}

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

/** The order in which the shipped files write the children of a datasource's configuration. */
const configurationOrder = [
  'url',
  'username',
  'password',
  'driverClassName',
  'maxActive',
  'maxWait',
  'testOnBorrow',
  'validationQuery',
  'validationInterval',
];

/** Pool settings that every datasource of the guides has. Where one is there already, its value stays. */
function poolSettings(validationQuery: string): Readonly<Record<string, string>> {
  return { maxActive: '50', maxWait: '60000', testOnBorrow: 'true', validationQuery, validationInterval: '30000' };
}

/** The datasource is found by its JNDI name: nothing else is ever looked up. */
function datasourceRecipe(context: RecipeContext, wanted: WantedDatasource): FileRecipe {
  const { document, topology } = context;
  const { kind, username, password, layout } = topology.database;
  const { driverClassName, validationQuery } = databaseKinds[kind];
  const values = { url: wanted.url, username, password, driverClassName, validationQuery };
  const pool = poolSettings(validationQuery);
  const { name, note } = freeName(document, wanted);
  const at = `${datasources}/datasource[normalize-space(jndiConfig/name)='${wanted.jndiName}']/definition/configuration`;
  const existing = datasourceElements(document).find(
    (one) => textAt(document, one, 'jndiConfig/name') === wanted.jndiName,
  );
  const configuration = existing && childAt(existing, 'definition/configuration');
  const aliased = Object.keys(values).filter((child) => configuration && isAliased(configuration, child));
  const set = Object.entries(values).filter(([child]) => !aliased.includes(child));
  return {
    operations: [
      {
        op: 'ensureElement',
        at: datasources,
        element: newDatasource(name, wanted, { ...values, ...pool }),
        key: ['jndiConfig/name'],
        place: [{ after: 'datasource' }, 'besideSample', 'first'],
      },
      ...set.flatMap(([child, value]) => [
        ensureSetting(at, child, value),
        { op: 'setText', at: `${at}/${child}`, value } as const,
      ]),
      ...(layout === 'shared' ? Object.entries(pool).map(([child, value]) => ensureSetting(at, child, value)) : []),
    ],
    notes: [...note, ...aliased.map((child) => aliasNote(wanted.jndiName, child))],
  };
}

function ensureSetting(at: string, name: string, text: string): PatchOperation {
  return { op: 'ensureElement', at, element: { name, text }, place: placeInOrder(configurationOrder, name) };
}

function newDatasource(
  name: string,
  { description, jndiName }: WantedDatasource,
  settings: Readonly<Record<string, string>>,
): NewElement {
  const configuration = configurationOrder.map((child): NewElement => ({ name: child, text: settings[child] ?? '' }));
  return {
    name: 'datasource',
    children: [
      { name: 'name', text: name },
      { name: 'description', text: description },
      { name: 'jndiConfig', children: [{ name: 'name', text: jndiName }] },
      {
        name: 'definition',
        attributes: { type: 'RDBMS' },
        children: [{ name: 'configuration', children: configuration }],
      },
    ],
  };
}

/**
 * A datasource of the wanted name may be there under another JNDI name that other files look up. It stays, and the new one
 * is named after its own JNDI name: two of one name would hide each other.
 */
function freeName(
  document: SourceDocument,
  { name, jndiName }: WantedDatasource,
): { readonly name: string; readonly note: readonly string[] } {
  const elements = datasourceElements(document);
  const isThere = elements.some((one) => textAt(document, one, 'jndiConfig/name') === jndiName);
  const holder = elements.find((one) => textAt(document, one, 'name') === name);
  if (isThere || holder === undefined) return { name, note: [] };
  const other = jndiName.slice(jndiName.lastIndexOf('/') + 1);
  const note = `A datasource named ${name} is there with JNDI name ${textAt(document, holder, 'jndiConfig/name')}; it is left as it is, and the new one is named ${other}.`;
  return { name: other, note: [note] };
}

function aliasNote(jndiName: string, child: string): string {
  return `The ${child} of ${jndiName} has a secure-vault alias and is left alone; change it in conf/security/cipher-text.properties with the cipher tool.`;
}

function datasourceElements({ root }: SourceDocument): readonly ElementSource[] {
  return childElements(root, 'datasources').flatMap((parent) => childElements(parent, 'datasource'));
}

function childAt(element: ElementSource, path: string): ElementSource | undefined {
  return path
    .split('/')
    .reduce<ElementSource | undefined>((current, name) => current && childElements(current, name)[0], element);
}

function textAt(document: SourceDocument, element: ElementSource, path: string): string {
  const child = childAt(element, path);
  return child === undefined ? '' : textOf(document, child).trim();
}
