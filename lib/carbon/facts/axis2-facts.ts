import type { ClusteringAgent } from '../../cluster/members';
import type { Sourced } from './sourced';

/** What an axis2.xml says about clustering and about the transports that clients reach. */
export interface Axis2Facts {
  /** Relative to the home. */
  readonly path: string;
  /** The first live `clustering` element, or `undefined` where there is none. */
  readonly clustering: ClusteringFacts | undefined;
  /** Live `transportReceiver` elements, in document order. */
  readonly receivers: readonly ReceiverFacts[];
}

/** One `clustering` element. */
export interface ClusteringFacts {
  /** The class, as written; empty where there is none. */
  readonly className: Sourced<string>;
  readonly agent: ClusteringAgent;
  /** Axis2 takes a missing attribute for true; anything but `true` (whatever its case) is false. The place is the start tag. */
  readonly enabled: Sourced<boolean>;
  /** Trimmed texts of the `parameter` elements without element children, by name; of two of one name the last counts. */
  readonly parameters: ReadonlyMap<string, Sourced<string>>;
  /** The `property` elements of `parameter[@name='properties']`, by name. */
  readonly properties: ReadonlyMap<string, Sourced<string>>;
  /** Every `members` element; Carbon reads only the first. */
  readonly memberLists: readonly MemberList[];
  /** `groupManagement`, or `undefined` where there is none. */
  readonly groupManagement: Sourced<GroupManagementFacts> | undefined;
}

/** One `members` element. The place is its start tag. */
export interface MemberList {
  readonly list: Sourced<number>;
  readonly members: readonly Sourced<MemberText>[];
}

/** A `member`, trimmed as Carbon trims it; a missing child gives an empty string. */
export interface MemberText {
  readonly hostName: string;
  readonly port: string;
}

/** `groupManagement` of an axis2.xml, which ELB 2.0 and old nodes have. */
export interface GroupManagementFacts {
  readonly enabled: boolean;
  /** `applicationDomain` elements: their name and port, trimmed. */
  readonly domains: readonly { readonly name: string; readonly port: string }[];
}

/** One `transportReceiver`. */
export interface ReceiverFacts {
  /** The `name` attribute, with the place of the start tag. */
  readonly name: Sourced<string>;
  readonly className: string;
  /** True for the pass-through and NIO listeners, which the load balancer forwards to; false for servlet transports. */
  readonly isListener: boolean;
  /** Trimmed texts of its parameters, by name. */
  readonly parameters: ReadonlyMap<string, Sourced<string>>;
}
