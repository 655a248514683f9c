import { probeFindings } from '../probe-findings';
import type { Rule } from '../rule';

/** What could not be opened is told, so that nobody takes it for right. */
export const databasesLookedAt: Rule = {
  title: 'With `--connect`: which databases were not opened, and why.',
  why: 'What nobody has looked at may be right or wrong: databases without a driver here, passwords of the secure vault, embedded databases.',
  severities: ['info'],
  evaluate: (cluster) =>
    probeFindings(cluster, ({ opening, shown }) => {
      if (!('because' in opening)) return [];
      const fix = 'look at it by hand, where it matters';
      return [
        { severity: 'info', subject: `the database ${shown}`, what: `was not looked at: ${opening.because}`, fix },
      ];
    }),
};
