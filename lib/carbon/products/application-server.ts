import { guideNames, type Product } from './product';

/** Application Server. */
export const applicationServer: Product = {
  label: 'Application Server',
  serverKey: /^AS$/i,
  serverName: /\bApplication Server\b/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: {},
};
