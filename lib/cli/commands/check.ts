import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { say, usesColor } from '../io';
import { jsonText } from '../../text/json-text';
import { clusterOptions, flag, homesOption, value } from '../options';

const formats = ['text', 'json', 'sarif'] as const;

const options = {
  ...clusterOptions,
  ...homesOption,
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
    ['$0 check --cluster carbon-cluster.yaml --strict --format sarif > check.sarif', 'For a code review tool'],
  ],
  options,
  run: async (args, io) => {
    const format = formats.find((name) => name === (args.json ? 'json' : (args.format ?? 'text')));
    const [{ checkTargets }, { checkHomes }, { checkCluster }, { progressLine }, { CarbonPatchError }] =
      await Promise.all([
        import('../check-targets'),
        import('../../plan/check-homes'),
        import('../../check/check-cluster'),
        import('../progress'),
        import('../../errors'),
      ]);
    if (format === undefined) {
      const problems = [`format: ${JSON.stringify(args.format)} is none; it must be ${formats.join(', ')}`];
      throw new CarbonPatchError('TOPOLOGY_INVALID', { problems });
    }
    const { targets, cluster } = await checkTargets(args, io);
    const progress = progressLine('Checking', io);
    const homes = await checkHomes(targets, cluster?.topology, { onProgress: progress.onProgress });
    progress.end();
    // A home that is not there is a mistake in the question; one that cannot be patched is an answer.
    const missing = homes.unopened.filter(({ code }) => code === 'HOME_NOT_FOUND');
    if (missing.length > 0) {
      const { maskProse } = await import('../../report/mask-secrets');
      for (const { message } of missing) say(io, `carbon-patch: ${maskProse(message)}`);
      return exitCodes.refused;
    }
    const result = checkCluster(homes);
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
