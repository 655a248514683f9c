import { describe, expect, test } from '@jest/globals';
import { scriptOption, startScriptOf } from '../../lib/check/start-script';
import { emptyFacts } from './check-result';

describe('the start script of a home', () => {
  test.each<[readonly string[], string | undefined]>([
    [[], undefined],
    [['bin/wso2server.bat', 'bin/wso2server.sh'], 'bin/wso2server.sh'],
    [['bin/wso2server.bat'], 'bin/wso2server.bat'],
    [['bin/broker.sh', 'bin/integrator.sh'], 'bin/integrator.sh'],
    [['bin/broker.sh'], 'bin/broker.sh'],
  ])('of %j is %s', (paths, expected) => {
    const startScripts = new Map(paths.map((path) => [path, `text of ${path}`]));
    const script = startScriptOf({ ...emptyFacts('/srv/a'), startScripts });
    expect(script).toEqual(expected && { path: expected, text: `text of ${expected}` });
  });
});

describe('an option in a start script', () => {
  test.each<[string, string, string | undefined]>([
    ['is read to the next blank', 'java -Da=b -Dx=1 Main\n', '1'],
    ['is read to the end of a continued line', 'java \\\n  -Dx=1\\\n  Main', '1'],
    ['may stand in quotes', 'java -Dx="a b" Main', 'a b'],
    ['may have its value in single quotes', "java -Dx='a' Main", 'a'],
    ['counts in a quoted list', 'set OPTS="-Dx=1"', '1'],
    ['is the last of several', 'java -Dx=1 -Dx=2 Main', '2'],
    ['does not count in a comment', '# -Dx=1', undefined],
    ['does not count in a comment of Windows', 'rem -Dx=1\r\n:: -Dx=1\r\n@REM -Dx=1', undefined],
    ['does not count where it is only printed', 'echo "-Dx=1"\r\n  echo -Dx=1', undefined],
    ['may be empty', 'java -Dx= Main', ''],
    ['may be missing', 'java Main', undefined],
  ])('%s', (_, text, expected) => {
    expect(scriptOption({ path: 's', text }, '-Dx=')?.value).toBe(expected);
  });

  test('has its place', () => {
    expect(scriptOption({ path: 'bin/s.sh', text: '#!/bin/sh\n  java -Dx=1' }, '-Dx=')).toEqual({
      value: '1',
      path: 'bin/s.sh',
      line: 2,
      column: 8,
    });
  });
});
