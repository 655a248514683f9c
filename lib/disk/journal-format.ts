import { isAbsolute, resolve } from 'node:path';
import { isTemporaryName } from './replace-file';

/** In the place of a digest: there is no file. */
export const absent = 'absent';

/** One file of an apply: its SHA-256 digests before and after. One of them is `absent` where the file is made or removed. */
export interface AppliedFile {
  /** Relative to the home, with forward slashes. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /**
   * Folders that are made for a new file, relative to the home, the outermost first; they go with it where nothing else is
   * in them. Missing where there are none.
   */
  readonly folders?: readonly string[];
}

/** True for a file that is made or removed. Its own name is meant: no link in its place is followed. */
export function comesOrGoes({ before, after }: Pick<AppliedFile, 'before' | 'after'>): boolean {
  return before === absent || after === absent;
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
  /** The group that it was made in, where it was made in several homes at once; the same in all of them. */
  readonly group?: string;
}

/** One file of a transaction. `before` and `after` are as the transaction runs: for an undo, `after` is the original. */
export interface TransactionFile extends AppliedFile {
  /** The name of the staged file, in the true folder of the target. */
  readonly temporary: string;
  /** True once the target is overwritten because it cannot be renamed over; then it may hold a mixture of both contents. */
  readonly inPlace: boolean;
}

/** One home of a group. */
export interface GroupHome {
  /** Absolute, with all links followed. */
  readonly home: string;
  /** The number of the apply that is being made or undone there. */
  readonly number: number;
}

/** What ties the journals of one transaction over several homes together. */
export interface Group {
  /** New for each transaction; 32 hexadecimal digits. */
  readonly id: string;
  /** The home whose journal decides for all. It is opened first and closed last. */
  readonly coordinator: GroupHome;
  /** All homes, the coordinator first; only in the journal of the coordinator, so that the others stay small. */
  readonly homes?: readonly GroupHome[];
}

/** What is under way on a home. */
export interface Transaction {
  readonly kind: 'apply' | 'undo';
  /**
   * `preparing`: no target is changed; backups and staged files may be there in part.
   * `prepared`, only in a group: all backups and staged files are safe on the disk; the coordinator knows what is to come.
   * `committing`: as `prepared`, and targets may be replaced; the end is that every target is replaced.
   * `rollingBack`: as `committing`, and the end is that every target is as it was.
   * `replaced`, only of a coordinator: every target of every home is replaced, down to the disk; journals may be closed.
   */
  readonly phase: 'preparing' | 'prepared' | 'committing' | 'rollingBack' | 'replaced';
  /** The apply that is being made or undone. */
  readonly record: ApplyRecord;
  readonly files: readonly TransactionFile[];
  /** Missing where the transaction has one home only. */
  readonly group?: Group;
}

/** The whole state of a home, `.carbon-patch/journal.json`. Replaced in single steps, so it is never half a journal. */
export interface Journal {
  /** Follows from the rest; see `formatVersionOf`. */
  readonly formatVersion: FormatVersion;
  /** The applies that can be undone, the last one last. */
  readonly applies: readonly ApplyRecord[];
  /** Missing where all is done. */
  readonly transaction?: Transaction;
}

/** The formats that this program writes and reads. */
export type FormatVersion = 1 | 2 | 3;

/**
 * The format of a journal, also of one that is otherwise wrong. 3 where a file was, or is being, made or removed, which a
 * program that only replaces files would end or undo wrongly; else 2 while a transaction of a group is under way, which one
 * that knows no groups would end wrongly; 1 otherwise.
 */
export function formatVersionOf(journal: unknown): FormatVersion {
  if (filesIn(journal).some((file) => isObject(file) && [file['before'], file['after']].includes(absent))) return 3;
  return isOfGroup(journal) ? 2 : 1;
}

/** True where a value read from a file is a journal that can be acted on; no path in it leads out of the home. */
export function isJournal(value: unknown): value is Journal {
  return (
    isObject(value) &&
    value['formatVersion'] === formatVersionOf(value) &&
    isListOf(value['applies'], isApplyRecord) &&
    (value['transaction'] === undefined || isTransaction(value['transaction']))
  );
}

function isOfGroup(value: unknown): boolean {
  return isObject(value) && isObject(value['transaction']) && value['transaction']['group'] !== undefined;
}

/** Whatever stands where a journal lists files. */
function filesIn(value: unknown): readonly unknown[] {
  if (!isObject(value)) return [];
  const { applies, transaction } = value;
  const record = isObject(transaction) ? transaction['record'] : undefined;
  return [...listIn(applies), record, transaction].flatMap((holder) =>
    isObject(holder) ? listIn(holder['files']) : [],
  );
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * True where a home, by the applies that can be undone there now, has brought a transaction of a group to its end: an apply
 * is among them, with the group's id; an undone one, by its number, is not any more.
 */
export function hasCompleted(
  { applies }: Pick<Journal, 'applies'>,
  kind: Transaction['kind'],
  groupId: string | undefined,
  appliedNumber: number,
): boolean {
  if (kind === 'apply') return applies.some(({ group }) => group === groupId);
  return !applies.some(({ number }) => number === appliedNumber);
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
    isOneOf(value['phase'], phasesIn(value['group'])) &&
    isApplyRecord(value['record']) &&
    isListOf(value['files'], isTransactionFile) &&
    (value['group'] === undefined || isGroup(value['group']))
  );
}

function phasesIn(group: unknown): readonly Transaction['phase'][] {
  const phases = ['preparing', 'committing', 'rollingBack'] as const;
  if (!isObject(group)) return phases;
  return [...phases, group['homes'] === undefined ? 'prepared' : 'replaced'];
}

function isGroup(value: unknown): value is Group {
  if (!isObject(value) || !isGroupId(value['id']) || !isGroupHome(value['coordinator'])) return false;
  const { coordinator, homes } = value;
  if (homes === undefined) return true;
  if (!Array.isArray(homes) || homes.length < 2 || !homes.every(isGroupHome)) return false;
  const [first] = homes;
  return (
    first?.home === coordinator.home &&
    first.number === coordinator.number &&
    new Set(homes.map(({ home }) => home)).size === homes.length
  );
}

function isGroupHome(value: unknown): value is GroupHome {
  return isObject(value) && isHomePath(value['home']) && Number.isSafeInteger(value['number']);
}

/** One path has one spelling, so that two of them can be compared. */
function isHomePath(value: unknown): boolean {
  return typeof value === 'string' && isAbsolute(value) && resolve(value) === value && !value.includes('\0');
}

function isGroupId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
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
    isListOf(value['files'], isAppliedFile) &&
    (value['group'] === undefined || isGroupId(value['group']))
  );
}

function isAppliedFile(value: unknown): value is AppliedFile {
  if (!isObject(value)) return false;
  const { path, before, after, folders } = value;
  return (
    isInnerPath(path) &&
    [before, after].every((content) => content === absent || isDigest(content)) &&
    [before, after].some(isDigest) &&
    (folders === undefined || isListOf(folders, (folder) => isInnerPath(folder) && path.startsWith(`${folder}/`)))
  );
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
