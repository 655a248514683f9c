import type { ClusterDescription } from '../../cluster/cluster-file/cluster-description';
import type { DatabasePurpose } from '../../cluster/topology';
import type { DescribedDatasource } from './described-databases';
import { majority } from './majority';

type DatabaseValues = ClusterDescription['database'];
type SecretReference = NonNullable<DatabaseValues['password']>;

/** A secret that is to be written into a file of its own, beside the cluster file. */
export interface SecretFile {
  /** As the cluster file names it. */
  readonly name: string;
  readonly secret: string;
}

/** Keeps secrets out of a description: it gives a reference for each, and remembers what it leads to. */
export interface SecretKeeper {
  /** A file for what is known, else an environment variable; `what` tells several of them apart. */
  reference(secret: string | undefined, what?: string): SecretReference;
  files(): readonly SecretFile[];
}

/** A keeper whose files are named `base.password` and `base.what.password`. */
export function secretKeeper(base: string): SecretKeeper {
  const kept: SecretFile[] = [];
  return {
    reference: (secret, what) => {
      if (secret === undefined)
        return { env: what === undefined ? passwordVariable : `CARBON_PATCH_${variableWord(what)}_PASSWORD` };
      const name = [base, what, 'password'].filter((part) => part !== undefined).join('.');
      kept.push({ name, secret });
      return { file: name };
    },
    files: () => kept,
  };
}

/** Who opens the databases: the user of most of them, and the others by their purposes. */
export function describeCredentials(
  datasources: readonly DescribedDatasource[],
  keeper: SecretKeeper,
): Pick<DatabaseValues, 'password' | 'users'> & { readonly username: string | undefined } {
  const purposes = [...new Set(datasources.map(({ purpose }) => purpose))];
  const users = purposes.map((purpose) => userOf(datasources, purpose));
  const username = majority(users.map((user) => user.username));
  const password = majority(users.filter((user) => user.username === username).map((user) => user.password));
  const others = users.filter(
    (user) => user.username !== undefined && (user.username !== username || isOther(user.password, password)),
  );
  // The keeper is asked in the order in which the file has them.
  const reference = username === undefined ? undefined : keeper.reference(password);
  const entries = others.map((user) => [
    user.purpose,
    { username: user.username, password: keeper.reference(user.password, user.purpose) },
  ]);
  return {
    username,
    ...(reference === undefined ? {} : { password: reference }),
    ...(entries.length === 0 ? {} : { users: Object.fromEntries(entries) as NonNullable<DatabaseValues['users']> }),
  };
}

/** The variable that holds the password where a cluster file names none. */
const passwordVariable = 'CARBON_PATCH_DB_PASSWORD';

interface PurposeUser {
  readonly purpose: DatabasePurpose;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

function userOf(datasources: readonly DescribedDatasource[], purpose: DatabasePurpose): PurposeUser {
  const all = datasources.filter((one) => one.purpose === purpose);
  const username = majority(all.map((one) => one.username));
  const password = majority(all.filter((one) => one.username === username).map((one) => one.password));
  return { purpose, username, password };
}

function isOther(password: string | undefined, usual: string | undefined): boolean {
  return password !== undefined && password !== usual;
}

function variableWord(what: string): string {
  return what
    .replace(/\W/g, '_')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase();
}
