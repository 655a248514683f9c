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
  secrets: {
    says: 'no secret in any output',
    suites: ['secrets-corpus.test.ts', 'cli/secrets.test.ts', 'report/mask-secrets.test.ts'],
    atLeast: { 'values searched': 1069, 'outputs searched': 800 },
  },
  terminal: {
    says: 'no text steers a terminal',
    suites: ['cli/hostile-text.test.ts'],
    atLeast: { 'sequences in places': 170 },
  },
  errors: {
    says: 'every error is provoked, and has its fix',
    suites: ['errors.test.ts', 'cli/command-line.test.ts', 'cli/bad-input.test.ts'],
    atLeast: { 'codes thrown': Object.keys(errorSamples).length },
  },
};
