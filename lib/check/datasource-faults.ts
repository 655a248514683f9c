import type { DatasourceFacts } from '../carbon/facts/datasource-facts';
import type { Sourced } from '../carbon/facts/sourced';
import type { CheckedNode } from './checked-cluster';
import { groupBy } from './group-by';
import { listWords, nameNodes } from './name-nodes';
import { placeOf } from './place-of';
import type { Finding, Severity } from './rule';

/** What is wrong with one datasource. */
export interface DatasourceFault {
  readonly place: Sourced<unknown>;
  /** Follows the names of the datasources; without a final dot. */
  readonly what: string;
  readonly fix: string;
}

/** How the faults of a rule are told. */
export interface FaultTelling {
  readonly severity: Severity;
  /** The whole sentence of the names of datasources, the names of nodes and the fault. */
  readonly sentence: (datasources: string, nodes: string, what: string) => string;
}

/** One finding for each fault, whichever datasources of whichever nodes have it; where nodes differ in the datasources, one each. */
export function datasourceFindings(
  nodes: readonly CheckedNode[],
  faultsOf: (datasource: DatasourceFacts) => readonly DatasourceFault[],
  { severity, sentence }: FaultTelling,
): readonly Finding[] {
  const told = nodes.flatMap((node) => {
    const faults = node.facts.datasources.flatMap((one) =>
      faultsOf(one).map((fault) => ({ ...fault, node, name: one.jndiName.value || one.name.value })),
    );
    return [...groupBy(faults, ({ what }) => what).values()].map((group) => ({
      ...group[0],
      names: listWords(
        group.map(({ name }) => name),
        'more',
      ),
    }));
  });
  return [...groupBy(told, ({ names, what }) => `${names} ${what}`).values()].map((group) => {
    const [{ names, place, what, fix }] = group;
    const having = group.map(({ node }) => node);
    return { severity, nodes: having, place: placeOf(place), what: sentence(names, nameNodes(having), what), fix };
  });
}
