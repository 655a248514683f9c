import type { ReceiverFacts } from '../facts/axis2-facts';
import { portInFile, type DeclaredPort, type PortFeature } from './port-feature';

/** The transports of axis2.xml that open a port themselves. */
export const receiverPorts: PortFeature = {
  summary: 'The transport receivers of axis2.xml that listen themselves, such as pass-through http and https.',
  declaredPorts: ({ axis2 }) => {
    // Of two receivers of one name the last counts.
    const receivers = new Map(axis2?.receivers.map((receiver) => [receiver.name.value, receiver]));
    return [...receivers.values()].flatMap(portsOf);
  },
};

/** A servlet transport's `port` only repeats that of catalina-server.xml; the offset moves what the mediation engine opens. */
function portsOf({ name, className, isListener, parameters }: ReceiverFacts): readonly DeclaredPort[] {
  if (/\.core\.transports\.(?:http|local)\./.test(className)) return [];
  const port = parameters.get('port') ?? parameters.get(`transport.${name.value}.port`);
  return portInFile(`${name.value} receiver`, port, {
    isMovedByOffset: isListener,
    address: parameters.get('bind-address')?.value,
  });
}
