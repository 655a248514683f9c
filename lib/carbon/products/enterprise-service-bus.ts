import { guideNames, type Product } from './product';

/** Enterprise Service Bus. */
export const enterpriseServiceBus: Product = {
  label: 'Enterprise Service Bus',
  serverKey: /^ESB$/i,
  serverName: /\bEnterprise Service Bus\b/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: {},
};
