import { roleOf } from '../cluster/roles';
import { addressesOf, plainAddress, subDomainOf, type ExpectedMember } from './expected-members';
import type { ComparedMembers } from './compare-members';
import type { LogQuestion } from './log-question';
import type { SeenLine, StartRecord } from './start-record';
import type { LogProblem, MemberVerdict } from './verdict';

/** What differs from the cluster file: domain, addresses, sub-domains, and who is in the cluster. */
export function clusterProblems(
  record: StartRecord,
  question: LogQuestion,
  compared: ComparedMembers | undefined,
): readonly LogProblem[] {
  return [
    ...domainProblems(record, question),
    ...ownAddressProblems(record, question),
    ...ownSubDomainProblems(record, question),
    ...(compared === undefined
      ? []
      : [
          ...alone(record, question, compared.verdicts),
          ...[...compared.pairs].flatMap(([wanted, { subDomain, ...seen }]) =>
            subDomainProblems(wanted.node.name, wanted.subDomain, subDomain, seen),
          ),
          ...[...compared.misplaced].map(([wanted, seen]) => misplacedProblem(wanted, seen)),
          ...compared.strangers.map(strangerProblem),
          ...compared.verdicts.flatMap(leftProblem),
        ]),
  ];
}

function problem(name: LogProblem['name'], seen: SeenLine | undefined, meaning: string, advice: string): LogProblem {
  return { severity: 'error', name, seen: seen && lineOf(seen), count: 1, meaning, advice };
}

/** Without what else a member carries. */
function lineOf({ path, line, time, text }: SeenLine): SeenLine {
  return { path, line, time, text };
}

function domainProblems({ domain: seen }: StartRecord, { topology, node }: LogQuestion): readonly LogProblem[] {
  const wanted = roleOf(node.role).isLoadBalancer ? topology.loadBalancerDomain : topology.domain;
  if (seen === undefined || wanted === undefined || seen.domain === wanted) return [];
  return [
    problem(
      'wrong-domain',
      seen,
      `${node.name} is in the domain ${seen.domain}, and the cluster file says ${wanted}: members of different domains never meet`,
      `set domain in axis2.xml; carbon-patch apply does`,
    ),
  ];
}

function ownAddressProblems({ local }: StartRecord, { topology, node }: LogQuestion): readonly LogProblem[] {
  if (local === undefined) return [];
  const addresses = addressesOf(node, topology);
  const isPort = local.port === node.localMemberPort;
  const isHost = addresses.size === 0 || addresses.has(plainAddress(local.host));
  if (isPort && isHost) return [];
  const [address = node.localMemberHost] = addresses;
  const meaning = `${node.name} is a member at ${local.host}:${local.port}, and the others look for it at ${address}:${node.localMemberPort}`;
  const advice = isHost
    ? 'the port was taken and the server took another: stop what has it, or give the node another localMemberPort'
    : 'set localMemberHost in axis2.xml to the address of its machine; carbon-patch apply does';
  return [problem('wrong-address', local, meaning, advice)];
}

function ownSubDomainProblems({ local }: StartRecord, { node }: LogQuestion): readonly LogProblem[] {
  if (local === undefined || roleOf(node.role).isLoadBalancer) return [];
  return subDomainProblems(node.name, subDomainOf(node), local.subDomain, local);
}

function subDomainProblems(
  name: string,
  wanted: string | undefined,
  found: string | null | undefined,
  seen: SeenLine,
): readonly LogProblem[] {
  if (found === undefined || wanted === undefined || found === wanted) return [];
  const meaning =
    found === null
      ? `${name} has no sub-domain, and the cluster file says ${wanted}: the load balancer sends it nothing that is for ${wanted}`
      : `${name} has the sub-domain ${found}, and the cluster file says ${wanted}: requests go to the wrong nodes`;
  const advice = `set the property subDomain of ${name} in axis2.xml to ${wanted}, below the active parameter properties; carbon-patch apply --node ${name} does`;
  return [problem('wrong-sub-domain', seen, meaning, advice)];
}

/** A node that came first to a cluster, though a manager is started before it and never came. */
function alone(
  { isCoordinator, milestones }: StartRecord,
  { topology, node }: LogQuestion,
  verdicts: readonly MemberVerdict[],
): readonly LogProblem[] {
  const { isLoadBalancer, writesRegistry } = roleOf(node.role);
  if (!isCoordinator || isLoadBalancer || writesRegistry) return [];
  const missing = topology.nodes.filter(
    ({ name, role }) =>
      !roleOf(role).isLoadBalancer && verdicts.some((one) => one.name === name && one.state === 'missing'),
  );
  if (!missing.some(({ role }) => roleOf(role).writesRegistry)) return [];
  const names = missing.map(({ name }) => name).join(', ');
  return [
    problem(
      'cluster-of-its-own',
      milestones.get('coordinator'),
      `${node.name} is the first member of a cluster of its own, without ${names}: the cluster is split`,
      'compare domain, membershipScheme and members of these nodes with carbon-patch check, and look for a firewall between their member ports',
    ),
  ];
}

function misplacedProblem({ node, port }: ExpectedMember, seen: SeenLine & { host: string; port: number }): LogProblem {
  return problem(
    'member-at-other-port',
    seen,
    `${seen.host}:${seen.port} joined, where ${node.name} should be at port ${port}`,
    `look into the log of ${node.name}: its port was taken, or its localMemberPort is another`,
  );
}

function strangerProblem(seen: SeenLine & { host: string; port: number }): LogProblem {
  return problem(
    'stranger',
    seen,
    `${seen.host}:${seen.port} joined and is no node of the cluster file`,
    'find out what runs there: a server of another cluster with the same domain gets messages of this one',
  );
}

function leftProblem({ name, state, address, seen }: MemberVerdict): readonly LogProblem[] {
  if (state !== 'left') return [];
  return [
    problem(
      'member-left',
      seen,
      `${name ?? address} was in the cluster and left it`,
      `see whether it still runs, and look into its log`,
    ),
  ];
}
