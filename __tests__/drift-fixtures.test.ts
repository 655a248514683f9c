import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { CarbonPatchError, type FileSide } from '../lib/errors';
import { driftJson } from '../lib/report/drift-json';
import { driftText } from '../lib/report/drift-text';
import { root } from './fresh-build';
import { noteFigure } from './prove/figures';

const folder = join(root, 'fixtures/drift');
const cases = readdirSync(folder);

/** The words that are passwords in these files. */
const secrets = ['keys-of-may', 'keys-of-june', 'keys-of-july', 'june', 'm4y', 'j7y'];

describe('the picture of a file that drifted', () => {
  test.each(cases)('%s', (name) => {
    const error = driftOfCase(name);
    const picture = driftText(error, {});
    expect(picture).toBe(readFileSync(join(folder, name, 'picture.txt'), 'utf8'));
    const shown = picture + JSON.stringify(driftJson(error)) + inspect(error, { depth: null, showHidden: true });
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    noteFigure('drift', 'pictures', 1);
  });
});

/** The error of a folder: a side without a file is one that is missing. */
function driftOfCase(name: string): CarbonPatchError<'PLAN_STALE'> {
  const isConf = existsSync(join(folder, name, 'ours.conf'));
  const path = isConf ? 'repository/conf/loadbalancer.conf' : 'repository/conf/carbon.xml';
  const side = (file: string, missing: string): FileSide => {
    const place = join(folder, name, `${file}${isConf ? '.conf' : '.xml'}`);
    return existsSync(place) ? { bytes: readFileSync(place) } : { missing };
  };
  const file = {
    path,
    base: side('base', 'the saved plan knows it by its digest only'),
    now: side('theirs', 'no such file or directory (ENOENT)'),
    wanted: side('ours', 'nothing'),
  };
  return new CarbonPatchError('PLAN_STALE', { path, paths: [path], drift: () => [file] });
}
