import type { DatasourceFacts } from '../../carbon/facts/datasource-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { databaseKindOfUrl, databaseKinds } from '../../database/kinds';
import type { CheckedNode } from '../checked-cluster';
import { groupBy } from '../group-by';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';
import { settingOf } from '../used-databases';

/** Connections are tested with a query that the database answers. */
export const validationQueriesValid: Rule = {
  title:
    'The validationQuery of a datasource is one that its database answers, and is there where connections are tested.',
  why: 'With a query that the database refuses no connection passes the test; without any, dead connections are handed out after the database was away.',
  severities: ['warning'],
  evaluate: ({ nodes }) => {
    const faults = nodes.flatMap((node) => inOneSentence(node.facts.datasources.flatMap((one) => faultsOf(node, one))));
    return [...groupBy(faults, ({ names, what }) => `${names} ${what}`).values()].map(findingOf);
  },
};

interface Fault {
  readonly node: CheckedNode;
  /** The JNDI names that it is about. */
  readonly names: string;
  readonly place: Sourced<unknown>;
  readonly what: string;
  readonly fix: string;
}

function faultsOf(node: CheckedNode, datasource: DatasourceFacts): readonly Fault[] {
  const kind = databaseKindOfUrl(settingOf(datasource, 'url')?.value ?? '');
  if (kind === undefined) return [];
  const { label, refusedQueries, validationQuery: right } = databaseKinds[kind];
  const query = datasource.settings.get('validationQuery');
  const fault = { node, names: datasource.jndiName.value || datasource.name.value };
  if (query !== undefined && refusedQueries.some((refused) => refused.test(query.value))) {
    return [
      {
        ...fault,
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
      ...fault,
      place,
      what: `has ${tested} true but no validationQuery, so that nothing is tested`,
      fix: setTo(right),
    },
  ];
}

function setTo(query: string): string {
  return `set validationQuery to ${query}`;
}

/** Datasources of one node with one fault, as where all are tested with the query of another product. */
function inOneSentence(faults: readonly Fault[]): readonly Fault[] {
  return [...groupBy(faults, ({ what }) => what).values()].map((group) => ({
    ...group[0],
    names: listWords(
      group.map(({ names }) => names),
      'more',
    ),
  }));
}

function findingOf(group: readonly [Fault, ...Fault[]]): Finding {
  const [{ names, place, what, fix }] = group;
  const nodes = group.map(({ node }) => node);
  return {
    severity: 'warning',
    nodes,
    place: placeOf(place),
    what: `on ${nameNodes(nodes)} the pool of ${names} ${what}`,
    fix,
  };
}
