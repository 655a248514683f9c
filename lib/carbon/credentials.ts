import type { CentralDatabase, DatabasePurpose, DatabaseUser } from '../cluster/topology';

/** Who opens a database of the cluster: the user of its purpose, else the one user of all. */
export function credentialsFor({ users, username, password }: CentralDatabase, purpose: DatabasePurpose): DatabaseUser {
  return users[purpose] ?? { username, password };
}
