import { nodeOverrides, type TopologyOverrides } from '../cluster/overrides';
import { CarbonPatchError } from '../errors';
import { readSecret } from '../plan/read-secret';
import type { Io } from './io';
import type { NodeArguments } from './options';

/** What the options want otherwise than the cluster says. Throws FILE_UNREADABLE where the password file cannot be read. */
export async function overridesOf(args: NodeArguments, io: Io): Promise<TopologyOverrides> {
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

/** Options that say something about one node must not be given for several. Throws NODE_CHOICE_UNCLEAR. */
export function refuseNodeOverrides(overrides: TopologyOverrides, count: number): void {
  const given = nodeOverrides.filter((name) => overrides[name] !== undefined).map((name) => optionNames[name]);
  if (given.length === 0) return;
  const problem = `${given.join(', ')}: is about one node, but ${count} are meant`;
  throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', {
    problem,
    advice: 'name one with --node, or write it into the cluster file',
  });
}

const optionNames = {
  host: '--host',
  localMemberPort: '--local-member-port',
  offset: '--port-offset',
  members: '--member',
} as const;

/** Plain decimal digits only; anything else becomes NaN, which is refused with the range that is wanted. */
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
