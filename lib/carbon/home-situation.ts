import type { ClusterTopology } from '../cluster/topology';
import type { DatasourceFacts } from './facts/datasource-facts';
import { homeNames, type HomeNames, type NamesEvidence } from './home-names';
import { productOf } from './products';
import type { Product } from './products/product';

/** What the files of one home mean for each other. */
export interface HomeSituation {
  readonly product: Product;
  readonly names: HomeNames;
  /** Every live datasource of the home, in the order in which Carbon reads them. */
  readonly datasources: readonly DatasourceFacts[];
}

/** What the files of a home mean together; a home without any of them has the names of the guides. */
export function homeSituation(evidence: NamesEvidence, topology: ClusterTopology): HomeSituation {
  const { serverKey, name } = evidence.carbonXml ?? {};
  const product = productOf({ serverKey: serverKey?.value, name: name?.value });
  return { product, names: homeNames(evidence, product, topology), datasources: evidence.datasources };
}

/** The evidence of a home that says nothing. */
export const noEvidence: NamesEvidence = {
  carbonXml: undefined,
  registry: undefined,
  userMgt: undefined,
  datasources: [],
};
