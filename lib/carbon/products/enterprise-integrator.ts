import { guideNames, type Product } from './product';

/** Enterprise Integrator 6, the integrator profile; the others are homes of other products. */
export const enterpriseIntegrator: Product = {
  label: 'Enterprise Integrator',
  serverKey: /^EI$/i,
  serverName: /\bEnterprise Integrator$/i,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: {},
};
