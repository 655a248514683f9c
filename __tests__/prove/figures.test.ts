import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { notedFigures, noteFigure } from './figures';

const given = process.env['PROVE_FIGURES'];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carbon-patch-figures-'));
  process.env['PROVE_FIGURES'] = folder;
});

afterEach(() => {
  if (given === undefined) delete process.env['PROVE_FIGURES'];
  else process.env['PROVE_FIGURES'] = given;
});

test('figures of one name are added up, others are kept apart', () => {
  noteFigure('crash', 'kill points', 3);
  noteFigure('crash', 'kill points', 4);
  noteFigure('crash', 'homes', 1);
  noteFigure('lock', 'homes', 5);
  expect(notedFigures(folder)).toEqual({ crash: { 'kill points': 7, homes: 1 }, lock: { homes: 5 } });
});

test('nothing is written where nobody asks', () => {
  delete process.env['PROVE_FIGURES'];
  noteFigure('crash', 'kill points', 3);
  expect(notedFigures(folder)).toEqual({});
});
