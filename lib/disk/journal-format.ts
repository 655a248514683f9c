import { isTemporaryName } from './replace-file';

/** One file of an apply: its SHA-256 digests before and after. */
export interface AppliedFile {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** One apply that can be undone. */
export interface ApplyRecord {
  /** Names the folder of the originals, `.carbon-patch/originals/<number>`; later applies have higher numbers. */
  readonly number: number;
  /** When it was made; ISO 8601, UTC. */
  readonly time: string;
  /** What the caller wanted to be remembered, as it was given. */
  readonly label: Readonly<Record<string, string>>;
  readonly files: readonly AppliedFile[];
}

/** One file of a transaction. `before` and `after` are as the transaction runs: for an undo, `after` is the original. */
export interface TransactionFile extends AppliedFile {
  /** The name of the staged file, in the true folder of the target. */
  readonly temporary: string;
  /** True once the target is overwritten because it cannot be renamed over; then it may hold a mixture of both contents. */
  readonly inPlace: boolean;
}

/** What is under way on a home. */
export interface Transaction {
  readonly kind: 'apply' | 'undo';
  /**
   * `preparing`: no target is changed; backups and staged files may be there in part.
   * `committing`: all backups and staged files are safe on the disk; targets may be replaced.
   * `rollingBack`: as `committing`, and the end is that every target is as it was.
   */
  readonly phase: 'preparing' | 'committing' | 'rollingBack';
  /** The apply that is being made or undone. */
  readonly record: ApplyRecord;
  readonly files: readonly TransactionFile[];
}

/** The whole state of a home, `.carbon-patch/journal.json`. Replaced in single steps, so it is never half a journal. */
export interface Journal {
  readonly formatVersion: 1;
  /** The applies that can be undone, the last one last. */
  readonly applies: readonly ApplyRecord[];
  /** Missing where all is done. */
  readonly transaction?: Transaction;
}

/** True where a value read from a file is a journal that can be acted on; no path in it leads out of the home. */
export function isJournal(value: unknown): value is Journal {
  return (
    isObject(value) &&
    value['formatVersion'] === 1 &&
    isListOf(value['applies'], isApplyRecord) &&
    (value['transaction'] === undefined || isTransaction(value['transaction']))
  );
}

/** True for a relative path with forward slashes that stays in its folder. */
export function isInnerPath(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.split('/').every((part) => !['', '.', '..'].includes(part) && !/[\\\0]/.test(part))
  );
}

function isTransaction(value: unknown): value is Transaction {
  return (
    isObject(value) &&
    isOneOf(value['kind'], ['apply', 'undo']) &&
    isOneOf(value['phase'], ['preparing', 'committing', 'rollingBack']) &&
    isApplyRecord(value['record']) &&
    isListOf(value['files'], isTransactionFile)
  );
}

function isTransactionFile(value: unknown): value is TransactionFile {
  return (
    isObject(value) &&
    isAppliedFile(value) &&
    typeof value['temporary'] === 'string' &&
    isTemporaryName(value['temporary']) &&
    typeof value['inPlace'] === 'boolean'
  );
}

function isApplyRecord(value: unknown): value is ApplyRecord {
  return (
    isObject(value) &&
    Number.isSafeInteger(value['number']) &&
    typeof value['time'] === 'string' &&
    isObject(value['label']) &&
    Object.values(value['label']).every((text) => typeof text === 'string') &&
    isListOf(value['files'], isAppliedFile)
  );
}

function isAppliedFile(value: unknown): value is AppliedFile {
  return isObject(value) && isInnerPath(value['path']) && isDigest(value['before']) && isDigest(value['after']);
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
