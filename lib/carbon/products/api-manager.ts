import type { Product } from './product';

/** API Manager 1.x and 2.x; its clustering pages have names of their own. */
export const apiManager: Product = {
  label: 'API Manager',
  serverKey: /^AM$/i,
  serverName: /\bAPI Manager$/i,
  names: {
    registry: { name: 'WSO2REG_DB', jndiName: 'jdbc/WSO2REG_DB' },
    users: { name: 'WSO2UM_DB', jndiName: 'jdbc/WSO2UM_DB' },
    dbConfig: 'govregistry',
    instanceId: 'gov',
    instanceUrl: 'https://localhost',
    configTargetPath: '/_system/config',
    governanceTargetPath: '/_system/governance',
  },
  shared: [
    {
      name: 'WSO2AM_DB',
      jndiName: 'jdbc/WSO2AM_DB',
      description: 'The datasource used for the API Manager database',
      purpose: 'apiManager',
      database: 'apimgtdb',
    },
  ],
  // dbscripts/apimgt of the product: its scripts make the tables of OAuth too.
  ownTables: [
    {
      file: 'api-manager.xml',
      scripts: 'apimgt',
      tables: [
        'IDN_OAUTH_CONSUMER_APPS',
        'IDN_OAUTH2_ACCESS_TOKEN',
        'AM_SUBSCRIBER',
        'AM_APPLICATION',
        'AM_API',
        'AM_SUBSCRIPTION',
      ],
    },
  ],
  parts: {
    broker: { from: 2 },
    thriftEvents: { from: 2 },
    binaryEvents: { from: 2 },
    webSocket: { from: 2 },
    keyValidation: { from: 1, before: 3 },
  },
};
