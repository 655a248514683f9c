import { productOf, type ServerIdentity } from '../carbon/products';
import type { Product } from '../carbon/products/product';
import type { CheckedNode } from './checked-cluster';

/** The product that a node runs. */
export function productOfNode({ facts: { carbonXml } }: CheckedNode): Product {
  const identity: ServerIdentity = { serverKey: carbonXml?.serverKey?.value, name: carbonXml?.name?.value };
  return productOf(identity);
}
