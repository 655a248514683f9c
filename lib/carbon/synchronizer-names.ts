/** What `DeploymentSynchronizer` of carbon.xml calls the parts of a repository. */
export interface RepositoryNames {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Missing where that kind of repository has no such setting. */
  readonly appendTenantId?: string;
}

/**
 * The names for a kind of repository, as Carbon reads them (`DeploymentSynchronizerConstants` and, for git,
 * `GitDeploymentSynchronizerConstants` of carbon-commons). What is said for SVN a git synchronizer never reads.
 */
export function repositoryNames(repositoryType: string): RepositoryNames {
  return repositoryType === 'git'
    ? { url: 'GitBaseUrl', user: 'GitUserName', password: 'GitPassword' }
    : { url: 'SvnUrl', user: 'SvnUser', password: 'SvnPassword', appendTenantId: 'SvnUrlAppendTenantId' };
}
