import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../fresh-build';
import { promises } from './promises';

const page = readFileSync(join(root, 'docs/reliability.md'), 'utf8');

test.each(Object.keys(promises))('docs/reliability.md has a section for the promise %s', (key) => {
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'));
  expect(headings).toContain(key);
});

test('docs/reliability.md says what is not promised', () => {
  expect(page).toContain('\n## What is not promised\n');
});
