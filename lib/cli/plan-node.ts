import { describeHome, type CarbonHome } from '../carbon/carbon-home';
import { exampleCluster } from '../cluster/example-cluster';
import { chooseNode, type TopologyOverrides } from '../cluster/overrides';
import { openHome } from '../plan/open-home';
import { makePlan } from '../plan/make-plan';
import { readSecret } from '../plan/read-secret';
import type { Plan } from '../plan/plan';
import type { Io } from './io';
import type { NodeArguments } from './node-options';

/** A home with what has to change in it. */
export interface PlannedHome {
  readonly home: CarbonHome;
  readonly plan: Plan;
}

/** Recognises the home, says on stderr what was found and which cluster is used, and makes the plan. */
export async function planNode(args: NodeArguments, io: Io): Promise<PlannedHome> {
  const { topology, node } = chooseNode(exampleCluster, args.role, await overridesOf(args, io));
  const home = await openHome(args.home);
  io.stderr.write(`${home.path}: ${describeHome(home)}\n`);
  io.stderr.write(
    `No cluster file: node ${node.name} of the built-in example cluster, ${topology.database.layout} database layout${exampleHint(args)}\n`,
  );
  const plan = await makePlan(home, topology, node.name, args.only === undefined ? {} : { only: args.only });
  return { home, plan };
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
    localMemberPort: args['local-member-port'],
    portOffset: args['port-offset'],
    hostName: args['host-name'],
    mgtHostName: args['mgt-host-name'],
    members: args.member,
    databaseKind: args['db-type'],
    databaseUrl: args['db-url'],
    databaseHost: args['db-host'],
    databasePort: args['db-port'],
    databaseUser: args['db-user'],
    databasePassword,
    databaseLayout: args['db-layout'],
  });
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
