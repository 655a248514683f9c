import { databaseUrl } from './database-url';
import { membersOf, type ClusteringAgent } from './members';
import type { Explanation } from './cluster-file/resolution';
import { roleOf } from './roles';
import type { ClusterNode, ClusterTopology } from './topology';

/** What the recipes derive for one node from the rest of the cluster, and from what. */
export function explainNode(
  node: ClusterNode,
  topology: ClusterTopology,
  agent: ClusteringAgent,
): readonly Explanation[] {
  const role = roleOf(node.role);
  const { frontEnd, database, registry } = topology;
  const derived = (path: string, value: string, because: string): Explanation => ({
    path: `nodes.${node.name}.${path}`,
    value,
    origin: `derived: ${because}`,
    isDerived: true,
  });
  const members = membersOf(node, topology, agent).map(({ hostName, port }) => `${hostName}:${port}`);
  const all: Explanation[] = [];
  if (node.members === undefined)
    all.push(
      derived(
        'members',
        members.join(', '),
        `the well-known members that a node of role ${node.role} lists, by ${agent === 'hazelcast' ? 'address' : 'name'}`,
      ),
    );
  if (role.isLoadBalancer) return all;
  if (node.subDomain === undefined && role.subDomain !== undefined)
    all.push(derived('subDomain', role.subDomain, `the role ${node.role}`));
  if (role.servesConsole && topology.nodes.some((other) => roleOf(other.role).isLoadBalancer))
    for (const [front, servlet] of [
      [frontEnd.httpPort, 9763],
      [frontEnd.httpsPort, 9443],
    ] as const)
      all.push(
        derived(
          `port.mapping.${front}`,
          String(servlet + node.offset),
          `servlet port ${servlet} and offset ${node.offset}`,
        ),
      );
  for (const [name, port] of [
    ['http', frontEnd.httpPort],
    ['https', frontEnd.httpsPort],
  ] as const)
    all.push(
      derived(
        `WSDLEPRPrefix of ${name}`,
        `${name}://${node.hostName ?? frontEnd.hostName}:${port}`,
        `hostName and loadBalancer.${name}Port`,
      ),
    );
  if (database.layout === 'shared') {
    const user = database.users.registry?.username ?? database.username;
    all.push(derived('readOnly', String(!role.writesRegistry), `the role ${node.role}`));
    all.push(
      derived('cacheId', `${user}@${databaseUrl(database, registry.database)}`, 'user and URL of the shared registry'),
    );
  }
  return all;
}
