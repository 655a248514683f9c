import type { CheckedCluster, ProbedDatabase } from '../checked-cluster';
import { groupBy } from '../group-by';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** What could not be opened is told, so that nobody takes it for right. */
export const databasesLookedAt: Rule = {
  title: 'With `--connect`: which databases were not opened, and why.',
  why: 'What nobody has looked at may be right or wrong.',
  severities: ['info'],
  evaluate: ({ databases = [] }: CheckedCluster) => {
    const skipped = databases.flatMap((database) =>
      'because' in database.opening ? [{ database, because: database.opening.because }] : [],
    );
    return [...groupBy(skipped, ({ because }) => because).values()].map((group) =>
      findingOf(
        group.map(({ database }) => database),
        group[0].because,
      ),
    );
  },
};

function findingOf(databases: readonly ProbedDatabase[], because: string): Finding {
  const nodes = [...new Set(databases.flatMap((database) => database.nodes))];
  const names = [...new Set(databases.flatMap(({ datasources }) => datasources))];
  const [first] = databases;
  return {
    severity: 'info',
    nodes,
    place: first && placeOf(first.place),
    what: `behind ${listWords(names, 'more')} of ${nameNodes(nodes)} no database was looked at: ${because}`,
    fix: 'look at it by hand, where it matters',
  };
}
