import type { PatchOperation } from '../../patch/operations';
import type { CarbonFile } from '../carbon-file';
import { placeInOrder } from '../element-order';
import { workerProxyPortNames, workerProxyPorts } from './worker-proxy-ports';
import { deploymentSynchronizer } from './deployment-synchronizer';

/** `carbon.xml`: the port offset and the host names of a server. Its root has a default namespace. */
export const carbonXml: CarbonFile = {
  name: 'carbon.xml',
  path: 'carbon.xml',
  summary:
    'Ports/Offset; HostName, the virtual host of the cluster; MgtHostName, on a manager. With loadBalancer.workerProxyPorts in the cluster file Ports/WorkerHttpProxyPort and WorkerHttpsProxyPort of a manager. With a deployment synchronizer in the cluster file also that: who commits follows from the role, and a password with a secure-vault alias is left alone.',
  need: (role) => (role.isLoadBalancer ? 'optional' : 'required'),
  recipe: (context) => {
    const { node, role, topology } = context;
    const offset = setOffset(String(node.offset));
    if (role.isLoadBalancer) return { operations: offset, notes: [] };
    const hostName = node.hostName ?? topology.frontEnd.hostName;
    const mgtHostName = node.mgtHostName ?? (role.servesConsole ? topology.frontEnd.mgtHostName : undefined);
    const management = mgtHostName === undefined ? [] : setHost('MgtHostName', mgtHostName);
    const proxyPorts = workerProxyPorts(context);
    const synchronizer = deploymentSynchronizer(context);
    return {
      operations: [
        ...offset,
        ...proxyPorts.operations,
        ...setHost('HostName', hostName),
        ...management,
        ...synchronizer.operations,
      ],
      notes: [...proxyPorts.notes, ...synchronizer.notes],
    };
  },
  settings: [
    { name: 'Ports/Offset', at: '/Server/Ports/Offset' },
    ...workerProxyPortNames.map((name) => ({ name: `Ports/${name}`, at: `/Server/Ports/${name}` })),
    { name: 'HostName', at: '/Server/HostName' },
    { name: 'MgtHostName', at: '/Server/MgtHostName' },
    ...['Enabled', 'AutoCommit', 'AutoCheckout', 'RepositoryType', 'SvnUrl', 'GitBaseUrl'].map((name) => ({
      name: `DeploymentSynchronizer/${name}`,
      at: `/Server/DeploymentSynchronizer/${name}`,
    })),
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
