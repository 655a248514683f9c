import { attributeOf, childElements, type ElementSource, type SourceDocument } from '../../xml/document';
import type { OtherPort } from './home-facts';
import { sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/** Of etc/jmx.xml: a number is taken as it stands, only a `${Ports.JMX.…}` is moved (`JMXServerManager` of the kernel). */
export function readJmxPorts(document: SourceDocument): readonly OtherPort[] {
  const { root, text } = lookIn(document);
  const isEnabled = isTrue(text(root, 'StartRMIServer'));
  return ['RMIRegistryPort', 'RMIServerPort'].flatMap((name) =>
    portOf('jmx', `JMX ${name}`, text(root, name), { isEnabled, isMovedByOffset: namesCarbonPort(text(root, name)) }),
  );
}

/** Of embedded-ldap.xml: the user store inside the server, and its Kerberos server, which needs it. */
export function readEmbeddedLdapPorts(document: SourceDocument): readonly OtherPort[] {
  const { root, property, child } = lookIn(document);
  const ldap = child(root, 'EmbeddedLDAP');
  const kdc = child(root, 'KDCServer');
  const hasStore = isTrue(ldap && property(ldap, 'enable'));
  const ldapPort = ldap && property(ldap, 'port');
  const kdcPort = kdc && property(kdc, 'port');
  return [
    ...portOf('embeddedLdap', 'LDAPServerPort', ldapPort, {
      isEnabled: hasStore,
      isMovedByOffset: namesCarbonPort(ldapPort),
    }),
    ...portOf('embeddedLdap', 'KDCServerPort', kdcPort, {
      isEnabled: hasStore && isTrue(kdc && property(kdc, 'enabled')),
      isMovedByOffset: namesCarbonPort(kdcPort),
      protocol: /^udp$/i.test((kdc && property(kdc, 'protocol'))?.value ?? '') ? 'udp' : 'tcp',
    }),
  ];
}

/** Of identity.xml: entitlement over Thrift, whose element is spelled `ThirftBasedEntitlementConfig` there. */
export function readEntitlementPorts(document: SourceDocument): readonly OtherPort[] {
  const { root, text, child } = lookIn(document);
  const settings = child(root, 'EntitlementSettings');
  const thrift = settings && child(settings, 'ThirftBasedEntitlementConfig');
  if (thrift === undefined) return [];
  return portOf('entitlement', 'ThriftEntitlementReceivePort', text(thrift, 'ReceivePort'), {
    isEnabled: isTrue(text(thrift, 'EnableThriftService')),
  });
}

/** Of broker.xml: the listeners of the transports, and the port over which clustered brokers share out their queues. */
export function readBrokerPorts(document: SourceDocument): readonly OtherPort[] {
  const { reader, root, text, child } = lookIn(document);
  const transports = child(root, 'transports');
  const listeners = (transports === undefined ? [] : childElements(transports)).flatMap((transport) =>
    brokerListeners(reader, transport),
  );
  const coordination = child(root, 'coordination');
  if (coordination === undefined) return listeners;
  const address = text(coordination, 'thriftServerHost')?.value;
  const shared = portOf('broker', brokerCoordination, text(coordination, 'thriftServerPort'), { address });
  return [...listeners, ...shared];
}

/** The setting of broker.xml that counts only where brokers are clustered. */
export const brokerCoordination = 'thriftServerPort';

/** Of data-bridge-config.xml in both its shapes, that of BAM 2 and the later one. */
export function readDataBridgePorts(document: SourceDocument): readonly OtherPort[] {
  const { reader, root, text } = lookIn(document);
  const first = childElements(root, 'thriftDataReceiver').flatMap((receiver) =>
    eventPorts('thrift', text(receiver, 'port'), text(receiver, 'securePort'), text(receiver, 'hostName')),
  );
  const later = childElements(root, 'dataReceiver').flatMap((receiver) => {
    const config = (name: string): Sourced<string> | undefined => named(reader, receiver, 'config', name);
    const kind = (attributeOf(document, receiver, 'name') ?? '').trim().toLowerCase();
    return eventPorts(kind, config('tcpPort'), config('sslPort'), config('hostName'));
  });
  return [...first, ...later];
}

/** Of event-processor.xml: the HA mode, of which a worker and a presenter open different ports. */
export function readEventProcessorPorts(document: SourceDocument): readonly OtherPort[] {
  const { root, text, child } = lookIn(document);
  const mode = childElements(root, 'mode').find((one) => attributeOf(document, one, 'name') === 'HA');
  if (mode === undefined) return [];
  const isOn = attributeOf(document, mode, 'enable') === 'true';
  const types = child(mode, 'nodeType');
  const isType = (name: string): boolean => {
    const type = types && child(types, name);
    return isOn && type !== undefined && attributeOf(document, type, 'enable') === 'true';
  };
  return (['eventSync', 'management', 'presentation'] as const).flatMap((name) => {
    const part = child(mode, name);
    return portOf('eventProcessor', `HA ${name}`, part && text(part, 'port'), {
      isEnabled: isType(name === 'presentation' ? 'presenter' : 'worker'),
      address: (part && text(part, 'hostName'))?.value,
    });
  });
}

/** Of api-manager.xml: the Thrift server for key validation. A port that is written there is not moved by the offset. */
export function readApiManagerPorts(document: SourceDocument): readonly OtherPort[] {
  const { root, text } = lookIn(document);
  const settings = childElements(root).find((one) => childElements(one, 'EnableThriftServer').length > 0);
  const enabled = settings && text(settings, 'EnableThriftServer');
  if (settings === undefined || enabled === undefined) return [];
  const explicit = text(settings, 'ThriftServerPort');
  return portOf('keyValidation', 'ThriftServerPort', explicit ?? { ...enabled, value: String(keyValidationPort) }, {
    isEnabled: isTrue(enabled),
    isMovedByOffset: explicit === undefined,
  });
}

/** The port of the Thrift server where api-manager.xml enables it without saying one. */
export const keyValidationPort = 10397;

/** Of carbon.xml: servers of the embedded database; each is there by the property of its name. */
export function readH2Ports(document: SourceDocument): readonly OtherPort[] {
  const { reader, root, child } = lookIn(document);
  const settings = child(root, 'H2DatabaseConfiguration');
  if (settings === undefined) return [];
  return Object.entries({ web: '8082', tcp: '9092', pg: '5435' }).flatMap(([name, byDefault]) => {
    const server = named(reader, settings, 'property', name);
    const port = named(reader, settings, 'property', `${name}Port`) ?? (server && { ...server, value: byDefault });
    return portOf('h2', `H2 ${name}Port`, port, { isEnabled: server !== undefined, isMovedByOffset: false });
  });
}

function brokerListeners(reader: SourceReader, transport: ElementSource): readonly OtherPort[] {
  const { document } = reader;
  const isOn = (element: ElementSource): boolean => !/^false$/i.test(attributeOf(document, element, 'enabled') ?? '');
  const [bindAddress] = childElements(transport, 'bindAddress');
  const name = transport.name.toUpperCase();
  return childElements(transport)
    .filter((one) => one.attributes.has('port'))
    .flatMap((listener) =>
      portOf(
        'broker',
        listener.name === 'sslConnection' ? `${name} over TLS` : name,
        reader.attribute(listener, 'port'),
        {
          isEnabled: isOn(transport) && isOn(listener),
          address: bindAddress && reader.trimmed(bindAddress).value,
        },
      ),
    );
}

function eventPorts(
  kind: string,
  port: Sourced<string> | undefined,
  securePort: Sourced<string> | undefined,
  host: Sourced<string> | undefined,
): readonly OtherPort[] {
  const manner = { address: host?.value };
  return [
    ...portOf('eventReceivers', `${kind} events`, port, manner),
    ...portOf('eventReceivers', `${kind} events over TLS`, securePort, manner),
  ];
}

/** One port, unless the file does not have it; on, over TCP, at every address and moved where nothing else is said. */
function portOf(
  feature: OtherPort['feature'],
  setting: string,
  port: Sourced<string> | undefined,
  manner: Partial<Pick<OtherPort, 'isMovedByOffset' | 'isEnabled' | 'protocol'>> & { address?: string | undefined },
): readonly OtherPort[] {
  if (port === undefined) return [];
  const { isEnabled = true, isMovedByOffset = true, protocol = 'tcp', address } = manner;
  return [
    { feature, setting, port: { ...port, value: port.value.trim() }, isMovedByOffset, isEnabled, protocol, address },
  ];
}

interface Look {
  readonly reader: SourceReader;
  readonly root: ElementSource;
  readonly child: (parent: ElementSource, name: string) => ElementSource | undefined;
  readonly text: (parent: ElementSource, name: string) => Sourced<string> | undefined;
  /** The text of a `Property` of this name. */
  readonly property: (parent: ElementSource, name: string) => Sourced<string> | undefined;
}

function lookIn(document: SourceDocument): Look {
  const reader = sourceReader(document);
  const child: Look['child'] = (parent, name) => childElements(parent, name)[0];
  return {
    reader,
    root: document.root,
    child,
    text: (parent, name) => {
      const element = child(parent, name);
      return element && reader.trimmed(element);
    },
    property: (parent, name) => named(reader, parent, 'Property', name),
  };
}

/** The text of the child of a name whose `name` attribute is this one. */
function named(reader: SourceReader, parent: ElementSource, child: string, name: string): Sourced<string> | undefined {
  const element = childElements(parent, child).find((one) => attributeOf(reader.document, one, 'name') === name);
  return element && reader.trimmed(element);
}

function isTrue(text: Sourced<string> | undefined): boolean {
  return /^true$/i.test(text?.value.trim() ?? '');
}

function namesCarbonPort(text: Sourced<string> | undefined): boolean {
  return text?.value.startsWith('${') === true;
}
