import { describe, expect, test } from '@jest/globals';
import { nearestName } from '../../lib/text/nearest-name';

const names = ['role', 'home', 'host', 'host-name', 'mgt-host-name', 'db-host', 'dry-run', 'only', 'local-member-port'];

describe('the nearest name', () => {
  test.each([
    ['rol', 'role'],
    ['Role', 'role'],
    ['orle', 'role'],
    ['dryrun', 'dry-run'],
    ['dry_run', 'dry-run'],
    ['dry-rnu', 'dry-run'],
    ['hostname', 'host-name'],
    ['local-memer-prot', 'local-member-port'],
    ['localMemberPort', 'local-member-port'],
    ['mgt', 'mgt-host-name'],
  ])('of %j is %j', (typed, name) => {
    expect(nearestName(typed, names)).toBe(name);
  });

  test.each(['', 'x', 'ho', 'verbose', 'force', '__proto__', 'on-a-completely-different-matter', '\u0000'])(
    'of %j is none',
    (typed) => {
      expect(nearestName(typed, names)).toBeUndefined();
    },
  );

  test('of nothing to choose from is none', () => {
    expect(nearestName('role', [])).toBeUndefined();
  });
});
