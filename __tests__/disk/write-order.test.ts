import { expect, test } from '@jest/globals';
import { runInChild } from './child-process';
import { makeHome, textReplacements } from './temporary-home';

const journalWritten = [
  'writeFile .carbon-patch/.carbon-patch-*.tmp',
  'sync .carbon-patch/.carbon-patch-*.tmp',
  'rename .carbon-patch/.carbon-patch-*.tmp .carbon-patch/journal.json',
  'sync .carbon-patch',
];

test('what must survive a failure of the power is on the disk before the step that relies on it', async () => {
  const home = makeHome({ 'conf/a.xml': 'a', 'conf/b.xml': 'b' });
  const replacements = textReplacements(home, { 'conf/a.xml': 'A', 'conf/b.xml': 'B' });
  const [outcome] = await runInChild([{ home, action: 'commit', replacements }]);
  expect(outcome?.trace).toEqual([
    'sync .',
    'rename .carbon-patch/.carbon-patch-*.tmp .carbon-patch/lock-*',
    ...journalWritten,
    'writeFile .carbon-patch/originals/1/conf/a.xml',
    'sync .carbon-patch/originals/1/conf/a.xml',
    'writeFile .carbon-patch/originals/1/conf/b.xml',
    'sync .carbon-patch/originals/1/conf/b.xml',
    'sync .carbon-patch/originals/1/conf',
    'sync .carbon-patch/originals/1',
    'sync .carbon-patch/originals',
    'sync .carbon-patch',
    'writeFile conf/.carbon-patch-*.tmp',
    'sync conf/.carbon-patch-*.tmp',
    'writeFile conf/.carbon-patch-*.tmp',
    'sync conf/.carbon-patch-*.tmp',
    'sync conf',
    ...journalWritten,
    'rename conf/.carbon-patch-*.tmp conf/a.xml',
    'rename conf/.carbon-patch-*.tmp conf/b.xml',
    'sync conf',
    ...journalWritten,
    // Not brought down to the disk, and after everything that is: only a picture depends on it.
    'writeFile .carbon-patch/applied/1/conf/a.xml',
    'writeFile .carbon-patch/applied/1/conf/b.xml',
  ]);
});
