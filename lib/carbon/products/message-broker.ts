import { guideNames, type Product } from './product';

/** Message Broker, also as the broker profile of EI 6. */
export const messageBroker: Product = {
  label: 'Message Broker',
  serverKey: /^MB$/i,
  serverName: /\b(?:Message )?Broker$/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: { broker: { from: 2 } },
};
