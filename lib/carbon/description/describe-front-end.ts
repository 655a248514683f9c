import type { ClusterDescription } from '../../cluster/cluster-file/cluster-description';
import { isHost } from '../../cluster/host-form';
import { declaredServices, type Declaration } from '../../elb/declarations';
import type { HomeFacts } from '../facts/home-facts';
import { majority } from './majority';
import { appHomes, clusteringParameter, plainNumber, type NamedHome } from './named-home';

/** What clients see of a cluster, and what its load balancers listen on. */
export interface DescribedFrontEnd {
  readonly domain: string | undefined;
  readonly membershipScheme: ClusterDescription['membershipScheme'];
  readonly hostName: string | undefined;
  readonly mgtHostName: string | undefined;
  readonly loadBalancer: NonNullable<ClusterDescription['loadBalancer']>;
}

/** What most of the homes say; what none says is `undefined`. */
export function describeFrontEnd(homes: readonly NamedHome[]): DescribedFrontEnd {
  const apps = appHomes(homes);
  const declarations = homes.flatMap(({ facts }) => declarationsOf(facts));
  const domain =
    majority(apps.map((home) => clusteringParameter(home, 'domain'))) ??
    (apps.length > 0 ? undefined : majority(declarations.map((one) => one.domain)));
  const ofDomain = declarations.filter((one) => one.domain === domain);
  const scheme = majority(apps.map((home) => clusteringParameter(home, 'membershipScheme')));
  return {
    domain,
    membershipScheme: scheme === 'multicast' ? 'multicast' : 'wka',
    ...hostNames(apps, ofDomain),
    loadBalancer: {
      ...portEntry('httpPort', majority(homes.flatMap((home) => frontPorts(home, 'http')))),
      ...portEntry('httpsPort', majority(homes.flatMap((home) => frontPorts(home, 'https')))),
      ...portEntry(
        'groupManagementPort',
        majority(ofDomain.map(({ groupManagementPort }) => plainNumber(groupManagementPort?.value))),
      ),
    },
  };
}

/** `HostName` and `MgtHostName` of one home, where they are host names. */
export function hostNamesOf({ facts }: NamedHome): {
  readonly hostName: string | undefined;
  readonly mgtHostName: string | undefined;
} {
  const { hostName, mgtHostName } = facts.carbonXml ?? {};
  return { hostName: hostIn(hostName?.value), mgtHostName: hostIn(mgtHostName?.value) };
}

/** The servlet ports that a mapping of a load balancer leads to, before the offset. */
export const servletPorts = { http: 9763, https: 9443 } as const;

function hostNames(
  apps: readonly NamedHome[],
  declarations: readonly Declaration[],
): Pick<DescribedFrontEnd, 'hostName' | 'mgtHostName'> {
  const declared = (isConsole: boolean): string | undefined =>
    majority(
      declarations
        .filter(({ subDomain }) => (subDomain === 'mgt') === isConsole)
        .flatMap(({ hosts }) => hosts.map(({ value }) => hostIn(value.trim()))),
    );
  const consoles = apps.filter(({ roleFacts }) => roleFacts.servesConsole);
  return {
    hostName:
      majority(apps.map((home) => hostNamesOf(home).hostName)) ??
      majority(apps.flatMap((home) => prefixesOf(home).map(({ host }) => hostIn(host)))) ??
      declared(false),
    mgtHostName: majority(consoles.map((home) => hostNamesOf(home).mgtHostName)) ?? declared(true),
  };
}

function hostIn(text: string | undefined): string | undefined {
  return text !== undefined && isHost(text) ? text : undefined;
}

function declarationsOf({ loadBalancerConf }: HomeFacts): readonly Declaration[] {
  if (loadBalancerConf === undefined || loadBalancerConf.isStratos) return [];
  return declaredServices(loadBalancerConf).flatMap(({ declarations }) => declarations);
}

/** The ports at which clients meet the cluster, as one home tells them: its own listeners, or what it believes of the one in front. */
function frontPorts(home: NamedHome, scheme: 'http' | 'https'): readonly number[] {
  if (home.roleFacts.isLoadBalancer)
    return (home.facts.axis2?.receivers ?? [])
      .filter(({ name, isListener }) => isListener && name.value === scheme)
      .flatMap(({ parameters }) => plainNumber(parameters.get('port')?.value) ?? []);
  const ofPrefixes = prefixesOf(home).filter((prefix) => prefix.scheme === scheme);
  const servlet = servletPorts[scheme] + (plainNumber(home.facts.carbonXml?.offset?.value) ?? 0);
  const mapped = [...(home.facts.axis2?.clustering?.properties ?? [])]
    .filter(([name, { value }]) => name.startsWith('port.mapping.') && value.trim() === String(servlet))
    .flatMap(([name]) => plainNumber(name.slice('port.mapping.'.length)) ?? []);
  return [...ofPrefixes.map(({ port }) => port), ...mapped];
}

interface Prefix {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

/** The `WSDLEPRPrefix` of each listener, where it is host and port and nothing else. */
function prefixesOf({ facts }: NamedHome): readonly Prefix[] {
  return (facts.axis2?.receivers ?? [])
    .filter(({ isListener }) => isListener)
    .flatMap(({ parameters }) => {
      const value = parameters.get('WSDLEPRPrefix')?.value ?? '';
      const [, scheme = '', host = '', digits] = /^(https?):\/\/(.+):(\d+)$/.exec(value) ?? [];
      const port = plainNumber(digits);
      return port === undefined ? [] : [{ scheme, host, port }];
    });
}

function portEntry<Key extends string>(key: Key, port: number | undefined): { readonly [Name in Key]?: number } {
  return port === undefined ? {} : ({ [key]: port } as { readonly [Name in Key]: number });
}
