import type { ClusterNode, Member } from '../topology';
import { settle, type Resolution } from './resolution';
import { resolveLocalDatabases } from './resolve-local-databases';
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
  const offsets = assign(resolution, file, { key: 'offset', least: 0 });
  const ports = assign(resolution, file, { key: 'localMemberPort', least: 4000 });
  const databases = resolveLocalDatabases(resolution, file);
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
  refuseSharedHomes(resolution, file, nodes);
  return nodes;
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

interface Numbering {
  readonly key: 'offset' | 'localMemberPort';
  readonly least: number;
}

/** A number that no two nodes of one machine share: the stated ones stay, the others get the lowest free one, in the order of the file. */
function assign(resolution: Resolution, file: ClusterFile, { key, least }: Numbering): readonly number[] {
  const taken = takenNumbers(resolution, file, key);
  const numbers = file.nodes.map((node) => node[key] ?? least);
  const next = new Map<string, number>();
  for (const [index, node] of file.nodes.entries()) {
    const machine = machineOf(file, node);
    if (node[key] === undefined) {
      let free = next.get(machine) ?? least;
      while (taken.get(machine)?.has(free)) free++;
      next.set(machine, free + 1);
      numbers[index] = free;
    }
    settle(resolution, { at: ['nodes', index, key], name: `nodes.${node.name}.${key}` }, node[key], {
      value: numbers[index] as number,
      because: `derived: the lowest ${key} from ${least} on that no other node of its machine has`,
    });
  }
  return numbers;
}

/** The numbers that are stated, by machine; one that two nodes of a machine state is a problem. */
function takenNumbers(
  { problems }: Resolution,
  file: ClusterFile,
  key: Numbering['key'],
): ReadonlyMap<string, ReadonlyMap<number, NodeValues>> {
  const taken = new Map<string, Map<number, NodeValues>>();
  for (const [index, node] of file.nodes.entries()) {
    const number = node[key];
    if (number === undefined) continue;
    const onMachine = taken.get(machineOf(file, node)) ?? new Map<number, NodeValues>();
    taken.set(machineOf(file, node), onMachine);
    const other = onMachine.get(number);
    if (other === undefined) onMachine.set(number, node);
    else {
      const problem = `nodes[${index}].${key}: ${other.name} and ${node.name} run on ${machineName(other, node)} with the same ${key} ${number}; give each its own`;
      problems.push({ at: ['nodes', index, key], problem });
    }
  }
  return taken;
}

/** What tells machines apart: the address of the host where `hosts` has it, else the host as it is written. */
export function machineOf({ hosts = {} }: Pick<ClusterFile, 'hosts'>, { host }: { readonly host: string }): string {
  return (Object.hasOwn(hosts, host) ? hosts[host] : undefined) ?? host;
}

function machineName(one: { readonly host: string }, other: { readonly host: string }): string {
  return one.host === other.host ? one.host : `one machine, ${one.host} and ${other.host},`;
}

function addressOf(file: ClusterFile, host: string): { readonly value: string; readonly because: string } {
  const address = machineOf(file, { host });
  return address === host
    ? { value: host, because: 'derived: the host of the node' }
    : { value: address, because: `derived: the address of ${host} in hosts` };
}

function refuseSharedHomes({ problems }: Resolution, file: ClusterFile, nodes: readonly ClusterNode[]): void {
  const seen = new Map<string, ClusterNode>();
  for (const [index, node] of nodes.entries()) {
    if (node.home === undefined) continue;
    const key = JSON.stringify([machineOf(file, node), node.home]);
    const other = seen.get(key);
    if (other !== undefined) {
      const problem = `nodes[${index}].home: ${other.name} and ${node.name} run on ${machineName(other, node)} from one home; give each its own`;
      problems.push({ at: ['nodes', index, 'home'], problem });
    }
    seen.set(key, node);
  }
}

function parseMember(member: string): Member {
  const colon = member.lastIndexOf(':');
  return { hostName: member.slice(0, colon), port: Number(member.slice(colon + 1)) };
}
