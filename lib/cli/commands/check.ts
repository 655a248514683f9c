import type { InferredOptionTypes } from 'yargs';
import type { CheckedCluster } from '../../check/checked-cluster';
import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { jsonText } from '../../text/json-text';
import { say, usesColor, type Io } from '../io';
import { clusterOptions, flag, homesOption, value } from '../options';

const formats = ['text', 'json', 'sarif'] as const;

const options = {
  ...clusterOptions,
  ...homesOption,
  connect: { ...flag, describe: 'Open the databases of the datasources too, and look for tables; only reads' },
  'connect-timeout': {
    ...value,
    describe: 'Seconds that opening one database may take, 1 to 600; 5 where it is left out',
  },
  all: { ...flag, describe: 'Report remarks too, which are no problems' },
  strict: { ...flag, describe: 'Exit code 1 also where there are only warnings' },
  format: { ...value, describe: 'text, json, or sarif for code review tools' },
  json: { ...flag, describe: 'The same as --format json' },
} as const;

/** `carbon-patch check`: whether homes, edited by whomever, form one cluster. */
export const check: Command<typeof options> = {
  name: 'check',
  usage: '[--cluster FILE [--node NAME]... | --home DIR...] [OPTION]...',
  summary: 'Check whether homes form one cluster, whoever edited them; exit code 1 where one of them is wrong',
  examples: [
    ['$0 check --cluster carbon-cluster.yaml', 'Compare the homes on this machine with the cluster file'],
    ['$0 check --home /opt/esb1 --home /opt/esb2', 'Compare homes with each other'],
    ['$0 check --cluster carbon-cluster.yaml --connect', 'Ask the databases of the nodes on this machine too'],
    ['$0 check --cluster carbon-cluster.yaml --strict --format sarif > check.sarif', 'For a code review tool'],
  ],
  options,
  run: async (args, io) => {
    const [{ checkTargets }, { checkHomes }, { checkCluster }, { progressLine }, { CarbonPatchError }] =
      await Promise.all([
        import('../check-targets'),
        import('../../plan/check-homes'),
        import('../../check/check-cluster'),
        import('../progress'),
        import('../../errors'),
      ]);
    const { format, timeout, problems } = readOptions(args);
    if (problems.length > 0) throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
    const { targets, cluster } = await checkTargets(args, io);
    const progress = progressLine('Checking', io);
    const read = await checkHomes(targets, cluster?.topology, { onProgress: progress.onProgress });
    progress.end();
    // A home that is not there is a mistake in the question; one that cannot be patched is an answer.
    const missing = read.unopened.filter(({ code }) => code === 'HOME_NOT_FOUND');
    if (missing.length > 0) {
      const { maskProse } = await import('../../report/mask-secrets');
      for (const { message } of missing) say(io, `carbon-patch: ${maskProse(message)}`);
      return exitCodes.refused;
    }
    const result = checkCluster(args.connect ? await opened(read, timeout, io) : read);
    const all = args.all ?? false;
    const shown = { ...result, findings: result.findings.filter(({ severity }) => all || severity !== 'info') };
    const about = cluster === undefined ? {} : { clusterFile: cluster.path };
    if (format === 'text') {
      const { findingsText } = await import('../../report/findings-text');
      io.stdout.write(findingsText(result, { ...about, all, color: usesColor(io.stdout, io) }));
    } else {
      const document =
        format === 'json'
          ? (await import('../../report/findings-json')).findingsJson(shown, about)
          : (await import('../../report/sarif')).sarifLog(shown, { ...about, version: io.version });
      io.stdout.write(jsonText(document));
    }
    say(io, `${targets.length} home${targets.length === 1 ? '' : 's'} checked`);
    const bad = args.strict ? ['error', 'warning'] : ['error'];
    return result.findings.some(({ severity }) => bad.includes(severity)) ? exitCodes.differences : exitCodes.done;
  },
};

interface ReadOptions {
  readonly format: (typeof formats)[number];
  /** In seconds. */
  readonly timeout: number;
  readonly problems: readonly string[];
}

function readOptions(args: InferredOptionTypes<typeof options>): ReadOptions {
  const { json, connect, format: name = 'text', 'connect-timeout': seconds } = args;
  const format = formats.find((one) => one === (json ? 'json' : name));
  const timeout = secondsOf(seconds ?? '5');
  return {
    format: format ?? 'text',
    timeout: timeout ?? 5,
    problems: [
      ...(format === undefined ? [`format: ${JSON.stringify(name)} is none; it must be ${formats.join(', ')}`] : []),
      ...(timeout === undefined
        ? [`connect-timeout: ${JSON.stringify(seconds)} must be a whole number from 1 to 600`]
        : []),
      ...(seconds !== undefined && !connect ? ['connect-timeout: means nothing without --connect'] : []),
    ],
  };
}

/** The homes with their databases opened; the drivers are loaded only here. */
async function opened(cluster: CheckedCluster, seconds: number, io: Io): Promise<CheckedCluster> {
  const [{ probeDatabases }, { progressLine }] = await Promise.all([
    import('../../plan/probe-databases'),
    import('../progress'),
  ]);
  const progress = progressLine('Asking databases', io);
  const { onProgress } = progress;
  const asked = await probeDatabases(cluster, { timeout: seconds * 1000, addresses: io.addresses(), onProgress });
  progress.end();
  return asked;
}

function secondsOf(text: string): number | undefined {
  return /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 600 ? Number(text) : undefined;
}
