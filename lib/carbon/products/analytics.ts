import { guideNames, type Product } from './product';

/** Business Activity Monitor, Data Analytics Server and the analytics servers of other products. */
export const analytics: Product = {
  label: 'Analytics',
  serverKey: /^(?:BAM|DAS|CEP|(?:.*-)?Analytics)$/i,
  serverName: /\b(?:Activity Monitor|Analytics|Complex Event Processor)\b/i,
  names: guideNames,
  shared: [],
};
