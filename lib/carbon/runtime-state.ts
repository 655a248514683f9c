/** Something that a server leaves in its home, which a copy of the home for another node must not have. */
export interface RuntimeState {
  /**
   * Path in a home, with forward slashes: `*` is any part of a name, `**` any number of folders. `folder/**` means what is in
   * the folder, which stays as an empty one; without it the folder goes too.
   */
  readonly path: string;
  /** What it is, in a few words. */
  readonly what: string;
  /** `always`, or only where the server was started, or where the home is checked out from a repository. */
  readonly where: 'always' | 'started' | 'synchronized';
}

/** What is known of the home that is copied. */
export interface CopiedHome {
  readonly hasBeenStarted: boolean;
  /** True where the deployment synchronizer of the node checks out its artifacts. */
  readonly isSynchronized: boolean;
}

/**
 * Everything that stays behind when a home is copied; register more by adding it here. Sources, in the order of the list:
 * `wso2server.sh` of the kernel (the pid file, `java.io.tmpdir`, which it empties at each start, `catalina.base`, and heap
 * dumps among the logs); `log4j.properties`; `workDir` in the catalina-server.xml of the EI 6 profiles; H2's manual, "Database
 * File Layout", and the Clustering Guide, which gives each node a registry of its own; `master-datasources.xml` and
 * `hive-site.xml` of Business Activity Monitor; "Upgrading" of API Manager and Governance Registry, which has the folder `solr`
 * deleted so that the index is made anew; Eclipse Equinox, "Runtime options", for the bundle cache in the configuration area;
 * "SVN-based Deployment Synchronizer" of the Clustering Guide, which has `synapse-configs/default` of workers emptied before
 * the first checkout; and docs/recovery.md.
 */
const runtimeState: readonly RuntimeState[] = [
  { path: '*.pid', what: 'number of the running process', where: 'always' },
  { path: 'tmp/**', what: 'temporary files', where: 'always' },
  { path: 'lib/tomcat/work*/**', what: 'work folder of Tomcat', where: 'always' },
  { path: 'wso2/lib/tomcat/work*/**', what: 'work folder of Tomcat', where: 'always' },
  { path: 'repository/logs/**', what: 'logs', where: 'always' },
  { path: 'nohup.out', what: 'logs', where: 'always' },
  { path: 'bin/nohup.out', what: 'logs', where: 'always' },
  { path: 'repository/database/**/*.lock.db', what: 'lock of an embedded database', where: 'always' },
  { path: 'repository/database/**/*.trace.db', what: 'trace of an embedded database', where: 'always' },
  { path: 'repository/database/**/*.db', what: 'embedded database', where: 'started' },
  { path: 'repository/database/metastore_db/**', what: 'embedded database', where: 'started' },
  { path: 'repository/database/cassandra/**', what: 'embedded database', where: 'started' },
  { path: 'repository/data/**', what: 'data of the server', where: 'started' },
  { path: 'solr', what: 'search index', where: 'always' },
  { path: 'repository/components/**/configuration/org.eclipse.osgi', what: 'bundle cache', where: 'always' },
  { path: 'repository/components/**/configuration/*.log', what: 'logs', where: 'always' },
  { path: 'wso2/components/**/configuration/org.eclipse.osgi', what: 'bundle cache', where: 'always' },
  { path: 'wso2/components/**/configuration/*.log', what: 'logs', where: 'always' },
  { path: 'repository/deployment/server/**/.svn', what: 'working copy of a repository', where: 'always' },
  { path: 'repository/deployment/server/**/.git', what: 'working copy of a repository', where: 'always' },
  { path: 'repository/tenants/**/.svn', what: 'working copy of a repository', where: 'always' },
  { path: 'repository/tenants/**/.git', what: 'working copy of a repository', where: 'always' },
  {
    path: 'repository/deployment/server/synapse-configs/default/**',
    what: 'artifacts that the first checkout brings',
    where: 'synchronized',
  },
  { path: '.carbon-patch', what: 'originals of earlier applies', where: 'always' },
  { path: '**/.carbon-patch-*.tmp', what: 'temporary files', where: 'always' },
];

/** What a path of such a home is of that list; `undefined` where it belongs to the node and is copied. */
export function runtimeStateAt(path: string, home: CopiedHome): RuntimeState | undefined {
  return patterns.find(({ state, pattern }) => applies(state, home) && pattern.test(path))?.state;
}

/** True where everything in a folder is left out, so that the folder is made anew, also where it is a link. */
export function holdsRuntimeState(folder: string, home: CopiedHome): boolean {
  return patterns.some(
    ({ state, pattern }) => state.path.endsWith('/**') && applies(state, home) && pattern.test(`${folder}/x`),
  );
}

function applies({ where }: RuntimeState, { hasBeenStarted, isSynchronized }: CopiedHome): boolean {
  return where === 'always' || (where === 'started' ? hasBeenStarted : isSynchronized);
}

const patterns = runtimeState.map((state) => ({ state, pattern: patternOf(state.path) }));

/** The profiles of EI 6 are homes in `wso2/NAME` of another. */
function patternOf(path: string): RegExp {
  const pieces = path.split(/(\*\*\/|\/\*\*$|\*)/).map((piece) => {
    if (piece === '**/') return '(?:[^/]+/)*';
    if (piece === '/**') return '/.+';
    return piece === '*' ? '[^/]*' : piece.replace(/[.\\+?^${}()|[\]]/g, '\\$&');
  });
  return new RegExp(`^(?:wso2/[^/]+/)?${pieces.join('')}$`, 's');
}
