import { describe, expect, test } from '@jest/globals';
import { h2OptionsIn, readJdbcUrl, shownUrl } from '../../lib/database/jdbc-url';

describe('readJdbcUrl', () => {
  test.each([
    ['jdbc:mysql://db:3306/REG?autoReconnect=true', 'mysql db:3306 REG autoReconnect=true'],
    ['jdbc:mysql://DB.example.org/REG', 'mysql db.example.org:3306 REG '],
    ['jdbc:mysql:///REG', 'mysql localhost:3306 REG '],
    ['jdbc:mysql://db', 'mysql db:3306  '],
    ['jdbc:mysql://u:p@db:3307/REG?a=b&c=d=e', 'mysql db:3307 REG a=b c=d=e'],
    ['jdbc:mysql:loadbalance://a,b:3307/REG', 'mysql a:3306,b:3307 REG '],
    ['jdbc:mysql://[2001:DB8::5]:3307/REG', 'mysql 2001:db8::5:3307 REG '],
    ['jdbc:mariadb:sequential://a,b/REG', 'mariadb a:3306,b:3306 REG '],
    ['jdbc:postgresql://db/REG?currentSchema=wso2', 'postgresql db:5432 REG currentSchema=wso2'],
    ['jdbc:oracle:thin:@db:1522/REG', 'oracle db:1522 REG '],
    ['jdbc:oracle:thin:scott/tiger@//db/REG?TNS_ADMIN=/etc', 'oracle db:1521 REG TNS_ADMIN=/etc'],
    ['jdbc:oracle:thin:@db:1521:XE', 'oracle db:1521 XE '],
    ['jdbc:oracle:oci:@db:1521:XE', 'oracle db:1521 XE '],
    ['jdbc:oracle:thin:@tcps://db:2484/REG', 'oracle db:2484 REG '],
    ['jdbc:sqlserver://db:1433;databaseName=REG;encrypt=true', 'mssql db:1433 REG encrypt=true'],
    ['jdbc:sqlserver://db\\INST;database=REG', 'mssql db\\inst:1433 REG '],
    ['jdbc:sqlserver://;serverName=db;databaseName=REG', 'mssql db:1433 REG '],
    ['jdbc:jtds:sqlserver://db/REG;instance=X', 'jtds db:1433 REG instance=X'],
    ['jdbc:jtds:sqlserver://db;databaseName=REG', 'jtds db:1433 REG '],
    ['jdbc:db2://db:50001/REG:currentSchema=A;', 'db2 db:50001 REG currentSchema=A'],
    ['jdbc:h2:tcp://db/~/REG;MODE=MySQL', 'h2 db:9092 ~/REG MODE=MySQL'],
    ['jdbc:h2:repository/database/REG;LOCK_TIMEOUT=1', 'h2  repository/database/REG LOCK_TIMEOUT=1'],
    ['jdbc:h2:;AUTO_SERVER=TRUE', 'h2   AUTO_SERVER=TRUE'],
    ['jdbc:derby://db/REG;create=true', 'derby db:1527 REG create=true'],
    ['jdbc:derby:REG', 'derby  REG '],
  ])('%s', (url, expected) => {
    const read = readJdbcUrl(url);
    const servers = read?.servers.map(({ host, port }) => `${host}:${port}`).join(',');
    const options = read?.options.map(({ name, value }) => `${name}=${value}`).join(' ');
    expect(`${read?.kind} ${servers} ${read?.database} ${options}`).toBe(expected);
  });

  test.each([
    'jdbc:mysql://${db.host}:3306/REG',
    'jdbc:mysql://{{ DB_HOST }}/REG',
    'jdbc:mysql://address=(host=db)(port=3306)/REG',
    'jdbc:mysql://db:port/REG',
    'jdbc:postgresql:REG',
    'jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db)))',
    'jdbc:oracle:thin:@alias',
    'jdbc:sqlserver://;databaseName=REG',
    'jdbc:sybase:x',
    '',
  ])('%j is not taken apart', (url) => {
    expect(readJdbcUrl(url)).toBeUndefined();
  });
});

describe('shownUrl', () => {
  test.each([
    ['jdbc:mysql://db:3306/REG?user=u&password=secret', 'jdbc:mysql://db:3306/REG'],
    ['jdbc:mysql://u:secret@db:3306/REG', 'jdbc:mysql://db:3306/REG'],
    ['jdbc:mysql://u:se@cret@db/REG?x=1', 'jdbc:mysql://db/REG'],
    ['jdbc:mysql://u:se?cret@db/REG', 'jdbc:mysql://'],
    ['jdbc:mysql://db?password=se@cret/x', 'jdbc:mysql://'],
    ['jdbc:mysql://db/REG?mail=a@b', 'jdbc:mysql://db/REG'],
    ['jdbc:oracle:thin:u/secret@db:1521/REG', 'jdbc:oracle:thin:@db:1521/REG'],
    ['jdbc:sqlserver://db:1433;user=u;password=secret;databaseName=REG', 'jdbc:sqlserver://db:1433;databaseName=REG'],
    ['jdbc:sqlserver://db:1433;user=u;password=secret', 'jdbc:sqlserver://db:1433'],
    ['jdbc:jtds:sqlserver://db/REG;password=secret', 'jdbc:jtds:sqlserver://db/REG'],
    ['jdbc:db2://db:50000/REG:user=u;password=secret;', 'jdbc:db2://db:50000/REG'],
    ['jdbc:h2:repository/database/REG;PASSWORD=secret', 'jdbc:h2:repository/database/REG'],
    ['${db.url}', '${db.url}'],
    ['no URL', 'no URL'],
  ])('%s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});

describe('h2OptionsIn', () => {
  test.each<[string, readonly string[]]>([
    ['jdbc:h2:x;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000', ['DB_CLOSE_ON_EXIT', 'LOCK_TIMEOUT']],
    ['jdbc:mysql://db/x?db_close_on_exit=FALSE&MODE=y&MODE=z', ['db_close_on_exit', 'MODE']],
    ['jdbc:mysql://db/MODE=x', []],
    ['jdbc:postgresql://db/x?sslmode=require&targetMode=a', []],
  ])('%s', (url, options) => {
    expect(h2OptionsIn(url)).toEqual(options);
  });
});
