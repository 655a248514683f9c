import { guideNames, type Product } from './product';

/** Identity Server, also as the key manager of API Manager. */
export const identityServer: Product = {
  label: 'Identity Server',
  serverKey: /^IS(?:-KM)?$/i,
  serverName: /\bIdentity Server\b/i,
  names: guideNames,
  shared: [],
  ownTables: [
    { file: 'identity.xml', scripts: 'identity', tables: ['IDN_OAUTH_CONSUMER_APPS', 'IDN_OAUTH2_ACCESS_TOKEN'] },
  ],
  parts: { embeddedLdap: { from: 3 } },
};
