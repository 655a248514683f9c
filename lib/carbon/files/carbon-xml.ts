import type { PatchOperation } from '../../patch/operations';
import type { CarbonFile } from '../carbon-file';
import { placeInOrder } from '../element-order';

/** `carbon.xml`: the port offset and the host names of a server. Its root has a default namespace. */
export const carbonXml: CarbonFile = {
  name: 'carbon.xml',
  path: 'carbon.xml',
  summary: 'Ports/Offset; HostName, the virtual host of the cluster; MgtHostName, on a manager.',
  need: (role) => (role.isLoadBalancer ? 'optional' : 'required'),
  recipe: ({ node, role, topology }) => {
    const { hostName, mgtHostName } = topology.frontEnd;
    const offset = setOffset(String(node.offset));
    if (role.isLoadBalancer) return { operations: offset, notes: [] };
    const management = role.servesConsole ? setHost('MgtHostName', mgtHostName) : [];
    return { operations: [...offset, ...setHost('HostName', hostName), ...management], notes: [] };
  },
  settings: [
    { name: 'Ports/Offset', at: '/Server/Ports/Offset' },
    { name: 'HostName', at: '/Server/HostName' },
    { name: 'MgtHostName', at: '/Server/MgtHostName' },
  ],
};

/** The order in which the shipped files document the children of `Server`. */
const documentedOrder = [
  'Name',
  'ServerKey',
  'Version',
  'HostName',
  'MgtHostName',
  'ServerURL',
  'IndexPageURL',
  'ServerRoles',
  'Package',
  'Ports',
];

function setHost(name: 'HostName' | 'MgtHostName', value: string): readonly PatchOperation[] {
  return [
    { op: 'ensureElement', at: '/Server', element: { name, text: value }, place: placeInOrder(documentedOrder, name) },
    { op: 'setText', at: `/Server/${name}`, value },
  ];
}

function setOffset(value: string): readonly PatchOperation[] {
  return [
    {
      op: 'ensureElement',
      at: '/Server',
      element: { name: 'Ports', children: [{ name: 'Offset', text: value }] },
      place: placeInOrder(documentedOrder, 'Ports'),
    },
    {
      op: 'ensureElement',
      at: '/Server/Ports',
      element: { name: 'Offset', text: value },
      place: ['besideSample', 'first'],
    },
    { op: 'setText', at: '/Server/Ports/Offset', value },
  ];
}
