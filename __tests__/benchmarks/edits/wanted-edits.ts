// What an operator sets by hand in a home of an ESB 5.0.0, stated once; each tool gets it in its own words.

/** One element on the way down to another: its name, and what tells it from its siblings. */
export interface Step {
  readonly name: string;
  /** An attribute, or the text of a child, that has a value. */
  readonly where?: { readonly attribute?: string; readonly child?: string; readonly value: string };
}

/** The text of an element, an attribute of it, or a new element behind it. */
export interface WantedEdit {
  readonly at: readonly Step[];
  readonly set: { readonly attribute: string } | 'text' | { readonly newElementBehind: string };
  readonly value: string;
}

/** One file of the home, with what is to be set in it. */
export interface EditedFile {
  /** Relative to the home. */
  readonly path: string;
  /** The default namespace that its root declares. */
  readonly namespace?: string;
  readonly edits: readonly WantedEdit[];
}

const parameter = (name: string, value: string): WantedEdit => ({
  at: [...path('axisconfig/clustering'), { name: 'parameter', where: { attribute: 'name', value: name } }],
  set: 'text',
  value,
});

const datasource = (setting: string, value: string): WantedEdit => ({
  at: [
    ...path('datasources-configuration/datasources'),
    { name: 'datasource', where: { child: 'name', value: 'WSO2_CARBON_DB' } },
    ...path(`definition/configuration/${setting}`),
  ],
  set: 'text',
  value,
});

/** Every file with its edits. */
export const editedFiles: readonly EditedFile[] = [
  {
    path: 'repository/conf/axis2/axis2.xml',
    edits: [
      { at: path('axisconfig/clustering'), set: { attribute: 'enable' }, value: 'true' },
      parameter('membershipScheme', 'multicast'),
      parameter('domain', 'wso2.esb.domain'),
      parameter('localMemberHost', '10.0.0.7'),
      parameter('localMemberPort', '4200'),
    ],
  },
  {
    path: 'repository/conf/carbon.xml',
    namespace: 'http://wso2.org/projects/carbon/carbon.xml',
    edits: [
      { at: path('Server/Ports/Offset'), set: 'text', value: '2' },
      { at: path('Server/ServerURL'), set: { newElementBehind: 'MgtHostName' }, value: 'mgt.esb.example.org' },
      { at: path('Server/ServerURL'), set: { newElementBehind: 'HostName' }, value: 'esb.example.org' },
    ],
  },
  {
    path: 'repository/conf/datasources/master-datasources.xml',
    edits: [
      datasource('url', 'jdbc:mysql://db.example.org:3306/carbon?autoReconnect=true&useSSL=false'),
      datasource('username', 'carbon'),
      datasource('password', 'x-7<'),
      datasource('driverClassName', 'com.mysql.jdbc.Driver'),
    ],
  },
  {
    path: 'repository/conf/registry.xml',
    edits: [
      { at: path('wso2registry/readOnly'), set: 'text', value: 'true' },
      { at: path('wso2registry/indexingConfiguration/startIndexing'), set: 'text', value: 'false' },
    ],
  },
  {
    path: 'repository/conf/user-mgt.xml',
    edits: [
      {
        at: [
          ...path('UserManager/Realm/Configuration'),
          { name: 'Property', where: { attribute: 'name', value: 'dataSource' } },
        ],
        set: 'text',
        value: 'jdbc/WSO2UMDB',
      },
    ],
  },
];

/** How many settings there are in all. */
export const editCount = editedFiles.reduce((sum, { edits }) => sum + edits.length, 0);

/** The steps as an XPath; `prefix`, such as `c:`, stands before each name. */
export function xpathOf(steps: readonly Step[], prefix = ''): string {
  return steps
    .map(({ name, where }) => {
      if (where === undefined) return `/${prefix}${name}`;
      const asked = where.attribute === undefined ? `${prefix}${where.child}` : `@${where.attribute}`;
      return `/${prefix}${name}[${asked}='${where.value}']`;
    })
    .join('');
}

function path(names: string): readonly Step[] {
  return names.split('/').map((name) => ({ name }));
}
