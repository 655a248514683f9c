import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { patchBytes } from '../../lib/patch/patch-text';

// The process that section `large` measures: patches the file that it is given, at its end, and writes nothing.

const before = readFileSync(argv[2] ?? '');
const { bytes, changes } = patchBytes(before, [{ op: 'setText', at: '/settings/last', value: 'after' }]);
if (changes.length !== 1 || bytes.length !== before.length - 1) throw new Error('the file was not patched as expected');
