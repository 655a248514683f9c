import { startOrder } from '../cluster/cluster-file/start-order';
import { roleOf } from '../cluster/roles';
import { databaseSteps, prepareSteps, undoSteps, verifySteps } from './prepare-steps';
import type { Runbook, RunbookPart, RunbookStep } from './runbook';
import type { RunbookNode, RunbookRequest } from './runbook-request';
import { startStep, stopSteps } from './start-steps';

/**
 * The steps that bring nodes up, in their order: databases, then each machine is prepared, then the servers are started one
 * after the other, load balancers first, then managers, then workers, and looked at together; and the way back. What is
 * done on one machine without another one in between is one part.
 */
export function makeRunbook(request: RunbookRequest): Runbook {
  const { topology, clusterFile, nodes } = request;
  const machineOf = ({ node: { host } }: RunbookNode): string =>
    (Object.hasOwn(topology.hosts, host) ? topology.hosts[host] : undefined) ?? host;
  const ordered = inStartOrder(nodes, machineOf);
  const byMachine = groupsOf(ordered, machineOf, 'all');
  const starts = groupsOf(ordered, machineOf, 'neighbours');
  const needsDatabase = nodes.some(({ node }) => !roleOf(node.role).isLoadBalancer);
  const database = { name: 'databases', title: 'Databases', machine: undefined, steps: databaseSteps(request) };
  const parts: readonly Omit<RunbookPart, 'direction'>[] = [
    ...(needsDatabase ? [database] : []),
    ...numbered('prepare', 'Prepare', byMachine, (group) => prepareSteps(group, request)),
    ...numbered('start', 'Start', starts, (group) => group.map((one) => startStep(one, request))),
    ...numbered('verify', 'Look at the whole cluster', byMachine, (group) => verifySteps(group, request)),
  ];
  const back = [
    ...numbered('stop', 'Stop', byMachine.toReversed(), (group) => stopSteps(group.toReversed(), request)),
    ...numbered('undo', 'Take the files back', byMachine, (group) => undoSteps(group, request)),
  ];
  return {
    clusterFile,
    domain: topology.domain,
    parts: [
      ...parts.map((part) => ({ ...part, direction: 'forward' as const })),
      ...back.map((part) => ({ ...part, direction: 'back' as const })),
    ],
  };
}

interface MachineGroup {
  readonly machine: string;
  readonly nodes: RunbookNode[];
}

/** Nodes of one kind go by machine, so that nobody has to go back and forth. */
function inStartOrder(nodes: readonly RunbookNode[], machineOf: (node: RunbookNode) => string): readonly RunbookNode[] {
  const ordered = startOrder(nodes.map((one) => ({ ...one, role: one.node.role })));
  const machines = [...new Set(ordered.map(machineOf))];
  const kind = ({ node: { role } }: RunbookNode): string =>
    JSON.stringify([roleOf(role).isLoadBalancer, roleOf(role).writesRegistry]);
  const kinds = [...new Set(ordered.map(kind))];
  return kinds.flatMap((one) => {
    const ofKind = ordered.filter((node) => kind(node) === one);
    return machines.flatMap((machine) => ofKind.filter((node) => machineOf(node) === machine));
  });
}

/** All nodes of each machine together, or only those that follow each other. */
function groupsOf(
  nodes: readonly RunbookNode[],
  machineOf: (node: RunbookNode) => string,
  which: 'all' | 'neighbours',
): readonly MachineGroup[] {
  const groups: MachineGroup[] = [];
  for (const node of nodes) {
    const machine = machineOf(node);
    const group = which === 'all' ? groups.find((one) => one.machine === machine) : groups.at(-1);
    if (group?.machine === machine) group.nodes.push(node);
    else groups.push({ machine, nodes: [node] });
  }
  return groups;
}

/** A part for each group; a single one needs no number. */
function numbered(
  name: string,
  title: string,
  groups: readonly MachineGroup[],
  stepsOf: (nodes: readonly RunbookNode[]) => readonly RunbookStep[],
): readonly Omit<RunbookPart, 'direction'>[] {
  return groups.map(({ machine, nodes }, index) => ({
    name: groups.length === 1 ? name : `${name}-${index + 1}`,
    title: `${title}: ${nodes.map(({ node }) => node.name).join(', ')}`,
    machine,
    steps: stepsOf(nodes),
  }));
}
