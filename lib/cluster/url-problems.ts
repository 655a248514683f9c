import { isEmbeddedUrl } from '../database/database-kind';
import { databaseKindOfUrl, databaseKinds, withDatabase } from '../database/kinds';
import type { DatabaseLayout } from './topology';

/** What is wrong with a JDBC URL that is to serve all nodes; each follows the name of the value. */
export function urlProblems(url: string, layout: DatabaseLayout): readonly string[] {
  const problems: string[] = [];
  if (/\s/.test(url)) problems.push('must not hold white space');
  if (/&amp;/.test(url)) problems.push('must be given plain, with & and not &amp;; it is escaped when it is written');
  const kind = databaseKindOfUrl(url);
  if (kind === undefined) return problems;
  if (kind !== 'h2' && /(?:DB_CLOSE_ON_EXIT|LOCK_TIMEOUT|AUTO_SERVER|[;?&]MODE)=/i.test(url)) {
    problems.push(`holds options of H2, which ${databaseKinds[kind].label} does not know`);
  }
  if (isEmbeddedUrl(url)) problems.push('is that of an embedded database, which cannot be shared between nodes');
  else if (layout === 'shared' && withDatabase(databaseKinds[kind], url, 'x') === undefined) {
    problems.push('must hold {database} where the name goes, as the shared layout needs several databases');
  }
  return problems;
}
