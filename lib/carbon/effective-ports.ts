import type { HomeFacts } from './facts/home-facts';
import { effectiveOffset } from './ports/effective-offset';
import { portFeatures, type PortFeatureName } from './ports';
import type { DeclaredPort } from './ports/port-feature';

/** A port that a server listens on once it runs, with the setting it comes from. */
export interface EffectivePort extends DeclaredPort {
  /** What listens there. */
  readonly feature: PortFeatureName;
  /** The number that is listened on, offset added where it moves. */
  readonly port: number;
}

/**
 * Every port that a server with these files listens on once it runs: what the files say, else what its product ships with.
 * What is switched off is left out, and so is a number that nobody can know before the start: a placeholder that is no
 * port of carbon.xml, a text that is no number, and everything that an unknown offset moves.
 */
export function effectivePorts(facts: HomeFacts): readonly EffectivePort[] {
  const offset = effectiveOffset(facts)?.value;
  return portFeatures.flatMap(({ name, feature }) =>
    feature
      .declaredPorts(facts)
      .flatMap((declared) => effective(name, declared, declared.isMovedByOffset ? offset : 0)),
  );
}

function effective(
  feature: PortFeatureName,
  declared: DeclaredPort,
  offset: number | undefined,
): readonly EffectivePort[] {
  if (offset === undefined) return [];
  const port = declared.base + offset;
  return port < 1 || port > 65535 ? [] : [{ ...declared, feature, port }];
}
