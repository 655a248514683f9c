import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decodePlain } from '../../lib/plan/decode-plain';
import { declareDomains, type WantedDomain } from '../../lib/elb/declare-domains';
import { applyEdits, invertEdits } from '../../lib/text/edit';
import { encodeText } from '../../lib/text/encoding';
import { caughtError } from '../caught-error';
import { expectDeclared } from './expect-declared';

const root = join(__dirname, '../../fixtures/elb');
const cases = readdirSync(root);
const read = (name: string, file: string): Buffer => readFileSync(join(root, name, file));

/** What `error.json` holds; `problem` need only be a part of the error's. */
interface ExpectedError {
  readonly code: string;
  readonly line: number;
  readonly at: string;
  readonly problem: string;
}

describe.each(cases)('%s', (name) => {
  const wanted = JSON.parse(read(name, 'wanted.json').toString('utf8')) as WantedDomain;
  const before = read(name, 'before.conf');
  const decoded = decodePlain(before);

  if (existsSync(join(root, name, 'error.json'))) {
    test('is refused', () => {
      const { problem, ...details } = JSON.parse(read(name, 'error.json').toString('utf8')) as ExpectedError;
      const { code, ...place } = details;
      const error = caughtError(() => declareDomains(decoded.text, 'loadbalancer.conf', wanted));
      expect(error.code).toBe(code);
      expect(error.details).toMatchObject({ path: 'loadbalancer.conf', ...place });
      expect(error.message).toContain(problem);
    });
    return;
  }

  test('gives the expected bytes, which the model of the load balancer reads as wanted', () => {
    const { edits } = declareDomains(decoded.text, 'loadbalancer.conf', wanted);
    const text = applyEdits(decoded.text, edits);
    const bytes = Buffer.from(encodeText({ ...decoded, text }, name));
    if (process.env['UPDATE_ELB'] && !bytes.equals(before)) writeFileSync(join(root, name, 'after.conf'), bytes);
    const after = existsSync(join(root, name, 'after.conf')) ? read(name, 'after.conf') : before;
    expect(bytes.toString('latin1')).toBe(after.toString('latin1'));
    expectDeclared(text, wanted);
  });

  test('changes nothing when it is made again, and can be taken back', () => {
    const { edits, changes } = declareDomains(decoded.text, 'loadbalancer.conf', wanted);
    const text = applyEdits(decoded.text, edits);
    expect(declareDomains(text, 'loadbalancer.conf', wanted)).toEqual({ edits: [], changes: [] });
    expect(applyEdits(text, invertEdits(decoded.text, edits))).toBe(decoded.text);
    expect(edits.length > 0).toBe(changes.length > 0);
  });
});
