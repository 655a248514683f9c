import type { Sourced } from './sourced';

/** What a user-mgt.xml says. */
export interface UserMgtFacts {
  readonly path: string;
  /** `Property[@name='dataSource']` directly below `Configuration`; as written. */
  readonly dataSource: Sourced<string> | undefined;
  /** `AdminUser/Password`, without its text: whether it is there in clear text, and not aliased. */
  readonly clearTextAdminPassword: Sourced<boolean> | undefined;
  /** Live user stores. */
  readonly userStores: readonly Sourced<UserStoreFacts>[];
}

/** One `UserStoreManager`. */
export interface UserStoreFacts {
  readonly className: string;
  /** True where it asks the LDAP server that is embedded in the node. */
  readonly isEmbedded: boolean;
}
