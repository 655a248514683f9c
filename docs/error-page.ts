import { errorSamples } from './error-samples';
import { block, code, page } from './markdown';
import { messageOf, type ErrorCode } from '../lib/errors';

/** The page of all error codes, each with an example of its message. */
export function errorPage(): string {
  return page(
    'Errors',
    '`lib/errors.ts`',
    'Every error that the library throws on purpose is a `CarbonPatchError`; programs read its `code` and `details`, people read its `message`.\nThe command line prints the message on stderr and ends with exit code 2.\nThe messages below are examples; the places and values in them are made up.',
    ...codes().flatMap(section),
  );
}

function codes(): readonly ErrorCode[] {
  return Object.keys(errorSamples) as readonly ErrorCode[];
}

function section<Code extends ErrorCode>(errorCode: Code): readonly string[] {
  const { when, details } = errorSamples[errorCode];
  const names = Object.keys(details).map(code).join(', ');
  return [`## ${errorCode}`, `${when}\nDetails: ${names}.`, block('text', messageOf(errorCode, details))];
}
