import { roleOf } from '../cluster/roles';
import { databaseKinds } from '../database/kinds';
import { isEmbeddedUrl } from '../database/database-kind';
import type { RunbookNode, RunbookRequest } from './runbook-request';
import type { Command, RunbookStep } from './runbook';
import { logOf } from './start-steps';

/** The databases, which have to be there before a manager is started. */
export function databaseSteps({ clusterFile, topology, tables }: RunbookRequest): readonly RunbookStep[] {
  const { label } = databaseKinds[topology.database.kind];
  const tail =
    tables === 'scripts'
      ? 'Run it on the database server as an administrator, with the scripts of the product that it names.'
      : 'Run it on the database server as an administrator, without the scripts of the product: the first start of the manager makes the tables.';
  return [
    {
      kind: 'by-hand',
      title: `Print the script for ${label}`,
      command: ['carbon-patch', 'sql', '--cluster', clusterFile],
      task: tail,
      notes: ['Without --show-secrets it holds no password.'],
    },
  ];
}

/** What each machine needs before its servers are started: host names, files, the driver, and a look at it. */
export function prepareSteps(nodes: readonly RunbookNode[], request: RunbookRequest): readonly RunbookStep[] {
  const { clusterFile, topology } = request;
  const hasNames = Object.keys(topology.hosts).length > 0;
  const hosts = nodes.map(({ node }): RunbookStep => ({
    kind: 'by-hand',
    title: `Print the hosts lines of ${node.name}`,
    command: ['carbon-patch', 'hosts', '--cluster', clusterFile, '--node', node.name],
    task: 'Put them into the hosts file of this machine.',
    notes: [],
  }));
  const balancers = nodes.filter(isBalancer);
  const others = nodes.filter((node) => !isBalancer(node));
  const driver: Command = needsDriver(request) ? ['--jdbc-driver', { variable: 'JDBC_DRIVER' }] : [];
  return [
    ...(hasNames ? hosts : []),
    ...(balancers.length === 0 ? [] : [applyStep(balancers, clusterFile, [])]),
    ...(others.length === 0 ? [] : [applyStep(others, clusterFile, driver)]),
    {
      kind: 'run',
      title: 'Check what is on this machine',
      command: ['carbon-patch', 'check', '--cluster', clusterFile, ...nodeOptions(nodes)],
      notes: ['An error ends it; warnings do not.'],
    },
  ];
}

/** Whether everybody is in one cluster, once all are up. */
export function verifySteps(nodes: readonly RunbookNode[], { clusterFile }: RunbookRequest): readonly RunbookStep[] {
  return nodes.map(({ node, home }) => ({
    kind: 'run',
    title: `Look at the log of ${node.name}`,
    command: ['carbon-patch', 'check-log', logOf(home), '--cluster', clusterFile, '--node', node.name, '--follow'],
    notes: [],
  }));
}

/** The files as they were before the apply; servers have to be stopped. */
export function undoSteps(nodes: readonly RunbookNode[], { clusterFile }: RunbookRequest): readonly RunbookStep[] {
  return [
    {
      kind: 'run',
      title: 'Bring the files of the last apply back',
      command: ['carbon-patch', 'undo', '--cluster', clusterFile, ...nodeOptions(nodes)],
      notes: ['Lines of the hosts file and databases stay.'],
    },
  ];
}

function applyStep(nodes: readonly RunbookNode[], clusterFile: string, driver: Command): RunbookStep {
  return {
    kind: 'run',
    title: `Apply the cluster file to ${nodes.map(({ node }) => node.name).join(', ')}`,
    command: ['carbon-patch', 'apply', '--cluster', clusterFile, ...nodeOptions(nodes), ...driver],
    notes: ['It shows the diff, and on a terminal it asks before it writes.'],
  };
}

function nodeOptions(nodes: readonly RunbookNode[]): readonly string[] {
  return nodes.flatMap(({ node }) => ['--node', node.name]);
}

function isBalancer({ node }: RunbookNode): boolean {
  return roleOf(node.role).isLoadBalancer;
}

/** The driver of H2 is part of every home. */
function needsDriver({ topology: { database } }: RunbookRequest): boolean {
  const isEmbedded = database.urls.from === 'url' && isEmbeddedUrl(database.urls.url);
  return database.kind !== 'h2' && !isEmbedded;
}
