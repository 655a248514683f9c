import { analytics } from './analytics';
import { apiManager } from './api-manager';
import { appManager } from './app-manager';
import { applicationServer } from './application-server';
import { businessActivityMonitor } from './business-activity-monitor';
import { businessProcessServer } from './business-process-server';
import { complexEventProcessor } from './complex-event-processor';
import { dataServicesServer } from './data-services-server';
import { enterpriseIntegrator } from './enterprise-integrator';
import { enterpriseServiceBus } from './enterprise-service-bus';
import { governanceRegistry } from './governance-registry';
import { identityServer } from './identity-server';
import { messageBroker } from './message-broker';
import { guideNames, type Product } from './product';

/** Every product that is known by name. Register a new one by adding it here. */
export const products: readonly Product[] = [
  apiManager,
  appManager,
  identityServer,
  governanceRegistry,
  applicationServer,
  enterpriseServiceBus,
  enterpriseIntegrator,
  dataServicesServer,
  businessProcessServer,
  businessActivityMonitor,
  complexEventProcessor,
  analytics,
  messageBroker,
];

/** A product that is none of these, with the names of the guides. */
export const otherProduct: Product = {
  label: 'Carbon product',
  serverKey: /^/,
  serverName: /^/,
  names: guideNames,
  shared: [],
  ownTables: [],
  parts: {},
};

/** What a carbon.xml calls its product; either may be missing. */
export interface ServerIdentity {
  readonly serverKey: string | undefined;
  readonly name: string | undefined;
}

/**
 * The product of a home: by its `ServerKey`, which programs read, and only where no product is known by that by its `Name`.
 * Versions are never looked at. `otherProduct` where it is none of the list.
 */
export function productOf({ serverKey, name }: ServerIdentity): Product {
  const byKey = products.find((product) => product.serverKey.test(serverKey?.trim() ?? ''));
  return byKey ?? products.find((product) => product.serverName.test(name?.trim() ?? '')) ?? otherProduct;
}

/** The folders of `dbscripts` in which some product keeps scripts of its own. */
export const ownScriptFolders: readonly string[] = [
  ...new Set(products.flatMap(({ ownTables }) => ownTables.map(({ scripts }) => scripts))),
];
