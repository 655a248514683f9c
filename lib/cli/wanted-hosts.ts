import { namesOfClients, namesOfNodes, withNames, addressOfNode, type NeededName } from '../cluster/node-names';
import type { ClusterNode, ClusterTopology } from '../cluster/topology';
import type { HostsEntry } from '../plan/plan-hosts-file';
import { nodesOfMachine } from '../plan/select-nodes';
import type { HostsReport } from '../report/hosts-json';
import { findCluster, noClusterFile } from './cluster-source';
import { say, type Io } from './io';
import type { ClusterArguments } from './options';

/**
 * The hosts lines that the options mean. Names without an address are told on stderr, and so are nodes of the same machine
 * that need others. Throws as `findCluster` and `nodesOfMachine` do, and NODE_CHOICE_UNCLEAR where there is no cluster file.
 */
export async function wantedHosts(
  args: ClusterArguments & { readonly clients: boolean | undefined; readonly write: string | undefined },
  io: Io,
): Promise<HostsReport> {
  const cluster = await findCluster(args, io, 'optional');
  if (cluster === undefined) throw noClusterFile();
  const { topology } = cluster;
  const isForClientsOnly = args.clients && args.node === undefined;
  const nodes = isForClientsOnly ? [] : nodesOfMachine(topology, args.node ?? [], io.addresses());
  const ofNodes = namesOfNodes(nodes, topology);
  const names = args.clients ? withNames(ofNodes, namesOfClients(topology)) : ofNodes;
  for (const { name, uses, address } of names)
    if (address === undefined)
      say(
        io,
        `Note: ${name} (${uses.join(', ')}) has no address in hosts of ${cluster.path}; add it there, or have DNS know it.`,
      );
  if (args.write !== undefined) tellNeighbours(nodes, names, topology, io);
  const unknown = names.filter(({ address }) => address === undefined);
  return {
    block: { domain: topology.domain, entries: names.flatMap(entryOf) },
    unknown: unknown.map(({ name, uses }) => ({ name, why: uses.join(', ') })),
  };
}

function entryOf({ name, uses, address }: NeededName): readonly HostsEntry[] {
  return address === undefined ? [] : [{ name, address: address.replace(/^\[|\]$/g, ''), why: uses.join(', ') }];
}

/** A hosts file is of a machine, and the block of the cluster in it is one: what another node of the machine needs would be missing. */
function tellNeighbours(
  nodes: readonly ClusterNode[],
  names: readonly NeededName[],
  topology: ClusterTopology,
  io: Io,
): void {
  const addresses = new Set(nodes.map((node) => addressOfNode(node, topology)));
  const kept = new Set(names.map(({ name }) => name.toLowerCase()));
  for (const node of topology.nodes) {
    const address = addressOfNode(node, topology);
    if (nodes.includes(node) || address === undefined || !addresses.has(address)) continue;
    const missing = namesOfNodes([node], topology).filter(({ name }) => !kept.has(name.toLowerCase()));
    if (missing.length > 0)
      say(
        io,
        `Note: ${node.name} runs on this machine too and needs ${missing.map(({ name }) => name).join(', ')}; name it with --node as well.`,
      );
  }
}
