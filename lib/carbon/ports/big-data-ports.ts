import { portByDefault, type PortFeature } from './port-feature';
import { shipsWith } from './shipped-with';

/**
 * The store and the query server inside Business Activity Monitor 2. Spark, in the products that came after it, looks for
 * free ports itself and so is not here.
 */
export const bigDataPorts: PortFeature = {
  summary: 'Cassandra and Hive inside a Business Activity Monitor.',
  declaredPorts: (facts) =>
    shipsWith(facts, 'bigData') ? [portByDefault('Cassandra', 9160), portByDefault('Hive', 21000)] : [],
};
