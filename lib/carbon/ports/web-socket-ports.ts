import { portByDefault, type PortFeature } from './port-feature';
import { shipsWith } from './shipped-with';

/** WebSocket APIs; their inbound endpoint is deployed, not configured. */
export const webSocketPorts: PortFeature = {
  summary: 'The WebSocket endpoint of an API Manager from 2.0 on.',
  declaredPorts: (facts) => (shipsWith(facts, 'webSocket') ? [portByDefault('WebSocket', 9099)] : []),
};
