import { attributeOf, childElements, textOf, type SourceDocument } from '../../xml/document';
import { situationOf, type CarbonFile, type RecipeContext } from '../carbon-file';

const configuration = '/UserManager/Realm/Configuration';

/** `user-mgt.xml`: which datasource holds the users. Only the property directly below `Configuration` counts. */
export const userMgtXml: CarbonFile = {
  name: 'user-mgt.xml',
  path: 'user-mgt.xml',
  summary:
    'With the shared layout: the dataSource property directly below Configuration. A datasource of its own that a home names there already is kept.',
  needsSituation: true,
  need: (role) => (role.isLoadBalancer ? 'untouched' : 'required'),
  recipe: (context) => {
    if (context.topology.database.layout === 'single') return { operations: [], notes: singleLayoutNotes(context) };
    const value = situationOf(context).names.users.jndiName;
    return {
      operations: [
        {
          op: 'ensureElement',
          at: configuration,
          element: { name: 'Property', attributes: { name: 'dataSource' }, text: value },
          key: ['@name'],
          place: [{ after: 'Property' }, { after: 'EveryOneRoleName' }],
        },
        { op: 'setText', at: `${configuration}/Property[@name='dataSource']`, value },
      ],
      notes: [...connectionNotes(context), ...storeNotes(context)],
    };
  },
  settings: [
    { name: 'dataSource', at: `${configuration}/Property[@name='dataSource']` },
    {
      name: 'user store',
      at: '/UserManager/Realm/UserStoreManager',
      read: (document, element) => attributeOf(document, element, 'class') ?? '',
    },
  ],
};

/** The oldest homes have the connection here instead of a datasource; Carbon then looks at the datasource only. */
function connectionNotes({ document }: RecipeContext): readonly string[] {
  const names = properties(document).map(({ name }) => name);
  if (names.includes('dataSource') || !names.includes('url')) return [];
  return [
    'user-mgt.xml holds a database connection of its own (url, userName, password, driverName); with the dataSource that is added it is no longer read.',
  ];
}

/** The users stay where they are, which need not be the one database. */
function singleLayoutNotes(context: RecipeContext): readonly string[] {
  const { jndiName } = situationOf(context).names.local;
  const others = properties(context.document)
    .filter(({ name, value }) => name === 'dataSource' && value !== jndiName)
    .map(({ value }) => value);
  return others.map(
    (value) => `user-mgt.xml keeps the users in ${value}, not in ${jndiName}; the single layout leaves that as it is.`,
  );
}

interface Property {
  readonly name: string;
  readonly value: string;
}

function properties(document: SourceDocument): readonly Property[] {
  return childElements(document.root, 'Realm')
    .flatMap((realm) => childElements(realm, 'Configuration'))
    .flatMap((one) => childElements(one, 'Property'))
    .map((one) => ({ name: attributeOf(document, one, 'name') ?? '', value: textOf(document, one) }));
}

function storeNotes({ document }: RecipeContext): readonly string[] {
  const stores = childElements(document.root, 'Realm').flatMap((realm) => childElements(realm, 'UserStoreManager'));
  const embedded = stores.some((store) =>
    childElements(store).some((property) =>
      document.text.slice(property.whole.start, property.whole.end).includes('EmbeddedLDAP'),
    ),
  );
  if (!embedded) return [];
  return [
    'The user store is the LDAP server embedded in this node, which other nodes cannot share; configure a common user store on all nodes.',
  ];
}
