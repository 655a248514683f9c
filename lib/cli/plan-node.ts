import { describeHome, type CarbonHome } from '../carbon/carbon-home';
import { exampleCluster } from '../cluster/example-cluster';
import { chooseNode, type NodeChoice, type TopologyOverrides } from '../cluster/overrides';
import { roleNames } from '../cluster/roles';
import { CarbonPatchError, isCarbonPatchError } from '../errors';
import { makePlan } from '../plan/make-plan';
import { openHome } from '../plan/open-home';
import type { Plan } from '../plan/plan';
import { readSecret } from '../plan/read-secret';
import { inWords } from './in-words';
import { say, type Io } from './io';
import type { NodeArguments } from './options';
import { mentionUnfinishedRun, settleUnfinishedRun } from './unfinished-run';

/** A home with what has to change in it. */
export interface PlannedHome {
  readonly home: CarbonHome;
  readonly plan: Plan;
}

/**
 * Recognises the home, says on stderr what was found and which cluster is used, and makes the plan. Where the plan is to
 * be written, what a killed run left is put in order first; nothing else is written, and not even that where a value is
 * wrong or the home is no home. Throws as `chooseNode`, `openHome` and `makePlan` do, and FILE_UNREADABLE.
 */
export async function planNode(args: NodeArguments, io: Io, purpose: 'write' | 'show'): Promise<PlannedHome> {
  const { topology, node } = choose(args.role, await overridesOf(args, io));
  const home = await openHome(args.home);
  say(io, `${home.path}: ${describeHome(home)}`);
  const layout = `${topology.database.layout} database layout${exampleHint(args)}`;
  say(io, `No cluster file: node ${node.name} of the built-in example cluster, ${layout}`);
  if (purpose === 'write') await settleUnfinishedRun(home.path, io);
  else await mentionUnfinishedRun(home.path, io);
  return { home, plan: await makePlan(home, topology, node.name, args.only === undefined ? {} : { only: args.only }) };
}

/** As `chooseNode`, for a role that need not be one, so that it is named together with every other wrong value. */
function choose(role: string, overrides: TopologyOverrides): NodeChoice {
  const known = roleNames.find((name) => name === role);
  if (known !== undefined) return chooseNode(exampleCluster, known, overrides);
  const problem = `role: ${JSON.stringify(role)} is no role; it must be ${inWords(roleNames)}`;
  throw new CarbonPatchError('TOPOLOGY_INVALID', { problems: [problem, ...otherProblems(overrides)] });
}

function otherProblems(overrides: TopologyOverrides): readonly string[] {
  try {
    chooseNode(exampleCluster, exampleCluster.nodes[0].role, overrides);
    return [];
  } catch (error) {
    if (isCarbonPatchError(error, 'TOPOLOGY_INVALID')) return error.details.problems;
    throw error;
  }
}

/** An example address that is written to a real node keeps it out of every cluster. */
function exampleHint({ host }: NodeArguments): string {
  return host === undefined ? '; give --host with the IP address of this node, and see --help for the rest' : '';
}

async function overridesOf(args: NodeArguments, io: Io): Promise<TopologyOverrides> {
  const databasePassword = await passwordOf(args, io);
  return withoutUndefined({
    domain: args.domain,
    host: args.host,
    localMemberPort: numberOf(args['local-member-port']),
    offset: numberOf(args['port-offset']),
    hostName: args['host-name'],
    mgtHostName: args['mgt-host-name'],
    members: args.member,
    databaseKind: args['db-type'],
    databaseUrl: args['db-url'],
    databaseHost: args['db-host'],
    databasePort: numberOf(args['db-port']),
    databaseUser: args['db-user'],
    databasePassword,
    databaseLayout: args['db-layout'],
  });
}

/** Plain decimal digits only; anything else becomes NaN, which `chooseNode` refuses with the range that it wants. */
function numberOf(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined;
  return /^(?:0|[1-9]\d*)$/.test(digits) ? Number(digits) : Number.NaN;
}

/** The file wins over the environment: it was named on the command line. */
async function passwordOf(args: NodeArguments, { env }: Io): Promise<string | undefined> {
  const file = args['db-password-file'];
  return file === undefined ? env['CARBON_PATCH_DB_PASSWORD'] || undefined : readSecret(file);
}

type WithoutUndefined<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

function withoutUndefined<Values extends object>(values: Values): WithoutUndefined<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as WithoutUndefined<Values>;
}
