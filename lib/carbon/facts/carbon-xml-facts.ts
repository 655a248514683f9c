import type { Sourced } from './sourced';

/** What a carbon.xml says. Texts are trimmed; an element that is missing is `undefined`. */
export interface CarbonXmlFacts {
  readonly path: string;
  readonly name: Sourced<string> | undefined;
  readonly serverKey: Sourced<string> | undefined;
  readonly version: Sourced<string> | undefined;
  readonly hostName: Sourced<string> | undefined;
  readonly mgtHostName: Sourced<string> | undefined;
  readonly offset: Sourced<string> | undefined;
  /** Every live element below `Ports` that has only text, by its path below it, such as `JMX/RMIRegistryPort`. */
  readonly ports: ReadonlyMap<string, Sourced<string>>;
  /** Every live `DeploymentSynchronizer` element. */
  readonly deploymentSynchronizers: readonly Sourced<DeploymentSynchronizerFacts>[];
}

/** Children of a `DeploymentSynchronizer`, by name, trimmed. */
export type DeploymentSynchronizerFacts = ReadonlyMap<string, Sourced<string>>;
