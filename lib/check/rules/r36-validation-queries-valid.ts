import type { DatasourceFacts } from '../../carbon/facts/datasource-facts';
import { databaseKindOfUrl, databaseKinds } from '../../database/kinds';
import { datasourceFindings, type DatasourceFault } from '../datasource-faults';
import type { Rule } from '../rule';
import { settingOf } from '../../carbon/facts/datasource-facts';

/** Connections are tested with a query that the database answers. */
export const validationQueriesValid: Rule = {
  title:
    'The validationQuery of a datasource is one that its database answers, and is there where connections are tested.',
  why: 'With a query that the database refuses no connection passes the test; without any, dead connections are handed out after the database was away.',
  severities: ['warning'],
  evaluate: ({ nodes }) =>
    datasourceFindings(nodes, faultsOf, {
      severity: 'warning',
      sentence: (datasources, having, what) => `on ${having} the pool of ${datasources} ${what}`,
    }),
};

function faultsOf(datasource: DatasourceFacts): readonly DatasourceFault[] {
  const kind = databaseKindOfUrl(settingOf(datasource, 'url')?.value ?? '');
  if (kind === undefined) return [];
  const { label, refusedQueries, validationQuery: right } = databaseKinds[kind];
  const query = datasource.settings.get('validationQuery');
  if (query !== undefined && refusedQueries.some((refused) => refused.test(query.value))) {
    return [
      {
        place: query,
        what: `is tested with ${query.value}, which ${label} does not answer`,
        fix: setTo(right),
      },
    ];
  }
  const tested = ['testOnBorrow', 'testOnReturn', 'testWhileIdle'].find(
    (name) => datasource.settings.get(name)?.value.toLowerCase() === 'true',
  );
  const place = tested === undefined ? undefined : datasource.settings.get(tested);
  const hasValidator = (datasource.settings.get('validatorClassName')?.value ?? '') !== '';
  if (place === undefined || hasValidator || (query?.value ?? '') !== '') return [];
  return [
    {
      place,
      what: `has ${tested} true but no validationQuery, so that nothing is tested`,
      fix: setTo(right),
    },
  ];
}

function setTo(query: string): string {
  return `set validationQuery to ${query}`;
}
