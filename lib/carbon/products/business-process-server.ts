import { guideNames, type Product } from './product';

/** Business Process Server, also as the business-process profile of EI 6. */
export const businessProcessServer: Product = {
  label: 'Business Process Server',
  serverKey: /^BPS$/i,
  serverName: /\bBusiness Process/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: {},
};
