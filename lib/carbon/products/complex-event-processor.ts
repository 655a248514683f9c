import { guideNames, type Product } from './product';

/** Complex Event Processor. */
export const complexEventProcessor: Product = {
  label: 'Complex Event Processor',
  serverKey: /^CEP$/i,
  serverName: /\bComplex Event Processor\b/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: { thriftEvents: { from: 2 } },
};
