import type { ClusterFile, SecretReference } from './schema';
import type { Resolution } from './resolution';
import type { ValuePath } from './source';

/** Where secrets are looked up. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the secret files hold, by their paths as the cluster file names them, or why one cannot be read. */
  readonly files: ReadonlyMap<string, { readonly secret: string } | { readonly problem: string }>;
  /** `optional` for what does not write: then a secret that cannot be had is empty. */
  readonly need: 'required' | 'optional';
}

/** The secret files that a cluster file names, as it names them. */
export function secretFilesOf({ database, deploymentSynchronizer }: ClusterFile): readonly string[] {
  const users = Object.values(database.users ?? {});
  const references = [database.password, deploymentSynchronizer?.svnPassword, ...users.map((user) => user?.password)];
  return references.flatMap((reference) =>
    typeof reference === 'object' && 'file' in reference ? [reference.file] : [],
  );
}

/** The secret that a reference means; a problem is noted down, and an empty text given, where it cannot be had. */
export function lookUpSecret(
  resolution: Resolution,
  { at, name }: { readonly at: ValuePath; readonly name: string },
  reference: SecretReference,
  { env, files, need }: SecretSources,
): string {
  const found = find(reference, env, files);
  if ('secret' in found) {
    resolution.explanations.push({ path: name, value: '********', origin: found.origin, isDerived: false });
    if (typeof reference === 'string') resolution.warnings.push(plainWarning(name));
    return found.secret;
  }
  if (need === 'required') resolution.problems.push({ at, problem: `${name}: ${found.problem}` });
  return '';
}

function find(
  reference: SecretReference,
  env: SecretSources['env'],
  files: SecretSources['files'],
): { readonly secret: string; readonly origin: string } | { readonly problem: string } {
  if (typeof reference === 'string') return { secret: reference, origin: 'in clear text in the cluster file' };
  if ('env' in reference) {
    const secret = env[reference.env];
    if (secret === undefined || secret === '')
      return { problem: `the environment variable ${reference.env} is not set; set it to the password` };
    return { secret, origin: `environment variable ${reference.env}` };
  }
  const file = files.get(reference.file);
  if (file === undefined) return { problem: `${reference.file} was not read` };
  return 'secret' in file ? { secret: file.secret, origin: `file ${reference.file}` } : file;
}

function plainWarning(name: string): string {
  return `${name} stands in clear text in the cluster file, where others can read it; { env: NAME } or { file: PATH } keeps it out.`;
}
