import { databaseKindOfUrl } from '../../database/kinds';
import type { CheckedNode } from '../checked-cluster';
import { nameNodes } from '../name-nodes';
import type { Rule } from '../rule';
import { settingOf } from '../../carbon/facts/datasource-facts';

/** Which script makes the tables of MySQL. */
export const scriptForMysql: Rule = {
  title: 'The tables of MySQL are made with the script that fits its version.',
  why: 'MySQL 5.7 and later can refuse tables of mysql.sql; -Dsetup makes those that are missing and never changes or drops one.',
  severities: ['info'],
  evaluate: ({ nodes }) => {
    const users = nodes.filter(usesMysql);
    const choosing = users.filter(({ facts }) => facts.databaseScripts.includes('mysql5.7.sql'));
    const [first] = choosing;
    if (first === undefined) return [];
    return [
      {
        severity: 'info',
        nodes: choosing,
        place: { path: 'dbscripts/mysql5.7.sql', line: undefined },
        what: `${nameNodes(choosing)} ${choosing.length === 1 ? 'has' : 'have'} two scripts for MySQL, mysql.sql and mysql5.7.sql`,
        fix: 'for MySQL 5.7 and later make the tables with dbscripts/mysql5.7.sql; after that no start with -Dsetup is needed',
      },
    ];
  },
};

function usesMysql({ facts }: CheckedNode): boolean {
  return facts.datasources.some(
    (datasource) => databaseKindOfUrl(settingOf(datasource, 'url')?.value ?? '') === 'mysql',
  );
}
