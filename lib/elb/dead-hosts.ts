import { blocksIn, propertiesIn, settingOf, type SourceBlock } from './conf-source';
import { removeSetting, type ConfStep } from './conf-step';

/**
 * Removes the hosts of a service, and of a domain with blocks for its sub-domains, where everything below them has hosts of
 * its own, so that they count for nothing. They stay where a `url_suffix` beside them is paired with them.
 */
export function removeDeadHosts(service: SourceBlock, domain: string): readonly ConfStep[] {
  const at = `services/${service.name}`;
  const domains = blocksIn(service).slice(0, 1).flatMap(blocksIn);
  const dead = domains.filter(({ name }) => name === domain).filter(isCovered);
  return [
    ...dead.flatMap((block) => removeHosts(block, `${at}/domains/${domain}`)),
    ...(domains.every((block) => settingOf(block, 'hosts') !== undefined || isCovered(block))
      ? removeHosts(service, at)
      : []),
  ];
}

/** True where every sub-domain of a domain has hosts. */
function isCovered(domain: SourceBlock): boolean {
  const inner = blocksIn(domain);
  return inner.length > 0 && inner.every((block) => settingOf(block, 'hosts') !== undefined);
}

function removeHosts(block: SourceBlock, at: string): readonly ConfStep[] {
  if (settingOf(block, 'url_suffix') !== undefined) return [];
  return propertiesIn(block)
    .filter(({ key }) => key === 'hosts')
    .map((property) => removeSetting(property, at));
}
