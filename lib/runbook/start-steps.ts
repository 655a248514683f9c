import { roleOf, type RoleName } from '../cluster/roles';
import type { RunbookNode, RunbookRequest } from './runbook-request';
import type { RunbookStep, StartStep } from './runbook';

/** The log that a server of this home writes. */
export function logOf(home: string): string {
  return `${home.replace(/\/+$/, '')}/repository/logs/wso2carbon.log`;
}

/** How a node is started, and what tells that it came up. */
export function startStep({ node, home, facts }: RunbookNode, request: RunbookRequest): StartStep {
  const { clusterFile } = request;
  const script = facts?.script ?? scriptElsewhere(node.role, home, request);
  const isSetup = needsSetup(node.name, request);
  const { isLoadBalancer, writesRegistry } = roleOf(node.role);
  const isWorker = !isLoadBalancer && !writesRegistry && facts?.isWorkerByScript !== true;
  const log = logOf(home);
  return {
    kind: 'start',
    title: `Start ${node.name}`,
    node: node.name,
    home,
    log,
    command: ['sh', script, ...(isSetup ? ['-Dsetup'] : []), ...(isWorker ? ['-DworkerNode=true'] : [])],
    needsRoot: needsRoot(node.role, facts?.listensLow === true, request),
    wait: [
      ...['carbon-patch', 'check-log', log, '--cluster', clusterFile, '--node', node.name],
      ...['--own-start', '--follow', '--timeout', '10m'],
    ],
    notes: [
      ...(isSetup ? ['-Dsetup makes the tables that are missing; leave it out of every later start.'] : []),
      ...(facts === undefined ? ['The home is not on this machine, so its start script was not looked at.'] : []),
    ],
  };
}

/** How nodes are stopped: by the process that their homes remember. */
export function stopSteps(nodes: readonly RunbookNode[], request: RunbookRequest): readonly RunbookStep[] {
  return nodes.map((one) => {
    const { needsRoot: isRoot, command } = startStep(one, request);
    return {
      kind: 'run',
      title: `Stop ${one.node.name}`,
      command: [...(isRoot ? ['sudo', '-E'] : []), ...command.slice(0, 2), 'stop'],
      notes: /\s/.test(one.home)
        ? [
            'The scripts of early versions fail here, as the path has a blank; then end the process whose number is in wso2carbon.pid.',
          ]
        : [],
    };
  });
}

/** Nodes of one cluster are one product; so one that is not here has the script that its sisters have. */
function scriptElsewhere(role: RoleName, home: string, { nodes }: RunbookRequest): string {
  if (roleOf(role).isLoadBalancer) return `${home}/bin/wso2server.sh`;
  const sister = nodes.find(({ node, facts }) => facts !== undefined && !roleOf(node.role).isLoadBalancer);
  const isIntegrator = sister?.facts?.script.endsWith('/bin/integrator.sh') === true;
  return `${home}/bin/${isIntegrator ? 'integrator.sh' : 'wso2server.sh'}`;
}

/** Only one node makes the tables, and only once: nodes that do it together get in each other's way. */
function needsSetup(name: string, { topology, nodes, tables }: RunbookRequest): boolean {
  if (tables !== 'setup') return false;
  const first = topology.nodes.find(({ role }) => roleOf(role).writesRegistry);
  return first?.name === name && nodes.find(({ node }) => node.name === name)?.facts?.hasBeenStarted !== true;
}

function needsRoot(role: RoleName, listensLow: boolean, { topology: { frontEnd } }: RunbookRequest): boolean {
  const isLowInFront = frontEnd.httpPort < lowest || frontEnd.httpsPort < lowest;
  return listensLow || (roleOf(role).isLoadBalancer && isLowInFront);
}

/** Ports below need root on Linux. */
const lowest = 1024;
