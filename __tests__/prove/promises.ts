import { errorSamples } from '../../docs/error-samples';

/** One promise of docs/reliability.md, and what has to be shown for it. */
export interface PromiseOfReliability {
  /** What is promised, in a few words, for the line that `npm run prove` prints. */
  readonly says: string;
  /** The test files that show it, below `__tests__`, as jest takes them. */
  readonly suites: readonly string[];
  /** Figures that these tests note with `noteFigure`, and how high each has to be at the least. */
  readonly atLeast: Readonly<Record<string, number>>;
}

/** Every promise that `npm run prove` shows, in the order of its lines. Register a new one by adding it here. */
export const promises: Readonly<Record<string, PromiseOfReliability>> = {
  drift: {
    says: 'a file that somebody changed before a write is refused, with a three-way picture of it',
    suites: ['drift-fixtures.test.ts', 'cli/drift.test.ts', 'report/three-way.test.ts'],
    atLeast: { pictures: 40, 'merged texts': 1000 },
  },
  crash: {
    says: 'a killed run is brought to all-old or all-new by the next apply, undo or show',
    suites: ['disk/program-crash.test.ts', 'disk/crash.test.ts', 'disk/group-crash.test.ts'],
    atLeast: { 'kill points': 500, 'states recovered': 150, 'processes killed': 20 },
  },
  faults: {
    says: 'a disk that fails, is full or is read-only leaves all files or none written',
    suites: ['disk/faults.test.ts', 'disk/group-faults.test.ts', 'disk/full-disk.test.ts'],
    atLeast: { 'faults injected': 1000 },
  },
  power: {
    says: 'whatever a power failure loses of what was not synced, a recovery ends on one side',
    suites: ['disk/power.test.ts', 'disk/write-order.test.ts'],
    atLeast: { 'orders tried': 1000 },
  },
  lock: {
    says: 'runs at once never interleave, and stale locks are recognised',
    suites: ['disk/at-once.test.ts', 'disk/lock.test.ts'],
    atLeast: { 'processes at once': 40, 'runs that were done': 20 },
  },
  attributes: {
    says: 'mode, owner, access control list and times are as promised',
    suites: ['disk/access-lists.test.ts', 'disk/attributes.test.ts', 'disk/replace-file.test.ts'],
    atLeast: { 'files compared': 20 },
  },
  paths: {
    says: 'unsafe files and paths that leave the home are refused before anything is written',
    suites: ['disk/unsafe-files.test.ts', 'disk/journal.test.ts'],
    atLeast: { 'kinds of files and paths refused': 20 },
  },
  secrets: {
    says: 'no secret in any output',
    suites: ['secrets-corpus.test.ts', 'cli/secrets.test.ts', 'report/mask-secrets.test.ts'],
    atLeast: { 'values searched': 1800, 'outputs searched': 1800 },
  },
  terminal: {
    says: 'no text steers a terminal',
    suites: ['cli/hostile-text.test.ts'],
    atLeast: { 'sequences in places': 190 },
  },
  errors: {
    says: 'every error is provoked, and has its fix',
    suites: ['errors.test.ts', 'cli/command-line.test.ts', 'cli/bad-input.test.ts'],
    atLeast: { 'codes thrown': Object.keys(errorSamples).length },
  },
  conformance: {
    says: 'the W3C suite: what is well-formed comes back byte for byte, what is not is refused',
    suites: ['w3c-conformance.test.ts'],
    atLeast: { 'documents round-tripped': 957, 'documents refused': 955 },
  },
  hostile: {
    says: 'files made to hurt: read or refused in bounded time and memory, and nothing is fetched',
    suites: ['hostile'],
    atLeast: { inputs: 200, 'homes refused': 13 },
  },
  properties: {
    says: 'random documents and patches: lossless, idempotent, undone, in any order, as another parser reads them',
    suites: ['properties'],
    atLeast: { 'documents and patches': 10_000 },
  },
  fuzz: {
    says: 'mutated files of real homes: no crash, no hang, nothing written that is not well-formed',
    suites: ['fuzz'],
    atLeast: { inputs: 20_000 },
  },
};
