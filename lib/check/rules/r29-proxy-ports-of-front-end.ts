import type { ConnectorFacts } from '../../carbon/facts/catalina-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { roleOf } from '../../cluster/roles';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusterGroups } from '../cluster-groups';
import { frontEndPorts, type FrontEndScheme } from '../front-end-ports';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** Redirects of the console lead to the load balancer. */
export const proxyPortsOfFrontEnd: Rule = {
  title:
    '`proxyPort` stands on both Connectors of catalina-server.xml or on none, and is the port of the load balancer.',
  why: 'Redirects, such as that to the sign-in page of the console, lead to a port of the node that clients do not reach.',
  severities: ['warning', 'info'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((nodes) => {
      const all = nodes.flatMap(connectorsOf);
      return [...wrongFindings(cluster, all), ...lonelyFindings(all), ...missingFindings(cluster, all)];
    }),
};

/** The Connectors of one node; only those of a node that has both kinds are looked at. */
interface NodeConnectors {
  readonly node: CheckedNode;
  readonly connectors: Readonly<Record<FrontEndScheme, Sourced<ConnectorFacts>>>;
}

const schemes = ['http', 'https'] as const;

function connectorsOf(node: CheckedNode): readonly NodeConnectors[] {
  const connectors = node.facts.catalina?.connectors ?? [];
  const http = connectors.find(({ value }) => !value.isSecure);
  const https = connectors.find(({ value }) => value.isSecure);
  return http === undefined || https === undefined ? [] : [{ node, connectors: { http, https } }];
}

function proxyPortOf({ connectors }: NodeConnectors, scheme: FrontEndScheme): Sourced<string> | undefined {
  return connectors[scheme].value.attributes.get('proxyPort');
}

interface Wrong {
  readonly node: CheckedNode;
  readonly place: Sourced<unknown>;
  /** To be read before the names of the nodes. */
  readonly what: string;
  /** To be read after them. */
  readonly but: string;
  readonly fix: string;
}

/** One finding for each way of being wrong, with all nodes that are. */
function warnings(wrong: readonly Wrong[]): readonly Finding[] {
  return [...groupBy(wrong, ({ what, but, fix }) => JSON.stringify([what, but, fix])).values()].map((group) => {
    const nodes = group.map(({ node }) => node);
    const [{ place, what, but, fix }] = group;
    return { severity: 'warning', nodes, place: placeOf(place), what: `${what} on ${nameNodes(nodes)}${but}`, fix };
  });
}

function wrongFindings(cluster: CheckedCluster, all: readonly NodeConnectors[]): readonly Finding[] {
  const wrong = all.flatMap((one) =>
    schemes.flatMap((scheme): readonly Wrong[] => {
      const ports = frontEndPorts(cluster, scheme);
      const place = proxyPortOf(one, scheme);
      if (place === undefined || ports.length === 0 || /\$\{|\{\{/.test(place.value)) return [];
      if (ports.includes(Number(place.value.trim()))) return [];
      return [
        {
          node: one.node,
          place,
          what: `proxyPort of the ${scheme} Connector is ${place.value}`,
          but: `, but the load balancer listens on ${ports.join(' and ')}`,
          fix: `set it to ${ports[0] ?? ''}`,
        },
      ];
    }),
  );
  return warnings(wrong);
}

function lonelyFindings(all: readonly NodeConnectors[]): readonly Finding[] {
  const wrong = all.flatMap((one): readonly Wrong[] => {
    const [lacking, ...others] = schemes.filter((scheme) => proxyPortOf(one, scheme) === undefined);
    if (lacking === undefined || others.length > 0) return [];
    const having = lacking === 'http' ? 'https' : 'http';
    return [
      {
        node: one.node,
        place: one.connectors[lacking],
        what: `only the ${having} Connector has a proxyPort`,
        but: '',
        fix: `set proxyPort of the ${lacking} Connector to the ${lacking} port of the load balancer as well`,
      },
    ];
  });
  return warnings(wrong);
}

/** Without it the console works as long as its host and port are those that clients use. */
function missingFindings(cluster: CheckedCluster, all: readonly NodeConnectors[]): readonly Finding[] {
  if (cluster.topology === undefined) return [];
  const lacking = all.filter(
    (one) => roleOf(one.node.role).servesConsole && schemes.every((scheme) => proxyPortOf(one, scheme) === undefined),
  );
  const [first] = lacking;
  if (first === undefined) return [];
  const nodes = lacking.map(({ node }) => node);
  const { httpPort, httpsPort } = cluster.topology.frontEnd;
  return [
    {
      severity: 'info',
      nodes,
      place: placeOf(first.connectors.https),
      what: `proxyPort is not set on ${nameNodes(nodes)}, so the console redirects to the ports of the node itself`,
      fix: `where people open the console through the load balancer, set proxyPort to ${httpPort} on the http Connector and to ${httpsPort} on the https one, which loadBalancer.proxyPorts: true in the cluster file does`,
    },
  ];
}
