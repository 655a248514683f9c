/**
 * Tables of the registry, which every release of the kernel makes, from all over its script (`dbscripts/mysql.sql` and the
 * like), so that a script which stopped in the middle shows.
 */
export const registryTables: readonly string[] = [
  'REG_CLUSTER_LOCK',
  'REG_LOG',
  'REG_PATH',
  'REG_CONTENT',
  'REG_RESOURCE',
  'REG_PROPERTY',
  'REG_ASSOCIATION',
  'REG_SNAPSHOT',
];

/** Tables of users, roles and permissions; the same script makes them, behind those of the registry. */
export const userTables: readonly string[] = [
  'UM_TENANT',
  'UM_USER',
  'UM_ROLE',
  'UM_PERMISSION',
  'UM_USER_ROLE',
  'UM_HYBRID_ROLE',
];
