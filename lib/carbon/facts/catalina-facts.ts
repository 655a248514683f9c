import type { Sourced } from './sourced';

/** What a catalina-server.xml says about its connectors. */
export interface CatalinaFacts {
  readonly path: string;
  /** `Server/@port`. */
  readonly shutdownPort: Sourced<string> | undefined;
  readonly connectors: readonly Sourced<ConnectorFacts>[];
}

/** One live `Connector`; attributes by name. */
export interface ConnectorFacts {
  readonly attributes: ReadonlyMap<string, Sourced<string>>;
  /** True for https: `scheme="https"`, or `SSLEnabled="true"`. */
  readonly isSecure: boolean;
}
