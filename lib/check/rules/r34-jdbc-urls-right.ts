import type { DatasourceFacts } from '../../carbon/facts/datasource-facts';
import type { DatabaseKind } from '../../database/database-kind';
import { h2OptionsIn, readJdbcUrl, shownUrl } from '../../database/jdbc-url';
import { databaseKindNames, databaseKindOfUrl, databaseKinds, type DatabaseKindName } from '../../database/kinds';
import { datasourceFindings, type DatasourceFault } from '../datasource-faults';
import { listWords } from '../name-nodes';
import type { Rule } from '../rule';
import { settingOf } from '../../carbon/facts/datasource-facts';

/** JDBC URLs say what they seem to say, to a driver that takes them. */
export const jdbcUrlsRight: Rule = {
  title: 'Every JDBC URL of a datasource is well-formed, has only options of its product, and fits its driver class.',
  why: 'With a wrong URL the node opens another database than meant, or none, and does not start.',
  severities: ['error'],
  evaluate: ({ nodes }) =>
    datasourceFindings(nodes, faultsOf, {
      severity: 'error',
      sentence: (datasources, having, what) => `the URL of ${datasources} on ${having} ${what}`,
    }),
};

/** The first fault of a URL; the others are often its consequence. */
function faultsOf(datasource: DatasourceFacts): readonly DatasourceFault[] {
  const url = settingOf(datasource, 'url');
  if (url === undefined || url.value === '') return [];
  const [fault] = [
    () => blanks(url.value, datasource.rawUrl),
    () => escapedTwice(url.value),
    () => h2Options(url.value),
    () => lostQuestionMark(url.value),
    () => wrongDriver(url.value, settingOf(datasource, 'driverClassName')?.value),
  ].flatMap((look) => look() ?? []);
  return fault === undefined ? [] : [{ ...fault, place: url }];
}

type FaultText = Pick<DatasourceFault, 'what' | 'fix'>;

function blanks(url: string, rawUrl: string | undefined): FaultText | undefined {
  // A template such as `{{ DB_URL }}` is filled in before anybody reads it.
  const filled = url.replace(/\{\{.*?\}\}|\$\{.*?\}/g, 'x');
  if (/\s/.test(filled)) {
    const [before = ''] = filled.split(/\s/);
    return {
      what: `holds white space behind ${JSON.stringify(tail(before))}, which is sent to the driver as it stands`,
      fix: 'write the URL without white space',
    };
  }
  if (rawUrl === undefined || rawUrl.trim() === rawUrl || !url.startsWith('jdbc:')) return undefined;
  return {
    what: 'begins or ends with white space, which is sent to the driver as it stands',
    fix: 'write <url> and </url> right around the URL',
  };
}

/** Enough to find the place, and no more: a password can stand further on. */
function tail(text: string): string {
  const option = /[?;&]([^?;&=]*)=?[^?;&]*$/.exec(text)?.[1];
  return option === undefined ? shownUrl(text).slice(-24) : option;
}

function escapedTwice(url: string): FaultText | undefined {
  if (!/&amp;/i.test(url)) return undefined;
  return {
    what: 'is escaped twice: the driver gets &amp; where an option should end with &',
    fix: 'write &amp; in the file where the URL has &, not &amp;amp;',
  };
}

function h2Options(url: string): FaultText | undefined {
  const kind = databaseKindOfUrl(url);
  const options = kind === undefined || kind === 'h2' ? [] : h2OptionsIn(url);
  if (kind === undefined || options.length === 0) return undefined;
  return {
    what: `has ${listWords(options, 'more')} of H2, which ${databaseKinds[kind].label} does not know`,
    fix: `take ${options.length === 1 ? 'it' : 'them'} out of the URL`,
  };
}

/** `jdbc:mysql://h:3306/dbautoReconnect=true`: the driver takes it all for the name of the database. */
function lostQuestionMark(url: string): FaultText | undefined {
  const read = readJdbcUrl(url);
  if (read === undefined || !/[=&]/.test(read.database)) return undefined;
  const usesQuery = ['mysql', 'mariadb', 'postgresql', 'oracle'].includes(read.kind);
  const [option = ''] = read.database.split('=');
  return {
    what: `has no ${usesQuery ? '?' : 'separator'} before its options, so that ${option}=… is taken for the name of the database`,
    fix: usesQuery ? 'write ? between the database and the first option' : 'separate the options from the database',
  };
}

function wrongDriver(url: string, driverClassName: string | undefined): FaultText | undefined {
  const kind = databaseKindOfUrl(url);
  const ofDriver = driverClassName === undefined ? undefined : kindOfDriver(driverClassName);
  if (kind === undefined || driverClassName === undefined) return undefined;
  if (kind === 'derby' && ofDriver === 'derby') return derbyDriver(url, driverClassName);
  if (ofDriver === undefined || ofDriver === kind || takes(ofDriver, kind)) return undefined;
  const { label, driverClassName: right } = databaseKinds[kind];
  return {
    what: `is one of ${label}, but the driver class ${driverClassName} is that of ${databaseKinds[ofDriver].label}`,
    fix: `set driverClassName to ${right}, or write a URL of ${databaseKinds[ofDriver].label}`,
  };
}

/** The driver of MariaDB takes URLs of MySQL too. */
function takes(driver: DatabaseKindName, kind: DatabaseKindName): boolean {
  return driver === 'mariadb' && kind === 'mysql';
}

function derbyDriver(url: string, driverClassName: string): FaultText | undefined {
  const right = /^jdbc:derby:\/\//.test(url) ? 'ClientDriver' : 'EmbeddedDriver';
  if (driverClassName.endsWith(right) || !/(?:Client|Embedded)Driver$/.test(driverClassName)) return undefined;
  const where = right === 'ClientDriver' ? 'a server' : 'an embedded database';
  return {
    what: `is one of ${where} of Apache Derby, which the driver class ${driverClassName} does not open`,
    fix: `set driverClassName to org.apache.derby.jdbc.${right}`,
  };
}

function kindOfDriver(className: string): DatabaseKindName | undefined {
  return databaseKindNames.find((name) => {
    const { driverClassName, otherDriverClassNames = [] }: DatabaseKind = databaseKinds[name];
    const isDerby = name === 'derby' && className.startsWith('org.apache.derby.jdbc.');
    return isDerby || className === driverClassName || otherDriverClassNames.includes(className);
  });
}
