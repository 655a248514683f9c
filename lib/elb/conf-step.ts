import type { TextEdit } from '../text/edit';
import type { SourceProperty } from './conf-source';
import type { NewEntry } from './new-lines';

/** One setting that will be different. */
export interface ConfChange {
  /** The line in the file as it is now, from 1; of something new, where it goes. */
  readonly line: number;
  /** The blocks down to the setting, such as `services/esb/domains/wso2.esb.domain/hosts`. */
  readonly at: string;
  /** `undefined` where there was nothing before. */
  readonly before: string | undefined;
  /** `undefined` where there is nothing afterwards. */
  readonly after: string | undefined;
}

/** One edit, and what people are told of it. */
export interface ConfStep {
  readonly edit: TextEdit;
  readonly changes: readonly ConfChange[];
}

/** Gives a setting another value; what stands around the value stays. `at` is the block that holds it. */
export function setValue({ key, value, valueSpan, line }: SourceProperty, after: string, at: string): ConfStep {
  return {
    edit: { span: valueSpan, newText: value === '' ? ` ${after}` : after },
    changes: [{ line: line.number, at: `${at}/${key}`, before: value, after }],
  };
}

/** Removes a setting with its line; a comment behind it stays, with the blanks before it. */
export function removeSetting({ key, value, line }: SourceProperty, at: string): ConfStep {
  const hasComment = line.text.length > line.code.length;
  const span = hasComment
    ? { start: line.textStart, end: line.textStart + line.code.length }
    : { start: line.start, end: line.next };
  return {
    edit: { span, newText: '' },
    changes: [{ line: line.number, at: `${at}/${key}`, before: value, after: undefined }],
  };
}

/** The changes of new entries that go to `line` of the block `at`, which is empty for the file: one for each setting. */
export function newSettings(entries: readonly NewEntry[], line: number, at: string): readonly ConfChange[] {
  const within = (name: string): string => (at === '' ? name : `${at}/${name}`);
  return entries.flatMap((entry) =>
    'key' in entry
      ? [{ line, at: within(entry.key), before: undefined, after: entry.value }]
      : newSettings(entry.entries, line, within(entry.name)),
  );
}
