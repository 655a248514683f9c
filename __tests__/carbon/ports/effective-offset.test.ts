import { expect, test } from '@jest/globals';
import { effectiveOffset } from '../../../lib/carbon/ports/effective-offset';
import { carbonXml, surveyedHome } from '../surveyed-home';

const carbon = carbonXml('ESB', '<Ports><Offset>3</Offset></Ports>');
const start = (...options: readonly string[]): string =>
  ['#!/bin/sh', ...options, 'java $JAVA_OPTS \\', '  org.wso2.carbon.bootstrap.Bootstrap $*', ''].join('\n');

test.each<[string, Readonly<Record<string, string>>, number | undefined, string | undefined]>([
  ['0 without a word', {}, 0, undefined],
  ['of carbon.xml', { 'carbon.xml': carbon }, 3, 'repository/conf/carbon.xml:4'],
  [
    'of the command',
    { 'carbon.xml': carbon, 'bin/wso2server.sh': start('JAVA_OPTS="$JAVA_OPTS -DportOffset=5"') },
    5,
    'bin/wso2server.sh:2',
  ],
  [
    'of the command in quotes',
    { 'bin/wso2server.sh': start("JAVA_OPTS='-Xmx1g' '-DportOffset=5'") },
    5,
    'bin/wso2server.sh:2',
  ],
  ['the last of two', { 'bin/wso2server.sh': start('X=-DportOffset=5', 'Y=-DportOffset=6') }, 6, 'bin/wso2server.sh:3'],
  [
    'not of a comment',
    { 'carbon.xml': carbon, 'bin/wso2server.sh': start('  # -DportOffset=5') },
    3,
    'repository/conf/carbon.xml:4',
  ],
  ['not of what is printed', { 'bin/wso2server.sh': start('echo "e.g. -DportOffset=5"') }, 0, undefined],
  ['not of another option', { 'bin/wso2server.sh': start('X=-Dmy-DportOffset=5') }, 0, undefined],
  [
    'of the script for Linux',
    { 'bin/wso2server.sh': start(), 'bin/wso2server.bat': 'rem\r\nset O=-DportOffset=5\r\n' },
    0,
    undefined,
  ],
  [
    'of the script for Windows alone',
    { 'bin/wso2server.bat': 'set O=-DportOffset=5\r\nrem -DportOffset=1\r\n' },
    5,
    'bin/wso2server.bat:1',
  ],
  [
    'of the integrator in EI 6',
    { 'bin/integrator.sh': start('X=-DportOffset=1'), 'bin/broker.sh': start('X=-DportOffset=7') },
    1,
    'bin/integrator.sh:2',
  ],
  [
    'unknown as long as it is a placeholder',
    { 'carbon.xml': carbonXml('ESB', '<Ports><Offset>${offset}</Offset></Ports>') },
    undefined,
    undefined,
  ],
])('the offset is that %s', async (_, files, value, place) => {
  const offset = effectiveOffset(await surveyedHome(files));
  expect(offset?.value).toBe(value);
  expect(offset?.source && `${offset.source.path}:${offset.source.line}`).toBe(place);
});
