import { guideNames, type Product } from './product';

/** Governance Registry. */
export const governanceRegistry: Product = {
  label: 'Governance Registry',
  serverKey: /^G-?Reg$/i,
  serverName: /\bGovernance Registry\b/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: {},
};
