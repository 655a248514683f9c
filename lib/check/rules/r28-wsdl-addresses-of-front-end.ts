import type { ReceiverFacts } from '../../carbon/facts/axis2-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { clusterGroups } from '../cluster-groups';
import { disagreement, type Wanted } from '../disagreement';
import { frontEndPorts, type FrontEndScheme } from '../front-end-ports';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule, Severity } from '../rule';

/** WSDLs name the load balancer. */
export const wsdlAddressesOfFrontEnd: Rule = {
  title:
    '`WSDLEPRPrefix` of the http and https receivers is a URL of that scheme with the host name of the cluster and the port of the load balancer.',
  why: 'A WSDL names the address of one node, or one that does not exist, and its clients go past the load balancer.',
  severities: ['error', 'warning'],
  evaluate: (cluster) =>
    clusterGroups(cluster).flatMap((nodes) =>
      (['http', 'https'] as const).flatMap((scheme) => {
        const prefixes = nodes.flatMap((node) => prefixOf(node, scheme));
        return [
          ...formFindings(cluster, scheme, prefixes),
          ...missingFindings(cluster, scheme, prefixes),
          ...hostFindings(cluster, scheme, prefixes),
          ...portFindings(cluster, scheme, prefixes),
        ];
      }),
    ),
};

/** The prefix of one receiver; `url` is `undefined` where it is missing, a placeholder, or no URL of the scheme. */
interface Prefix {
  readonly node: CheckedNode;
  readonly receiver: ReceiverFacts;
  readonly source: Sourced<string> | undefined;
  readonly url: PrefixUrl | undefined;
}

interface PrefixUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

/** Of two receivers of one name the last counts; servlet transports have no such parameter. */
function prefixOf(node: CheckedNode, scheme: FrontEndScheme): readonly Prefix[] {
  const receiver = node.facts.axis2?.receivers.findLast(({ name }) => name.value === scheme);
  if (receiver?.isListener !== true) return [];
  const source = receiver.parameters.get('WSDLEPRPrefix');
  const url = source && urlOf(source.value);
  return [{ node, receiver, source, url: url?.scheme === scheme ? url : undefined }];
}

function urlOf(text: string): PrefixUrl | undefined {
  const [, scheme = '', host = '', port] =
    /^([a-z]+):\/\/(?:[^\s/@]*@)?(\[[^\]\s]+\]|[^\s:/@?#]+)(?::(\d{1,5}))?(?:\/\S*)?$/i.exec(text) ?? [];
  if (host === '') return undefined;
  const standard = scheme.toLowerCase() === 'https' ? 443 : 80;
  return { scheme: scheme.toLowerCase(), host, port: port === undefined ? standard : Number(port) };
}

function isPlaceholder(text: string): boolean {
  return /\$\{|\{\{/.test(text);
}

interface WrongPrefix {
  readonly prefix: Prefix;
  /** What it is, to be read before the names of the nodes. */
  readonly what: string;
  /** What it should be, to be read after them. */
  readonly but: string;
}

/** One finding for each way of being wrong, with all nodes that are. */
function findings(
  cluster: CheckedCluster,
  severity: Severity,
  wrong: readonly WrongPrefix[],
  scheme: FrontEndScheme,
): readonly Finding[] {
  return [...groupBy(wrong, ({ what, but }) => JSON.stringify([what, but])).values()].map((group) => {
    const nodes = group.map(({ prefix }) => prefix.node);
    const [{ prefix, what, but }] = group;
    return {
      severity,
      nodes,
      place: placeOf(prefix.source ?? prefix.receiver.name),
      what: `WSDLEPRPrefix of the ${scheme} receiver ${what} on ${nameNodes(nodes)}${but}`,
      fix: fixOf(cluster, scheme, prefix.node),
      ...applyCommand(cluster),
    };
  });
}

function formFindings(
  cluster: CheckedCluster,
  scheme: FrontEndScheme,
  prefixes: readonly Prefix[],
): readonly Finding[] {
  const wrong = prefixes.flatMap((prefix) => {
    const text = prefix.source?.value;
    if (text === undefined || prefix.url !== undefined || isPlaceholder(text)) return [];
    const problem = urlOf(text) === undefined ? 'no URL' : `no ${scheme} address`;
    const shown = text.replace(/\/\/[^/]*@/, '//');
    return [{ prefix, what: `is "${shown}"`, but: `, which is ${problem}` }];
  });
  return findings(cluster, 'error', wrong, scheme);
}

/** What no node has may be missing on purpose, unless a cluster file asks for it. */
function missingFindings(
  cluster: CheckedCluster,
  scheme: FrontEndScheme,
  prefixes: readonly Prefix[],
): readonly Finding[] {
  const missing = prefixes.filter(({ source }) => source === undefined);
  if (cluster.topology === undefined && missing.length === prefixes.length) return [];
  const wrong = missing.map((prefix) => ({ prefix, what: 'is missing', but: '' }));
  return findings(cluster, 'warning', wrong, scheme);
}

function hostFindings(
  cluster: CheckedCluster,
  scheme: FrontEndScheme,
  prefixes: readonly Prefix[],
): readonly Finding[] {
  const claims = prefixes.map(({ node, source, url }) => ({
    node,
    key: url?.host.toLowerCase(),
    shown: url?.host ?? '',
    place: source && placeOf(source),
  }));
  const different = disagreement(claims, wantedHost(cluster));
  if (different === undefined) return [];
  return [
    {
      severity: 'warning',
      nodes: different.odd.map(({ node }) => node),
      place: different.odd[0].place,
      what: `the host in WSDLEPRPrefix of the ${scheme} receiver ${different.what}`,
      fix: fixOf(cluster, scheme, different.odd[0].node),
      ...applyCommand(cluster),
    },
  ];
}

function wantedHost({ topology }: CheckedCluster): Wanted | undefined {
  if (topology === undefined) return undefined;
  const { hostName } = topology.frontEnd;
  return { shown: hostName, keyFor: ({ node }) => (node?.hostName ?? hostName).toLowerCase() };
}

function portFindings(
  cluster: CheckedCluster,
  scheme: FrontEndScheme,
  prefixes: readonly Prefix[],
): readonly Finding[] {
  const ports = frontEndPorts(cluster, scheme);
  if (ports.length === 0) return [];
  const listens = `, but the load balancer listens on ${ports.join(' and ')}`;
  const wrong = prefixes.flatMap((prefix) =>
    prefix.url === undefined || ports.includes(prefix.url.port)
      ? []
      : [{ prefix, what: `has port ${prefix.url.port}`, but: listens }],
  );
  return findings(cluster, 'warning', wrong, scheme);
}

function fixOf({ topology }: CheckedCluster, scheme: FrontEndScheme, { node }: CheckedNode): string {
  if (topology === undefined)
    return `set it to ${scheme}://<host name of the cluster>:<${scheme} port of the load balancer>, the same on every node`;
  const { hostName, httpPort, httpsPort } = topology.frontEnd;
  return `set it to ${scheme}://${node?.hostName ?? hostName}:${scheme === 'http' ? httpPort : httpsPort}`;
}
