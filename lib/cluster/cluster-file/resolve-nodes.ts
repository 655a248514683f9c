import { roleOf, type RoleName } from '../roles';
import type { ClusterNode, Member } from '../topology';
import { settle, type Resolution } from './resolution';
import type { ClusterFile } from './schema';
import type { ValuePath } from './source';

type NodeValues = ClusterFile['nodes'][number];

/** The nodes of a cluster file, in its order, with every value that was left out derived. */
export function resolveNodes(
  resolution: Resolution,
  file: ClusterFile,
  resolveHome: (home: string) => string,
): readonly ClusterNode[] {
  refuseRepeatedNames(resolution, file.nodes);
  const offsets = assign(resolution, file, { key: 'offset', least: 0, what: 'offset' });
  const ports = assign(resolution, file, { key: 'localMemberPort', least: 4000, what: 'localMemberPort' });
  const databases = localDatabases(resolution, file);
  const nodes = file.nodes.map((values, index) => {
    const place = (key: string): { readonly at: ValuePath; readonly name: string } => ({
      at: ['nodes', index, key],
      name: `nodes.${values.name}.${key}`,
    });
    const home = values.home === undefined ? undefined : resolveHome(values.home);
    if (home !== undefined) settle(resolution, place('home'), home, { value: home, because: '' });
    return {
      name: values.name,
      role: values.role,
      host: settle(resolution, place('host'), values.host, { value: values.host, because: '' }),
      memberHost: values.memberHost,
      localMemberHost: settle(
        resolution,
        place('localMemberHost'),
        values.localMemberHost,
        addressOf(file, values.host),
      ),
      localMemberPort: ports[index] ?? 0,
      offset: offsets[index] ?? 0,
      home,
      members: values.members?.map(parseMember),
      subDomain: values.subDomain,
      properties: Object.fromEntries(
        Object.entries(values.properties ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      hostName: values.hostName,
      mgtHostName: values.mgtHostName,
      localRegistryDatabase: databases[index],
    };
  });
  refuseSharedHomes(resolution, nodes);
  return nodes;
}

/** The order in which servers are started: load balancers, then those that own the registry, then the others. */
export function startOrder<Node extends { readonly role: RoleName }>(nodes: readonly Node[]): readonly Node[] {
  const rank = ({ role }: Node): number => (roleOf(role).isLoadBalancer ? 0 : roleOf(role).writesRegistry ? 1 : 2);
  return nodes.toSorted((a, b) => rank(a) - rank(b));
}

function refuseRepeatedNames({ problems }: Resolution, nodes: readonly NodeValues[]): void {
  const seen = new Map<string, number>();
  for (const [index, { name }] of nodes.entries()) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else
      problems.push({
        at: ['nodes', index, 'name'],
        problem: `nodes[${index}].name: ${name} is the name of nodes[${first}] already; give each node its own`,
      });
  }
}

interface Assigned {
  readonly key: 'offset' | 'localMemberPort';
  readonly least: number;
  readonly what: string;
}

/** A number that no two nodes of one machine share: the stated ones stay, the others get the lowest free one in start order. */
function assign(resolution: Resolution, file: ClusterFile, { key, least, what }: Assigned): readonly number[] {
  const machineOf = ({ host }: NodeValues): string => file.hosts?.[host] ?? host;
  const taken = new Map<string, Map<number, number>>();
  const numbers: number[] = file.nodes.map((node) => node[key] ?? -1);
  for (const [index, node] of file.nodes.entries()) {
    const stated = node[key];
    if (stated === undefined) continue;
    const onMachine = taken.get(machineOf(node)) ?? new Map<number, number>();
    taken.set(machineOf(node), onMachine);
    const other = onMachine.get(stated);
    if (other === undefined) onMachine.set(stated, index);
    else {
      const problem = `nodes[${index}].${key}: ${node.name} and ${file.nodes[other]?.name} run on ${node.host} with the same ${what} ${stated}; give each its own`;
      resolution.problems.push({ at: ['nodes', index, key], problem });
    }
  }
  const inOrder = startOrder(file.nodes.map(({ role }, index) => ({ role, index })));
  const next = new Map<string, number>();
  for (const { index } of inOrder) {
    const node = file.nodes[index] as NodeValues;
    const machine = machineOf(node);
    if (node[key] === undefined) {
      const onMachine = taken.get(machine) ?? new Map<number, number>();
      let free = next.get(machine) ?? least;
      while (onMachine.has(free)) free++;
      next.set(machine, free + 1);
      numbers[index] = free;
    }
    const because = `derived: the lowest ${what} from ${least} on that no other node of its machine has`;
    settle(resolution, { at: ['nodes', index, key], name: `nodes.${node.name}.${key}` }, node[key], {
      value: numbers[index] as number,
      because,
    });
  }
  return numbers;
}

function addressOf({ hosts = {} }: ClusterFile, host: string): { readonly value: string; readonly because: string } {
  const address = hosts[host];
  return address === undefined
    ? { value: host, because: 'derived: the host of the node' }
    : { value: address, because: `derived: the address of ${host} in hosts` };
}

/** The database of each node's local registry; `undefined` for a load balancer and where the home keeps its own. */
function localDatabases(resolution: Resolution, { nodes, database }: ClusterFile): readonly (string | undefined)[] {
  const pattern = database.names?.local ?? 'REGISTRY_LOCAL{number}';
  const inOrder = startOrder(nodes.map((node, index) => ({ ...node, index }))).filter(
    ({ role }) => !roleOf(role).isLoadBalancer,
  );
  const names: (string | undefined)[] = nodes.map(() => undefined);
  const owners = new Map<string, string>();
  for (const [position, { index, name, localRegistryDatabase }] of inOrder.entries()) {
    if ((database.layout ?? 'shared') === 'single') continue;
    const stated = localRegistryDatabase === false ? undefined : localRegistryDatabase;
    const isKept = localRegistryDatabase === false || (localRegistryDatabase === undefined && pattern === false);
    if (isKept) continue;
    const derived = String(pattern)
      .replaceAll('{number}', String(position + 1))
      .replaceAll('{node}', name);
    const place = { at: ['nodes', index, 'localRegistryDatabase'], name: `nodes.${name}.localRegistryDatabase` };
    const value = settle(resolution, place, stated, { value: derived, because: `derived from ${String(pattern)}` });
    names[index] = value;
    const owner = owners.get(value);
    if (owner !== undefined) {
      const problem = `nodes[${index}].localRegistryDatabase: ${owner} and ${name} would share the local registry ${value}; give each its own`;
      resolution.problems.push({ at: ['nodes', index, 'localRegistryDatabase'], problem });
    }
    owners.set(value, name);
  }
  return names;
}

function refuseSharedHomes({ problems }: Resolution, nodes: readonly ClusterNode[]): void {
  const seen = new Map<string, string>();
  for (const [index, { name, host, home }] of nodes.entries()) {
    if (home === undefined) continue;
    const key = JSON.stringify([host, home]);
    const other = seen.get(key);
    if (other !== undefined)
      problems.push({
        at: ['nodes', index, 'home'],
        problem: `nodes[${index}].home: ${other} and ${name} run on ${host} from one home; give each its own`,
      });
    seen.set(key, name);
  }
}

function parseMember(member: string): Member {
  const colon = member.lastIndexOf(':');
  return { hostName: member.slice(0, colon), port: Number(member.slice(colon + 1)) };
}
