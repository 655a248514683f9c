/** The JNDI names by which Carbon's files look datasources up, as the cluster guides have them. */
export const jndiNames = {
  /** The local registry; in the single layout everything. */
  local: 'jdbc/WSO2CarbonDB',
  /** The shared config and governance registry. */
  registry: 'jdbc/WSO2RegistryDB',
  /** Users, roles and permissions. */
  users: 'jdbc/WSO2UMDB',
} as const;
