'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes longest, longest first: begun last, one of them would leave all processors but one idle at the end. */
const longest = [
  'disk/group-crash',
  'disk/group-faults',
  'hostile/hostile',
  'fuzz/fuzz',
  'disk/faults',
  'secrets-corpus',
  'disk/program-crash',
  'properties/order',
  'docs',
  'disk/power',
  'check/rules',
  'disk/crash',
  'hostile/command-line',
];

/** On a new machine, where Jest knows of no earlier run, it would begin with the largest files. */
class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = longest.findIndex((name) => path.endsWith(`__tests__/${name}.test.ts`));
      return index === -1 ? longest.length : index;
    };
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
}

module.exports = LongestFirst;
