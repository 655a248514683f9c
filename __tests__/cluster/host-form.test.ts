import { describe, expect, test } from '@jest/globals';
import { isHost } from '../../lib/cluster/host-form';

describe('isHost', () => {
  test.each([
    'a',
    'esb.example.org',
    'esb-1.example.org',
    'my_host',
    '10.0.0.1',
    '10.0.0.2-9',
    '::1',
    '2001:db8::7',
    '[2001:db8::7]',
    '::ffff:10.0.0.1',
    'fe80:1:2:3:4:5:6:7',
    '${carbon.local.ip}',
    'node-${n}.example.org',
  ])('%s is one', (value) => {
    expect(isHost(value)).toBe(true);
  });

  test.each([
    '',
    ' ',
    'esb ',
    'esb\n',
    'esb:4000',
    'db:3306',
    'cafe:4000',
    '10.0.0.1:4000',
    '[2001:db8::7',
    '2001:db8::7]',
    'http://esb',
    '-esb',
    'esb-',
    'esb.',
    '${a b}',
    '${}',
    'a/b',
    'tom@esb',
    'büro',
  ])('%j is none', (value) => {
    expect(isHost(value)).toBe(false);
  });
});
