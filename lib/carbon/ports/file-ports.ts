import type { HomeFacts, OtherPort, OtherPortFeature } from '../facts/home-facts';
import { portByDefault, portInFile, type DeclaredPort } from './port-feature';

/**
 * The ports of a part that has a file of its own: what the file says, or, where the home has no such file, what the product
 * ships with. A `${Ports.…}` of the file is looked up in carbon.xml.
 */
export function filePorts(
  facts: HomeFacts,
  feature: OtherPortFeature,
  shipped: (facts: HomeFacts) => readonly DeclaredPort[] = () => [],
): readonly DeclaredPort[] {
  const declared = facts.otherPorts.filter((port) => port.feature === feature);
  if (declared.length === 0) return shipped(facts);
  return declared.filter(({ isEnabled }) => isEnabled).flatMap((port) => declaredPort(facts, port));
}

/** The ports that every carbon.xml ships with, by their path below `Ports`. */
const shippedCarbonPorts = {
  'JMX/RMIRegistryPort': 9999,
  'JMX/RMIServerPort': 11111,
  'EmbeddedLDAP/LDAPServerPort': 10389,
  'EmbeddedLDAP/KDCServerPort': 8000,
  ThriftEntitlementReceivePort: 10500,
} as const;

/** A port of carbon.xml by its path below `Ports`, or its number as shipped where the home has no carbon.xml. */
export function carbonPort(
  { carbonXml }: HomeFacts,
  setting: string,
  path: keyof typeof shippedCarbonPorts,
): readonly DeclaredPort[] {
  return carbonXml === undefined
    ? [portByDefault(setting, shippedCarbonPorts[path])]
    : portInFile(setting, carbonXml.ports.get(path));
}

function declaredPort(facts: HomeFacts, { setting, port, ...manner }: OtherPort): readonly DeclaredPort[] {
  const [, name] = /^\$\{Ports\.([\w.]+)\}$/.exec(port.value) ?? [];
  if (name === undefined) return portInFile(setting, port, manner);
  const path = name.replaceAll('.', '/');
  if (facts.carbonXml !== undefined) return portInFile(setting, facts.carbonXml.ports.get(path), manner);
  return isShippedPath(path) ? [portByDefault(setting, shippedCarbonPorts[path], manner)] : [];
}

function isShippedPath(path: string): path is keyof typeof shippedCarbonPorts {
  return path in shippedCarbonPorts;
}
