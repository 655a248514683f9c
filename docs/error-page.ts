import { errorSamples } from './error-samples';
import { block, code, page, table } from './markdown';
import { messageOf, type ErrorCode } from '../lib/errors';

/** The page of all error codes: what provokes each and what mends it, and an example of its message. */
export function errorPage(): string {
  return page(
    'Errors',
    '`lib/errors.ts` and `docs/error-samples.ts`',
    'Every error that the library throws on purpose is a `CarbonPatchError`; programs read its `code` and `details`, people read its `message`.\nThe command line prints the message on stderr and ends with exit code 2.\nThe messages below are examples; the places and values in them are made up.',
    table(
      ['Code', 'An example that provokes it', 'The fix'],
      codes().map((errorCode) => {
        const { provokedBy, fix } = errorSamples[errorCode];
        return [`[${errorCode}](#${errorCode.toLowerCase()})`, provokedBy, fix];
      }),
    ),
    'A command line that cannot be read, such as one with an unknown option, has no code of the library; with `--json` its code is `COMMAND_LINE_INVALID`, and [cli.md](cli.md) tells the options.\nA code `UNEXPECTED` is a defect of carbon-patch, to be reported.',
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
