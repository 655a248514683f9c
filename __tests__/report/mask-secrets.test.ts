import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskProse, maskSecrets, maskSpans } from '../../lib/report/mask-secrets';

describe('elements', () => {
  test.each([
    ['text', '<password>hunter2</password>', '<password>********</password>'],
    ['a prefix', '<n:Password>hunter2</n:Password>', '<n:Password>********</n:Password>'],
    ['one character', '<password>x</password>', '<password>********</password>'],
    [
      'an alias beside it',
      '<password svns:secretAlias="A.B">x</password>',
      '<password svns:secretAlias="A.B">********</password>',
    ],
    ['references', '<password>a&amp;b&#33;&lt;</password>', '<password>********</password>'],
    ['white space around it', '<password> a b </password>', '<password>********</password>'],
    ['a mask already', '<password>********</password>', '<password>********</password>'],
    ['CDATA', '<password><![CDATA[a<b]]></password>', '<password><![CDATA[********]]></password>'],
    ['a comment inside', '<password>new<!-- old --></password>', '<password>********<!--********--></password>'],
    ['elements inside', '<Password><Value>x</Value></Password>', '<Password><Value>********</Value></Password>'],
    [
      'several lines',
      '<password>\r\n    ab\r\n  cd  \n\n\t</password>',
      '<password>\r\n    ********\r\n  ********\n\n\t</password>',
    ],
    ['a lone CR', '<password>ab\rcd</password>', '<password>********\r********</password>'],
    ['an open tag over lines', '<password\n  a="1"\n>x</password>', '<password\n  a="********"\n>********</password>'],
    ['a value that is a whole JDBC URL', '<Password>jdbc:x:y</Password>', '<Password>********</Password>'],
    ['another value beside it', '<password>x</password><url>y</url>', '<password>********</password><url>y</url>'],
    ['no value', '<password></password><password/>', '<password></password><password/>'],
    ['a placeholder', '<password>${db.password}</password>', '<password>${db.password}</password>'],
    [
      'a switch',
      '<EnableClientSecretHash>false</EnableClientSecretHash>',
      '<EnableClientSecretHash>false</EnableClientSecretHash>',
    ],
    [
      'a policy',
      '<Property name="PasswordJavaRegEx">^[\\S]{5,30}$</Property>',
      '<Property name="PasswordJavaRegEx">^[\\S]{5,30}$</Property>',
    ],
  ])('%s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

describe('attributes', () => {
  test.each([
    ['a name', '<Connector port="1" keystorePass="x"/>', '<Connector port="1" keystorePass="********"/>'],
    ['single quotes and blanks', "<a password = 'x y'>", "<a password = '********'>"],
    ['> in the value', '<a password="x>y" b="z"/>', '<a password="********" b="z"/>'],
    ['a line break in the value', '<a password="x\n  y"/>', '<a password="********\n  ********"/>'],
    ['an empty value', '<a password=""/>', '<a password=""/>'],
    [
      'a named parameter',
      '<parameter name="transport.jms.Password" locked="false">x</parameter>',
      '<parameter name="transport.jms.Password" locked="false">********</parameter>',
    ],
    ['a named value', '<property name="password" value="x"/>', '<property name="password" value="********"/>'],
    [
      'a value before the name',
      '<property value="x" name="password"/>',
      '<property value="********" name="password"/>',
    ],
    [
      'a key',
      '<property key="mail.smtp.password">x</property>',
      '<property key="mail.smtp.password">********</property>',
    ],
    [
      'a name that is none',
      '<property name="subDomain" value="worker"/>',
      '<property name="subDomain" value="worker"/>',
    ],
  ])('%s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

describe('a name element beside the value', () => {
  test.each([
    [
      '<property>\n <name>javax.jdo.option.ConnectionPassword</name>\n <value>x</value>\n</property>',
      '<property>\n <name>javax.jdo.option.ConnectionPassword</name>\n <value>********</value>\n</property>',
    ],
    [
      '<init-param><param-value>x</param-value><param-name>password</param-name></init-param>',
      '<init-param><param-value>********</param-value><param-name>password</param-name></init-param>',
    ],
    ['<r><p><name>a</name><value>x</value></p></r>', '<r><p><name>a</name><value>x</value></p></r>'],
  ])('%s', (text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

describe('URLs and JDBC strings', () => {
  test.each([
    ['jdbc:mysql://user:pass@host:3306/db', 'jdbc:mysql://********@host:3306/db'],
    ['jdbc:mysql://u:p@h1,u:p@h2/db', 'jdbc:mysql://********@h2/db'],
    ['https://user:p@ss/w?rd#1@host/path', 'https://********@host/path'],
    ['https://token@host/path', 'https://********@host/path'],
    ['svn://u:p&amp;q@host', 'svn://********@host'],
    [
      "amqp://admin:admin@id/carbon?brokerlist='tcp://localhost:5672'",
      "amqp://********@id/carbon?brokerlist='tcp://localhost:5672'",
    ],
    ['https://a/b https://u:p@c', 'https://a/b https://********@c'],
    ['amqp://${jms.username}:${jms.password}@id/carbon', 'amqp://${jms.username}:${jms.password}@id/carbon'],
    ['jdbc:oracle:thin:scott/tiger@host:1521/orcl', 'jdbc:oracle:thin:********@host:1521/orcl'],
    ['jdbc:oracle:thin:@host:1521/orcl', 'jdbc:oracle:thin:@host:1521/orcl'],
    [
      'jdbc:sqlserver://h:1433;databaseName=d;user=sa;password=x;ssl=true',
      'jdbc:sqlserver://h:1433;databaseName=d;user=********;password=********;ssl=true',
    ],
    ['jdbc:sqlserver://h;password={a;b=c};ssl=true', 'jdbc:sqlserver://h;password=********;ssl=true'],
    [
      'jdbc:mysql://h/d?user=a&amp;password=b&amp;ssl=true',
      'jdbc:mysql://h/d?user=********&amp;password=********&amp;ssl=true',
    ],
    ['jdbc:mysql://h/d?password=b;c&x=1', 'jdbc:mysql://h/d?password=********&x=1'],
    [
      'jdbc:mysql://address=(host=h)(user=u)(password=p)/d',
      'jdbc:mysql://address=(host=h)(user=********)(password=********)/d',
    ],
    ['jdbc:db2://h:50000/d:user=u;password=p;', 'jdbc:db2://h:50000/d:user=********;password=********'],
    [
      'jdbc:h2:./db;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000',
      'jdbc:h2:./db;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=60000',
    ],
    ['http://localhost:9763/carbon', 'http://localhost:9763/carbon'],
  ])('%s', (url, expected) => {
    expect(maskSecrets(url)).toBe(expected);
    expect(maskSecrets(`<url>${url}</url>`)).toBe(`<url>${expected}</url>`);
    expect(maskSecrets(`<a url="${url}"/>`)).toBe(`<a url="${expected}"/>`);
    expect(maskSecrets(`<!-- ${url} -->`)).toBe(`<!-- ${expected} -->`);
  });
});

describe('comments', () => {
  test.each([
    ['a commented-out element', '<!--<password>x</password>-->', '<!--<password>********</password>-->'],
    ['the half-open style', '<!--Password>x</Password-->', '<!--Password>********</Password-->'],
    ['the half-open style with blanks', '<!-- Password>x</Password -->', '<!-- Password>********</Password -->'],
    [
      'a half-open tag',
      '<!--property name="password" value="x"/-->',
      '<!--property name="password" value="********"/-->',
    ],
    [
      'a half-open list',
      '<!--a b="1">\n<password>x</password>\n</a-->',
      '<!--a b="1">\n<password>********</password>\n</a-->',
    ],
    ['an element that ends outside', '<!--password>x-->', '<!--password>********-->'],
    ['words', '<!-- the password: x of course -->', '<!-- the password: ******** of course -->'],
    ['a line of its own', '<!--\n  password = a b c\n-->', '<!--\n  password = ********\n-->'],
    ['plain words', '<!-- Keystore password-->', '<!-- Keystore password-->'],
    ['words that look like a half-open tag', '<!-- Password of the admin -->', '<!-- Password of the admin -->'],
  ])('%s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

const m = '********';

describe('a name in disguise', () => {
  test.each([
    ['a reference in a name', '<p name="pass&#119;ord">x</p>', `<p name="pass&#119;ord">${m}</p>`],
    ['a hexadecimal one', "<p name='&#x70;assword' value='x'/>", `<p name='&#x70;assword' value='${m}'/>`],
    [
      'an entity in a name',
      '<!DOCTYPE a [<!ENTITY n "pass"><!ENTITY o "&n;word">]><a><p name="&o;">x</p></a>',
      `<!DOCTYPE a [<!ENTITY n "pass"><!ENTITY o "&n;word">]><a><p name="&o;">${m}</p></a>`,
    ],
    [
      'a name element',
      '<p><name>&#112;wd</name><value>x</value></p>',
      `<p><name>&#112;wd</name><value>${m}</value></p>`,
    ],
    ['a text', '<a>&#112;assword=x y=z</a>', `<a>&#112;assword=${m}</a>`],
    ['a parameter', '<u>jdbc:m://h/d?a=b&amp;pass&#119;ord=x</u>', `<u>jdbc:m://h/d?a=b&amp;pass&#119;ord=${m}</u>`],
    ['percent signs', '<u>jdbc:m://h/d?%70assword=x&amp;a=b</u>', `<u>jdbc:m://h/d?%70assword=${m}&amp;a=b</u>`],
    ['an escaped =', '<u>http://h/d?password%3Dx%26a%3Db</u>', `<u>http://h/d?password%3D${m}%26a%3Db</u>`],
    ['unicode escapes', '\\u0070assword=x', `\\u0070assword=${m}`],
    [
      'numbered brackets',
      '<a>&#60;password&#62;x&#60;/password&#62;</a>',
      `<a>&#60;password&#62;${m}&#60;/password&#62;</a>`,
    ],
    ['escaped twice', '<a>&amp;lt;password&amp;gt;x&amp;lt;/a</a>', `<a>&amp;lt;password&amp;gt;${m}&amp;lt;/a</a>`],
    [
      'a parameter in escaped markup',
      '<a>&lt;p name=&quot;password&quot;&gt;x&lt;/p&gt;&lt;b&gt;y&lt;/b&gt;</a>',
      `<a>&lt;p name=&quot;password&quot;&gt;${m}&lt;/p&gt;&lt;b&gt;y&lt;/b&gt;</a>`,
    ],
    [
      'a name in CDATA',
      '<p><name><![CDATA[pwd]]></name><value>x</value></p>',
      `<p><name><![CDATA[pwd]]></name><value>${m}</value></p>`,
    ],
    [
      'an attribute of the parent',
      '<p value="x"><name>password</name></p>',
      `<p value="${m}"><name>password</name></p>`,
    ],
    [
      'a map',
      '<e><string>password</string><string>x</string></e>',
      `<e><string>password</string><string>${m}</string></e>`,
    ],
    [
      'other words for name',
      '<a field="password" value="x"/><b attribute="pwd">x</b>',
      `<a field="password" value="${m}"/><b attribute="pwd">${m}</b>`,
    ],
    [
      'connection properties',
      '<connectionProperties>a=b;password=x;c=d</connectionProperties>',
      `<connectionProperties>a=b;password=${m};c=d</connectionProperties>`,
    ],
  ])('%s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
    expect(maskSecrets(expected)).toBe(expected);
  });

  test.each([
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>' +
      '&b;'.repeat(20_000) +
      '</a>',
    '<a>' + '&#38;amp;'.repeat(50_000) + '</a>',
    '%25'.repeat(100_000),
  ])('is not looked for without end', (text) => {
    const start = performance.now();
    maskSecrets(text);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('credentials that have no name', () => {
  test.each([
    [
      'a system property',
      '<a>java -Djavax.net.ssl.keyStorePassword=x -Da=b</a>',
      `<a>java -Djavax.net.ssl.keyStorePassword=${m} -Da=b</a>`,
    ],
    ['an option of a command', '<a>keytool -storepass x -alias y</a>', `<a>keytool -storepass ${m} -alias y</a>`],
    ['an option with two dashes', '<a b="run --password x --port 1"/>', `<a b="run --password ${m} --port 1"/>`],
    ['a user of curl', '<!-- curl -k -u admin:x https://h -->', `<!-- curl -k -u admin:${m} https://h -->`],
    ['an arrow', '<!-- the password -> x -->', `<!-- the password -> ${m} -->`],
    ['a sentence', '<!-- The password is s3cret, as ever -->', `<!-- The password is ${m} as ever -->`],
    ['a sentence with quotes', '<!-- password "secret" -->', `<!-- password "${m}" -->`],
    ['a basic header', '<a>Basic YWRtaW46YWRtaW4x</a>', `<a>Basic ${m}</a>`],
    ['a named header', '<a name="Authorization" value="Basic YWRtaW4="/>', `<a name="Authorization" value="${m}"/>`],
    ['a bearer header', '<a>Bearer eyJhbGciOiJ9.eyJz</a>', `<a>Bearer ${m}</a>`],
    [
      'a private key',
      '<a>\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\n</a>',
      `<a>\n-----BEGIN RSA PRIVATE KEY-----\n${m}\n${m}\n-----END RSA PRIVATE KEY-----\n</a>`,
    ],
  ])('%s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

describe('what only looks like a secret stays readable', () => {
  test.each([
    '<Property name="PasswordHashMethod">SHA</Property>',
    '<passwordHashAlgorithm>SHA-256</passwordHashAlgorithm>',
    '<Connector port="9443" keystoreType="JKS" sslProtocol="TLS"/>',
    '<!-- The password is required -->',
    '<!-- The password is stored as it is, never in CDATA. -->',
    '<!-- Basic Authentication, Basic Standard2Auth, bearer grants -->',
    '<!-- pass-through, non-password users, the -password- of nobody -->',
    '<!-- -----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE----- -->',
    '<a>curl -u admin https://h:8243/x</a>',
    '<p><name>domain</name><value>a&amp;b%20c</value></p>',
    '<entry><string>password.expiry</string><string>30</string></entry>',
    '<GrantType><GrantTypeName>password</GrantTypeName><Handler>org.x.PasswordGrantHandler</Handler></GrantType>',
    '<roles><role>admin</role><role>everyone</role></roles>',
    '<a>jdbc:mysql://h:3306/d?useUnicode=true&amp;characterEncoding=UTF-8</a>',
    '<a>&lt;port&gt;9443&lt;/port&gt;</a>',
    '<u>http://h/a%20b?c=%26d</u>',
    '<parameter name="HTTPS">8243</parameter>',
  ])('%s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe('the rest of a file', () => {
  test.each([
    [
      'markup in CDATA',
      '<a><![CDATA[<password>x</password>]]></a>',
      '<a><![CDATA[<password>********</password>]]></a>',
    ],
    [
      'a URL in parts',
      '<url>jdbc:mysql://u:<![CDATA[p&]]>q<!-- r -->@h</url>',
      '<url>jdbc:mysql://********<![CDATA[********]]>********<!-- r -->@h</url>',
    ],
    ['escaped markup', '<a>&lt;password&gt;x&lt;/password&gt;</a>', '<a>&lt;password&gt;********&lt;/password&gt;</a>'],
    ['an instruction', '<?p password="x"?><a/>', '<?p password="********"?><a/>'],
    [
      'an entity with a secret name',
      '<!DOCTYPE a [<!ENTITY db.password "x">]><a/>',
      '<!DOCTYPE a [<!ENTITY db.password "********">]><a/>',
    ],
    [
      'an entity that a secret refers to',
      "<!DOCTYPE a [\n<!ENTITY p 'x'>\n<!ENTITY q 'y'>]><a><password>&p;</password>&q;</a>",
      "<!DOCTYPE a [\n<!ENTITY p '********'>\n<!ENTITY q 'y'>]><a><password>********</password>&q;</a>",
    ],
    [
      'an entity with markup',
      '<!DOCTYPE a [<!ENTITY e "<password>x</password>">]><a/>',
      '<!DOCTYPE a [<!ENTITY e "<password>********</password>">]><a/>',
    ],
    [
      'a default value',
      '<!DOCTYPE a [<!ATTLIST a keystorePass CDATA "x" port CDATA #FIXED "1">]><a/>',
      '<!DOCTYPE a [<!ATTLIST a keystorePass CDATA "********" port CDATA #FIXED "1">]><a/>',
    ],
    [
      'a comment in the DOCTYPE',
      '<!DOCTYPE a [<!-- <password>x</password> -->]><a/>',
      '<!DOCTYPE a [<!-- <password>********</password> -->]><a/>',
    ],
  ])('%s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

describe('what is no XML or is malformed', () => {
  test.each([
    ['a properties line', 'db.password = a b<c>d\nport=1', 'db.password = ********\nport=1'],
    ['a commented-out line', '#password=x', '#password=********'],
    ['TOML', 'password = "a\\"b" # note', 'password = "********" # note'],
    ['JSON', '{"user": "a", "password": "b", "port": 1}', '{"user": "a", "password": "********", "port": 1}'],
    ['a system property', 'java -Dkeystore.password=x -Dport=1', 'java -Dkeystore.password=******** -Dport=1'],
    [
      'an SQL parameter',
      'UPDATE U SET U_PASSWORD=?, U_SALT=? WHERE N=?',
      'UPDATE U SET U_PASSWORD=?, U_SALT=? WHERE N=?',
    ],
    ['the end of an element', 'x</password>', '********</password>'],
    ['an element without an end', '<a><password>x', '<a><password>********'],
    ['a tag without an end', '<Connector keystorePass="x"', '<Connector keystorePass="********"'],
    ['a value without an end', '<Connector keystorePass="x', '<Connector keystorePass="********'],
    ['a value without quotes', '<Connector keystorePass=x port="1"/>', '<Connector keystorePass=******** port="1"/>'],
    ['a quote in a value', '<a password="x"y" port="1" pwd="z"/>', '<a password="******** port="1" pwd="********"/>'],
    ['< in a value', '<a password="x<y" b="1"/>', '<a password="********" b="1"/>'],
    ['< in a text', '<password>x<y</password>', '<password>********</password>'],
    ['& in a text', '<password>x&y</password>', '<password>********</password>'],
    ['a comment without an end', '<!-- <password>x</password>', '<!-- <password>********</password>'],
    ['just a word', 'hunter2', 'hunter2'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

test.each([
  ['svn://u:p@host: left alone', 'svn://********@host: left alone'],
  ['jdbc:x;password=y was refused', 'jdbc:x;password=******** was refused'],
  ['password: left alone, it has an alias', 'password: left alone, it has an alias'],
  ["nothing matches //a[password='x']", "nothing matches //a[password='********']"],
])('a sentence keeps its words: %s', (text, expected) => {
  expect(maskProse(text)).toBe(expected);
});

describe('of a file that is not well-formed a message shows nothing that may be a piece of a secret', () => {
  test.each([
    ["'<' after &ssword; end the reference with ';'", "'<' after &********; end the reference with ';'"],
    ["'<' in the tag <ssword, where an attribute", "'<' in the tag <********, where an attribute"],
    [
      "'hunter2' where the quoted value of attribute pwd must follow",
      "'********' where the quoted value of attribute ******** must follow",
    ],
    [
      "after attribute ss of <a>, where '=' must follow",
      "after attribute ******** of <********>, where '=' must follow",
    ],
    ['no white space before an attribute of <a>', 'no white space before an attribute of <********>'],
    ['end tag </password> where <ss> of line 3 is open', 'end tag </********> where <********> of line 3 is open'],
    ['entity ss is not declared', 'entity ******** is not declared'],
    ['the prefix of ss:word is not declared', 'the prefix of ******** is not declared'],
    ['s:s:w is not a name with at most one prefix', '******** is not a name with at most one prefix'],
    ["'<' followed by '&'; write &lt; for a plain '<'", "'<' followed by '&'; write &lt; for a plain '<'"],
    [
      'character reference to U+0000, which XML does not allow',
      'character reference to U+0000, which XML does not allow',
    ],
  ])('%s', (problem, expected) => {
    const message = (text: string): string => `carbon.xml:3:9: not well-formed: ${text}; mend the file first`;
    expect(maskProse(message(problem))).toBe(message(expected));
    expect(maskProse(problem)).toBe(problem);
  });
});

test('spans may overlap and need no order', () => {
  const spans = [
    { start: 4, end: 6 },
    { start: 1, end: 3 },
    { start: 2, end: 5 },
    { start: 6, end: 6 },
  ];
  expect(maskSpans('abcdefg', spans, '*')).toBe('a*g');
});

describe('for any file', () => {
  const newline = fc.constantFrom('\n', '\r\n', '\r');
  const space = fc
    .array(fc.oneof(fc.constantFrom(' ', '\t'), newline), { maxLength: 4 })
    .map((parts) => parts.join(''));
  const secret = 'hunter2';
  const secretPiece = fc.constantFrom(
    `<password>${secret}</password>`,
    `<p:KeyPassword locked="b">\n  ${secret}\r\n  ${secret}\n</p:KeyPassword>`,
    `<Connector port="1"\r\n keystorePass='${secret}'/>`,
    `<property name="x.Password" value="${secret}"/>`,
    `<!--property name="x.secret">${secret}</property-->`,
    `<!--\n<password>${secret}</password>\n-->`,
    `<url>jdbc:mysql://u:${secret}@h/d?password=${secret}&amp;a=b</url>`,
    `<password><![CDATA[${secret}]]></password>`,
    `<entry><key>token</key><value>${secret}</value></entry>`,
    `<user password="&#104;${secret}" name="n"/>`,
  );
  const plainPiece = fc.constantFrom(
    '<a>b</a>',
    '<a b="c>d"/>',
    '<!-- e -->',
    '<!--f>g</f-->',
    '<![CDATA[h]]>',
    'i &amp; j',
  );
  const file = fc
    .array(fc.tuple(fc.oneof(secretPiece, plainPiece), space), { maxLength: 12 })
    .map((pieces) => `<root>${pieces.flat().join('')}</root>`);
  const junk = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '<!--',
          '-->',
          '"',
          "'",
          '=',
          '&',
          'password',
          '://',
          '@',
          '</password>',
          '<![CDATA[',
          ']]>',
        ),
        fc.constantFrom('<!DOCTYPE a [', ']>', '<?', '?>', '\n', '\r', ' ', 'name="', 'value="', '/>', '{', '$'),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join(''));

  const lineBreaks = (text: string): string => text.replace(/[^\r\n]/g, '');

  test('no secret is left, every line break stays, and masking twice is masking once', () => {
    fc.assert(
      fc.property(file, (text) => {
        const masked = maskSecrets(text);
        expect(masked).not.toContain(secret);
        expect(lineBreaks(masked)).toBe(lineBreaks(text));
        expect(maskSecrets(masked)).toBe(masked);
      }),
      { numRuns: 500 },
    );
  });

  test('lines without a secret stay as they are', () => {
    fc.assert(
      fc.property(file, (text) => {
        const masked = maskSecrets(text).split(/\r\n?|\n/);
        text.split(/\r\n?|\n/).forEach((line, index) => {
          if (!line.includes(secret)) expect(masked[index]).toBe(line);
        });
      }),
    );
  });

  test('whatever it looks like, the line breaks stay', () => {
    fc.assert(
      fc.property(junk, (text) => {
        expect(lineBreaks(maskSecrets(text))).toBe(lineBreaks(text));
      }),
      { numRuns: 2000 },
    );
  });
});
