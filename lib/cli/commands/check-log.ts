import type { LogQuestion } from '../../log/log-question';
import type { LogVerdict } from '../../log/verdict';
import { jsonText } from '../../text/json-text';
import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say, usesColor, type Io } from '../io';
import { clusterOptions, flag, value, type ClusterArguments } from '../options';

const options = {
  ...clusterOptions,
  node: { ...value, group: clusterOptions.node.group, describe: 'The node whose log it is; needs --cluster' },
  'own-start': { ...flag, describe: 'Do not ask for members that are started after this node' },
  follow: { ...flag, describe: 'Wait until everything is there, or an error ends the start' },
  timeout: { ...value, describe: 'How long --follow waits at most, such as 90s, 5m or 1h; 5m where it is left out' },
  skip: { ...value, describe: 'Bytes at the beginning of the log that do not count, as they are of earlier starts' },
  json: { ...flag, describe: 'Print one JSON document on stdout, also where it is an error' },
} as const;

/** `carbon-patch check-log`: whether a server came up as the cluster file wants it, as its log tells. */
export const checkLog: Command<typeof options> = {
  name: 'check-log',
  usage: 'LOG [--cluster FILE --node NAME] [OPTION]...',
  operand: 'LOG',
  summary: 'Tell from a server log whether the node came up and who joined; exit code 1 where it is not healthy',
  examples: [
    ['$0 check-log /opt/esb/repository/logs/wso2carbon.log', 'What the log of a server tells'],
    [
      '$0 check-log worker1.log --cluster carbon-cluster.yaml --node worker1',
      'Whether it is what the cluster file says of the node',
    ],
    [
      '$0 check-log worker1.log --cluster carbon-cluster.yaml --node worker1 --follow',
      'Wait until the node has come up',
    ],
  ],
  options,
  run: async (args, io, log) => {
    const { timeout, skip } = await readNumbers(args);
    const question = await questionOf(args, io);
    const asked = { ...(question === undefined ? {} : { question }), skip };
    const verdict = args.follow
      ? await follow(log, { ...asked, limit: timeout }, io)
      : await (await import('../../plan/check-log')).checkLog(log, asked);
    if (args.json) {
      const { logJson } = await import('../../report/log-json');
      io.stdout.write(jsonText(logJson(log, verdict)));
    } else {
      const { logText } = await import('../../report/log-text');
      io.stdout.write(logText(verdict, { color: usesColor(io.stdout, io) }));
    }
    return verdict.isHealthy ? exitCodes.done : exitCodes.differences;
  },
};

const usualTimeout = '5m';

async function readNumbers({
  timeout = usualTimeout,
  skip = '0',
}: {
  readonly timeout: string | undefined;
  readonly skip: string | undefined;
}): Promise<{ readonly timeout: number; readonly skip: number }> {
  const { parseDuration } = await import('../duration');
  const limit = parseDuration(timeout);
  const bytes = /^\d{1,15}$/.test(skip.trim()) ? Number(skip) : undefined;
  if (limit !== undefined && bytes !== undefined) return { timeout: limit, skip: bytes };
  const { CarbonPatchError } = await import('../../errors');
  const problems = [
    ...(limit === undefined ? [`timeout: ${JSON.stringify(timeout)} is no time such as 90s, 5m or 1h, up to 24h`] : []),
    ...(bytes === undefined ? [`skip: ${JSON.stringify(skip)} is no number of bytes`] : []),
  ];
  throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
}

/** `undefined` where no cluster is named; then there is nothing to compare with. */
async function questionOf(
  args: Omit<ClusterArguments, 'node'> & {
    readonly node: string | undefined;
    readonly 'own-start': boolean | undefined;
  },
  io: Io,
): Promise<LogQuestion | undefined> {
  const { node: name, 'own-start': isOwnStart = false, ...rest } = args;
  if (name === undefined && args.cluster === undefined && !isOwnStart) return undefined;
  const [{ findCluster }, { namedNode }, { CarbonPatchError }] = await Promise.all([
    import('../cluster-source'),
    import('../../plan/select-nodes'),
    import('../../errors'),
  ]);
  const cluster = await findCluster({ ...rest, node: undefined }, io, 'optional');
  if (cluster === undefined || name === undefined) {
    const problem =
      cluster === undefined ? 'there is no cluster file to compare the log with' : 'nothing says whose log it is';
    const advice = cluster === undefined ? 'give --cluster FILE, or leave --node out' : 'name the node with --node';
    throw new CarbonPatchError('NODE_CHOICE_UNCLEAR', { problem, advice });
  }
  const { topology } = cluster;
  return { topology, node: namedNode(topology, name), scope: isOwnStart ? 'own-start' : 'cluster' };
}

async function follow(
  log: string,
  asked: { readonly question?: LogQuestion; readonly skip: number; readonly limit: number },
  io: Io,
): Promise<LogVerdict> {
  const [{ followLog }, { statusLine }] = await Promise.all([import('../../plan/check-log'), import('../progress')]);
  const status = statusLine(io);
  const name = asked.question?.node.name ?? 'the server';
  const interruption = io.onInterrupt();
  const { verdict, end } = await followLog(log, {
    ...asked,
    signal: interruption.signal,
    onProgress: (soFar, elapsed) => status.show(`Waiting for ${name}: ${progressOf(soFar)}, ${seconds(elapsed)}`),
  }).finally(interruption.end);
  status.end();
  if (end === 'time is up')
    say(io, `Waited for ${seconds(asked.limit)}, and it is not complete; --timeout waits longer`);
  if (end === 'interrupted') say(io, 'Interrupted; this is what came so far');
  return verdict;
}

function progressOf({ lines, members }: LogVerdict): string {
  const wanted = members.filter(({ state }) => state === 'joined' || state === 'missing' || state === 'left');
  const joined = wanted.filter(({ state }) => state === 'joined').length;
  const came = lines.filter(({ seen }) => seen !== undefined).length;
  return `${came} of ${lines.length} lines${wanted.length === 0 ? '' : `, ${joined} of ${wanted.length} members`}`;
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}
