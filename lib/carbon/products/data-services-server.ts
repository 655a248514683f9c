import { guideNames, type Product } from './product';

/** Data Services Server. */
export const dataServicesServer: Product = {
  label: 'Data Services Server',
  serverKey: /^DSS$/i,
  serverName: /\bData Services Server\b/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: {},
};
