import { attributeOf, childElements } from '../../xml/document';
import type { CarbonFile, RecipeContext } from '../carbon-file';
import { jndiNames } from '../jndi-names';

const configuration = '/UserManager/Realm/Configuration';

/** `user-mgt.xml`: which datasource holds the users. Only the property directly below `Configuration` counts. */
export const userMgtXml: CarbonFile = {
  name: 'user-mgt.xml',
  path: 'user-mgt.xml',
  summary: 'With the shared layout: the dataSource property directly below Configuration.',
  need: (role) => (role.isLoadBalancer ? 'untouched' : 'required'),
  recipe: (context) => {
    if (context.topology.database.layout === 'single') return { operations: [], notes: [] };
    const value = jndiNames.users;
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
      notes: storeNotes(context),
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
