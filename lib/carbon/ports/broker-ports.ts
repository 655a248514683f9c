import type { HomeFacts } from '../facts/home-facts';
import { brokerCoordination } from '../facts/port-files';
import { filePorts } from './file-ports';
import { portByDefault, portInFile, type DeclaredPort, type PortFeature } from './port-feature';
import { shipsWith } from './shipped-with';

/** The message broker, which API Manager from 2.0 on has inside too. */
export const brokerPorts: PortFeature = {
  summary: 'AMQP and MQTT of broker.xml, or of EmbeddedQpid in the carbon.xml of Carbon 4.0.',
  declaredPorts: (facts) =>
    filePorts(facts, 'broker', () => (shipsWith(facts, 'broker') ? shippedTransports(facts) : [])).filter(
      ({ setting }) => setting !== brokerCoordination || coordinates(facts),
    ),
};

/** Brokers share out queues where they are clustered; that of API Manager is alone, and event receivers have its number. */
function coordinates(facts: HomeFacts): boolean {
  return facts.axis2?.clustering?.enabled.value === true && !shipsWith(facts, 'thriftEvents');
}

function shippedTransports({ carbonXml }: HomeFacts): readonly DeclaredPort[] {
  const older = [
    ...portInFile('AMQP', carbonXml?.ports.get('EmbeddedQpid/BrokerPort')),
    ...portInFile('AMQP over TLS', carbonXml?.ports.get('EmbeddedQpid/BrokerSSLPort')),
  ];
  return older.length > 0 ? older : [portByDefault('AMQP', 5672), portByDefault('AMQP over TLS', 8672)];
}
