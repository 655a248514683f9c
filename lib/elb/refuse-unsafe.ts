import { CarbonPatchError } from '../errors';
import { blocksIn, withBlocksBelow, type ConfSource } from './conf-source';
import { defaultSubDomain, declaredServices } from './declarations';
import type { ConfTrap, ConfTrapKind, LoadBalancerConf } from './load-balancer-conf';
import type { WantedDomain } from './wanted-domain';

/** Refuses an edit of a loadbalancer.conf at a line of a block; always throws TARGET_UNSUITABLE. */
export function refuseAt(path: string, line: number, at: string, problem: string): never {
  throw new CarbonPatchError('TARGET_UNSUITABLE', { path, line, column: 1, at, problem });
}

/**
 * Throws TARGET_UNSUITABLE where the file has traps that would make an edit mean something else than it seems to: the first
 * place, and the lines of the others.
 */
export function refuseTraps(conf: LoadBalancerConf, source: ConfSource): void {
  const unclosed = unclosedLines(source);
  const unsafe = conf.traps.filter((trap) => isUnsafe(trap) || (trap.kind === 'unbalanced' && unclosed.has(trap.line)));
  const [first, ...others] = unsafe;
  if (first === undefined) return;
  const shown = others.slice(0, mostNamed).map(({ line, problem, mend }) => `; line ${line}: ${problem}; ${mend}`);
  const rest = others.length > mostNamed ? `; and ${others.length - mostNamed} more lines` : '';
  refuseAt(conf.path, first.line, 'services', `${first.problem}; ${first.mend}${shown.join('')}${rest}`);
}

/** Throws TARGET_UNSUITABLE where a name could not be read back from the file, or a host stands for two sub-domains. */
export function refuseWanted(path: string, { domain, subDomains }: WantedDomain): void {
  const hosts = subDomains.flatMap((one) => one.hosts.map((host) => ({ host, subDomain: one.subDomain })));
  for (const name of [domain, ...subDomains.map((one) => one.subDomain), ...hosts.map(({ host }) => host)]) {
    if (/^[^\s{}#;,\u0085\ufeff]+$/.test(name)) continue;
    refuseAt(path, 1, 'services', `${JSON.stringify(name)} cannot stand in a loadbalancer.conf; choose another name`);
  }
  for (const { host, subDomain } of hosts) {
    const other = hosts.find((one) => one.host === host && one.subDomain !== subDomain);
    if (other === undefined) continue;
    refuseAt(
      path,
      1,
      'services',
      `the host ${host} is to stand for the sub-domains ${subDomain} and ${other.subDomain}, which the load balancer tells apart by their hosts; give each a host of its own`,
    );
  }
}

/**
 * Throws TARGET_UNSUITABLE where a host that is wanted belongs to another service, or to another sub-domain of the domain,
 * and where another domain has the port for group management. `ownLine` is the line of the service that is edited.
 */
export function refuseTaken(conf: LoadBalancerConf, wanted: WantedDomain, ownLine: number | undefined): void {
  const hosts = new Set<string>(wanted.subDomains.flatMap((one) => one.hosts));
  const names = new Set<string>([defaultSubDomain, ...wanted.subDomains.map((one) => one.subDomain)]);
  for (const { node, declarations } of declaredServices(conf)) {
    const isOwn = node.line === ownLine;
    for (const declaration of declarations) {
      const isSameDomain = isOwn && declaration.domain === wanted.domain;
      const isTaken = isOwn ? isSameDomain && !names.has(declaration.subDomain) : true;
      const host = declaration.hosts.find(({ value }) => isTaken && hosts.has(value.trim()));
      if (host !== undefined) {
        const owner = isOwn ? declaration.at : `services/${node.name}`;
        const problem = `the host ${host.value.trim()} is declared here already; remove it here, or give the cluster another host name`;
        refuseAt(conf.path, host.line, owner, problem);
      }
      const port = declaration.groupManagementPort;
      if (
        wanted.form === 'nested' &&
        declaration.domain !== wanted.domain &&
        Number(port?.value) === wanted.groupManagementPort
      ) {
        const problem = `group_mgt_port ${wanted.groupManagementPort} belongs to the domain ${declaration.domain}; give the cluster another groupManagementPort`;
        refuseAt(conf.path, port?.line ?? declaration.line, declaration.at, problem);
      }
    }
  }
}

const unsafeKinds: ReadonlySet<ConfTrapKind> = new Set([
  'missing-semicolon',
  'inline-close',
  'close-with-comment',
  'comment-braces',
  'value-braces',
  'dropped-text',
  'misplaced-block',
  'missing-block',
  'stratos',
  'other',
]);

/** A file without services gets them, and settings that are there twice are read as the load balancer reads them. */
function isUnsafe({ kind }: ConfTrap): boolean {
  return unsafeKinds.has(kind);
}

/** Where a broken file has more, mending the first ones tells whoever mends it what to look for. */
const mostNamed = 20;

/** The lines of blocks that nothing closes. Only `services` itself may end with the file, as in a file that was shipped. */
function unclosedLines({ root }: ConfSource): ReadonlySet<number> {
  const services = blocksIn(root).find(({ name }) => name === 'services');
  const unclosed = withBlocksBelow(root).filter((block) => block.close === undefined && block !== services);
  return new Set(unclosed.flatMap(({ header }) => (header === undefined ? [] : [header.number])));
}
