import { guideNames, type Product } from './product';

/** Data Analytics Server and the analytics servers of other products. */
export const analytics: Product = {
  label: 'Analytics',
  serverKey: /^(?:DAS|(?:.*-)?Analytics)$/i,
  serverName: /\bAnalytics\b/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: { thriftEvents: { from: 0 }, binaryEvents: { from: 0 } },
};
