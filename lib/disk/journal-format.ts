import type { AppliedFile, ApplyRecord, Journal, Transaction, TransactionFile } from './journal';
import { isTemporaryName } from './replace-file';

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
