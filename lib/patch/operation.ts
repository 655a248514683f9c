import type { TextEdit } from '../text/edit';
import type { SourceDocument } from '../xml/document';
import type { ArgumentKind } from './argument';

/** What one operation found and wants; nothing is written here. */
export type Outcome =
  | { readonly status: 'satisfied' }
  | {
      readonly status: 'edited';
      readonly edits: readonly TextEdit[];
      /** What stood there, in short, or `undefined` where nothing did. */
      readonly before: string | undefined;
      /** What will stand there, in short, or `undefined` where nothing will. */
      readonly after: string | undefined;
    };

/** The arguments that every operation has. */
export interface CommonArguments {
  /** XPath of the target; see `selectElements` for its rules. */
  readonly at: string;
}

/** One kind of operation: idempotent, so that evaluating it on its own result gives `satisfied`. */
export interface OperationKind<Arguments extends CommonArguments> {
  /** What it does, in one sentence; the reference is made from it. */
  readonly summary: string;
  /** What each argument means, and how JSON is checked for it. */
  readonly arguments: { readonly [Name in keyof Required<Arguments>]: ArgumentKind };
  /**
   * The edits that bring the document to what is asked, or that it is so already.
   * Throws TARGET_NOT_FOUND, TARGET_AMBIGUOUS, TARGET_NOT_ELEMENT, TARGET_UNSUITABLE, XPATH_INVALID, OPERATION_INVALID or VALUE_NOT_XML.
   */
  evaluate(document: SourceDocument, args: Arguments): Outcome;
}

/** The outcome of an operation that has nothing to do. */
export const satisfied: Outcome = { status: 'satisfied' };
