import { guideNames, type Product } from './product';

/** Business Activity Monitor 2.x, with its big data part. */
export const businessActivityMonitor: Product = {
  label: 'Business Activity Monitor',
  serverKey: /^BAM$/i,
  serverName: /\bActivity Monitor\b/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: { thriftEvents: { from: 2 }, bigData: { from: 2 } },
};
