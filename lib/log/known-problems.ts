import { isKnownLine, knownLineOf, type KnownLineName } from './known-lines';
import type { StartRecord } from './start-record';
import type { LogProblem } from './verdict';

/** True for a problem after which a server does not come up as it should. */
export function endsStart({ name }: LogProblem): boolean {
  return name === 'fatal' || (isKnownLine(name) && knownLineOf(name).endsStart === true);
}

/** What the known lines of a start mean, and that there are errors that nobody knows. `isAlone` where no cluster is meant. */
export function knownProblems(
  { known, otherErrors }: StartRecord,
  { isAlone }: { readonly isAlone: boolean },
): readonly LogProblem[] {
  const wrong = [...known].filter(([name]) => !isAlone || !fineAlone.has(name));
  const problems = wrong.map(([name, { count, ...seen }]): LogProblem => {
    const { severity, meaning, advice } = knownLineOf(name);
    return { severity, name, seen, count, meaning, advice };
  });
  const [first] = otherErrors.first;
  if (first === undefined) return problems;
  const { level, ...seen } = first;
  const isFatal = level === 'FATAL';
  const other: LogProblem = {
    severity: isFatal ? 'error' : 'warning',
    name: isFatal ? 'fatal' : 'other-errors',
    seen,
    count: otherErrors.count,
    meaning: isFatal ? 'the server calls this fatal' : 'the server logged errors that are not known here',
    advice: 'read what stands around the line in the log',
  };
  return [...problems, other];
}

/** What is as it should be where nobody says that there is a cluster. */
const fineAlone: ReadonlySet<KnownLineName> = new Set(['clustering-disabled']);
