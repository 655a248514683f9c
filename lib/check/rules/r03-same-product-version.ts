import type { CheckedNode } from '../checked-cluster';
import { clusterGroups } from '../cluster-groups';
import { clusteredNodes } from '../clustered-nodes';
import { disagreement } from '../disagreement';
import { placeOf } from '../place-of';
import type { Finding, FindingPlace, Rule } from '../rule';

/** The nodes of one clustering domain are the same product in the same version. */
export const sameProductVersion: Rule = {
  title: 'The nodes of a clustering domain are the same product, in the same version of product and Carbon.',
  why: 'Nodes exchange Java objects and share tables, whose form changes from version to version.',
  severities: ['warning'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((group) => findingsOf(clusteredNodes(group).map(({ node }) => node))),
};

interface Trait {
  readonly name: string;
  readonly read: (node: CheckedNode) => {
    readonly value: string | undefined;
    readonly place: FindingPlace | undefined;
  };
}

/** The product first: the versions of two products say nothing. */
const traits: readonly Trait[] = [
  {
    name: 'the product (ServerKey)',
    read: ({ facts: { carbonXml } }) => ({
      value: carbonXml?.serverKey?.value,
      place: carbonXml?.serverKey && placeOf(carbonXml.serverKey),
    }),
  },
  {
    name: 'the version of the product',
    read: ({ facts: { carbonXml } }) => ({
      value: carbonXml?.version?.value,
      place: carbonXml?.version && placeOf(carbonXml.version),
    }),
  },
  {
    name: 'the version of Carbon',
    read: ({ facts: { home } }) => ({
      value: home.carbonVersion,
      place: { path: 'bin/wso2carbon-version.txt', line: undefined },
    }),
  },
];

function findingsOf(nodes: readonly CheckedNode[]): readonly Finding[] {
  for (const { name, read } of traits) {
    const claims = nodes.map((node) => {
      const { value, place } = read(node);
      return { node, key: value, shown: value ?? '', place };
    });
    const different = disagreement(claims, undefined);
    if (different === undefined) continue;
    return [
      {
        severity: 'warning',
        nodes: different.odd.map(({ node }) => node),
        place: different.odd[0].place,
        what: `${name} ${different.what}`,
        fix: 'run the same release, with the same updates, on every node of the domain',
      },
    ];
  }
  return [];
}
