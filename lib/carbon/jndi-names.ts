/** The JNDI names by which the shipped files look datasources up. */
export const jndiNames = {
  /** The local registry; in the single layout everything. */
  local: 'jdbc/WSO2CarbonDB',
} as const;
