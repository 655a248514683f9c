import { apiManager } from './api-manager';
import { guideNames, type Product } from './product';

/** App Manager, which grew out of API Manager and calls its datasources alike. */
export const appManager: Product = {
  label: 'App Manager',
  serverKey: /^App-?M(?:anager)?$/i,
  serverName: /\bApp(?:lication)? Manager$/i,
  names: { ...guideNames, registry: apiManager.names.registry, users: apiManager.names.users },
  shared: [],
  ownTables: [],
  parts: {},
};
