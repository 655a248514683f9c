import { CarbonPatchError } from '../errors';
import { applyEdits, composeEdits, originalOffset, type TextEdit } from '../text/edit';
import { positionAt } from '../text/position';
import { blocksIn, readConfSource, type ConfSource, type SourceBlock } from './conf-source';
import type { ConfChange, ConfStep } from './conf-step';
import { removeDeadHosts } from './dead-hosts';
import { declareSubDomains, newDomains } from './declare-sub-domains';
import { parseLoadBalancerConf } from './parse-load-balancer-conf';
import { placeBlocks } from './place-blocks';
import { refuseAt, refuseTaken, refuseTraps, refuseWanted } from './refuse-unsafe';
import { verifyDeclared } from './verify-declared';
import { serviceNameOf, type WantedDomain } from './wanted-domain';

export type { ConfChange } from './conf-step';
export type { DeclarationForm, WantedDomain, WantedSubDomain } from './wanted-domain';

/** What makes a loadbalancer.conf declare a domain. */
export interface DomainDeclaration {
  /** Empty where the file declares it already. */
  readonly edits: readonly TextEdit[];
  readonly changes: readonly ConfChange[];
}

/**
 * The edits that make a loadbalancer.conf take members for a domain and its sub-domains, in the service that holds the
 * domain, else in one named after its middle label. What stands elsewhere keeps every character; made twice, they do
 * nothing more. The result is read again and checked.
 * Throws TARGET_UNSUITABLE where the file has traps that make an edit unsafe, where a host or the port belongs to another
 * domain, and where a name cannot stand in the file; INTERNAL_MISMATCH where a check fails.
 */
export function declareDomains(text: string, path: string, wanted: WantedDomain): DomainDeclaration {
  const declaration = declareUnchecked(text, path, wanted);
  if (declaration.edits.length === 0) return declaration;
  const after = applyEdits(text, declaration.edits);
  verifyDeclared(parseLoadBalancerConf(text, path), parseLoadBalancerConf(after, path), wanted);
  if (declareUnchecked(after, path, wanted).edits.length > 0)
    throw new CarbonPatchError('INTERNAL_MISMATCH', { path, problem: 'declaring the domain twice changes more' });
  return declaration;
}

function declareUnchecked(text: string, path: string, wanted: WantedDomain): DomainDeclaration {
  const source = readConfSource(text);
  refuseWanted(path, wanted);
  const conf = parseLoadBalancerConf(text, path);
  refuseTraps(conf, source);
  const service = serviceFor(source, path, wanted.domain);
  refuseTaken(conf, wanted, service?.header?.number);
  const first = service === undefined ? newService(source, wanted) : changedService(source, path, service, wanted);
  const edits = first.map(({ edit }) => edit);
  const changes = first.flatMap((step) => step.changes);
  const givesHosts = changes.some(({ at, before }) => at.endsWith('/hosts') && before === undefined);
  if (!givesHosts) return { edits, changes };
  const cleaned = withoutDeadHosts(text, path, edits, wanted);
  return { edits: cleaned.edits, changes: byLine([...changes, ...cleaned.changes]) };
}

/** The service that holds the domain, else the one named after it; `undefined` where there is neither. */
function serviceFor(source: ConfSource, path: string, domain: string): SourceBlock | undefined {
  const services = servicesIn(source);
  const holders = services.filter((service) =>
    blocksIn(service).some((domains) => blocksIn(domains).some(({ name }) => name === domain)),
  );
  const found = holders.length > 0 ? holders : services.filter(({ name }) => name === serviceNameOf(domain));
  const [first, second] = found;
  const again = second ?? services.find((service) => service !== first && service.name === first?.name);
  if (first !== undefined && again !== undefined) {
    const what = holders.length > 1 ? `the domain ${domain}` : `the service ${again.name}`;
    const problem = `${what} is declared by services/${first.name} on line ${first.header?.number} already; leave one of the two`;
    refuseAt(path, again.header?.number ?? 1, `services/${again.name}`, problem);
  }
  return first;
}

function servicesIn(source: ConfSource): readonly SourceBlock[] {
  const all = blocksIn(source.root)
    .filter(({ name }) => name === 'services')
    .slice(0, 1)
    .flatMap(blocksIn);
  const defaults = all.find(({ name }) => name === 'defaults');
  return all.filter((block) => block !== defaults);
}

function newService(source: ConfSource, wanted: WantedDomain): readonly ConfStep[] {
  const name = serviceNameOf(wanted.domain);
  const entries = [{ name: 'domains', entries: newDomains(wanted) }];
  const services = blocksIn(source.root).find((block) => block.name === 'services');
  const neighbours = blocksIn(source.root).flatMap(blocksIn).flatMap(blocksIn).flatMap(blocksIn);
  return services === undefined
    ? placeBlocks(
        source,
        source.root,
        [{ existing: undefined, name: 'services', entries: [{ name, entries }] }],
        neighbours,
        '',
      )
    : placeBlocks(source, services, [{ existing: undefined, name, entries }], neighbours, 'services');
}

function changedService(
  source: ConfSource,
  path: string,
  service: SourceBlock,
  wanted: WantedDomain,
): readonly ConfStep[] {
  const [domains] = blocksIn(service);
  return domains === undefined ? [] : declareSubDomains({ source, path, service, domains }, wanted);
}

/** The edits, and those that take away the hosts which count for nothing once the edits are made. */
function withoutDeadHosts(
  text: string,
  path: string,
  edits: readonly TextEdit[],
  { domain }: WantedDomain,
): DomainDeclaration {
  const service = serviceFor(readConfSource(applyEdits(text, edits)), path, domain);
  const steps = service === undefined ? [] : removeDeadHosts(service, domain);
  return {
    edits: composeEdits(
      text,
      edits,
      steps.map(({ edit }) => edit),
    ),
    changes: steps.flatMap(({ edit, changes }) => {
      const { line } = positionAt(text, originalOffset(edits, edit.span.start));
      return changes.map((change) => ({ ...change, line }));
    }),
  };
}

function byLine(changes: readonly ConfChange[]): readonly ConfChange[] {
  return [...changes].sort((a, b) => a.line - b.line);
}
