import { describe, expect, test } from '@jest/globals';
import { shownLine } from '../../../lib/cluster/cluster-file/secret-lines';

/** Each line of a text as an error shows it that points at its first character. */
function shown(text: string): readonly string[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const result = shownLine(text, start, start + line.length, start);
    start += line.length + 1;
    return result;
  });
}

const mask = '********';

describe('a line of a cluster file', () => {
  test.each([
    ['plain', 'password: s3', `password: ${mask}`],
    ['with a comma and a hash', 'password: s3,x#y z', `password: ${mask}`],
    ['in double quotes', 'password: "s\\"3" # why', `password: ${mask} # why`],
    ['in single quotes', "svnPassword: 's''3'", `svnPassword: ${mask}`],
    ['with text behind the quotes', "password: 's'3", `password: ${mask}`],
    ['in braces', '{ username: u, password: s3, host: h }', `{ username: u, password: ${mask}, host: h }`],
    ['last in braces', '{ password: s3 }', `{ password: ${mask} }`],
    ['with a brace, in braces', '{ password: s}3, host: h }', `{ password: ${mask}, host: h }`],
    ['in JSON', '{"password":"s3","host":"h"}', `{"password":${mask},"host":"h"}`],
    ['in a comment', '# password: s3', `# password: ${mask}`],
    ['in a setting of the pool', 'dbSecret: s3', `dbSecret: ${mask}`],
    ['in a URL', 'url: jdbc:mysql://u:s3@h/d', `url: jdbc:mysql://${mask}@h/d`],
    ['as a parameter of a URL', 'url: jdbc:mysql://h/d?password=s3&a=b', `url: jdbc:mysql://h/d?password=${mask}&a=b`],
    [
      'in an operation',
      "- { op: setText, at: //Password, value: 's3' }",
      `- { op: setText, at: //Password, value: ${mask}`,
    ],
    ['under another key of a secret', '{ password: { value: s3 } }', `{ password: ${mask}`],
  ])('hides a password %s', (_, line, expected) => {
    expect(shown(line)).toEqual([expected]);
  });

  test.each([
    'password: { env: NAME }',
    'password: { file: secrets/a.txt }',
    '"password": { "env": "NAME" }',
    'password:',
    'username: u',
    'nodes:',
    '- { op: setText, at: /Server/Version, value: 5 }',
    'url: jdbc:mysql://h/d?a=b',
  ])('shows %s as it is', (line) => {
    expect(shown(line)).toEqual([line]);
  });

  test.each([
    ['on the next line', 'a:\n  password:\n    s3\n  host: h', ['a:', '  password:', `    ${mask}`, '  host: h']],
    ['not indented', 'password:\ns3', ['password:', mask]],
    [
      'as a block',
      'password: |\n  s3\n\n  s4\nhost: h',
      [`password: ${mask}`, `  ${mask}`, '', `  ${mask}`, 'host: h'],
    ],
    ['over two lines', 'password: s3\n  s4\nhost: h', [`password: ${mask}`, `  ${mask}`, 'host: h']],
    ['as a list', 'password:\n  - s3\nhost: h', ['password:', `  ${mask}`, 'host: h']],
    ['in Windows lines', 'password:\r\n  s3\r\nhost: h', ['password:\r', `  ${mask}\r`, 'host: h']],
  ])('hides a password %s', (_, text, expected) => {
    const lines = shown(text).map((line) => line.replace(/\r$/, ''));
    expect(lines).toEqual(expected.map((line) => line.replace(/\r$/, '')));
  });

  test('shows what says where the secret is', () => {
    const text = 'password:\n  env: NAME\nsvnPassword:\n  file: a.txt\npassword: {\n  env: NAME\n}\npassword:\nhost: h';
    expect(shown(text)).toEqual(text.split('\n'));
  });

  test('keeps the places up to the one that is pointed at', () => {
    const line = '{ password: s3, host: h }';
    expect(shownLine(line, 0, line.length, line.indexOf('h }'))).toBe('{ password: **, host: h }');
    expect(shownLine(line, 0, line.length, line.indexOf('3'))).toBe(`{ password: *${mask}, host: h }`);
  });
});

test('blanks without end take no time, and hide nothing', () => {
  const text = `password:${' '.repeat(300)}hunter2-x\na${' '.repeat(200_000)}`;
  const start = process.hrtime.bigint();
  expect(shownLine(text, 0, text.indexOf('\n'), 0)).not.toContain('hunter2');
  shownLine(text, text.indexOf('\n') + 1, text.length, text.length);
  expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(1000);
});
