import * as v from 'valibot';
import { isHost } from '../host-form';

// Every message says what a value must be, so that it can follow the place and the name of the value.

/** A described value: the text goes into the published JSON Schema and into the reference page. */
export function described<Schema extends v.GenericSchema>(
  schema: Schema,
  description: string,
): v.SchemaWithPipe<readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]> {
  return v.pipe(schema, v.description(description));
}

/** Text that is not empty and has no white space around it. */
export const text = v.pipe(
  v.string('must be text'),
  v.regex(/^\S(?:[\s\S]*\S)?$/, 'must not be empty, nor begin or end with white space'),
);

/** A name that can stand in every file and on a command line. */
export const plainName = v.pipe(
  v.string('must be text'),
  v.regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.:-]*$/u, 'must be a name of letters, digits and _ . : -'),
);

/** What `isHost` takes. */
export const host = v.pipe(
  v.string('must be a host name or address'),
  v.check(isHost, 'must be a host name or address'),
);

/** An IPv4 or IPv6 address. */
export const address = v.pipe(v.string('must be an IP address'), v.ip('must be an IP address'));

/** A whole number in a range, both ends included. */
export function whole(least: number, most: number): v.GenericSchema<number, number> {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
}

/** A TCP port. */
export const port = whole(1, 65535);

/** The highest default port that the offset moves is 11111 (JMX); it must stay a port. */
export const offset = whole(0, 65535 - 11111);

/** A switch. */
export const flag = v.boolean('must be true or false');

const variable = v.pipe(
  v.string('must be text'),
  v.regex(/^[A-Za-z_]\w*$/, 'must be the name of an environment variable'),
);

const filled = v.pipe(v.string('must be text'), v.minLength(1, 'must not be empty'));

/** A secret: where it is, or the secret itself. No message tells what stands there. */
export const secret = v.union(
  [
    filled,
    v.strictObject({ env: described(variable, 'Name of an environment variable that holds it.') }),
    v.strictObject({ file: described(filled, 'Path of a file that holds it, from the folder of the cluster file.') }),
  ],
  'must be { env: NAME } or { file: PATH }, or text, which others can read then',
);

/** A well-known member, as `host:port`. */
export const member = v.pipe(
  v.string('must be host:port'),
  v.regex(/^.+:(?:[1-9]\d{0,4})$/, 'must be host:port'),
  v.check(
    (value) =>
      isHost(value.slice(0, value.lastIndexOf(':'))) && Number(value.slice(value.lastIndexOf(':') + 1)) < 65536,
    'must be host:port',
  ),
);

/** Names of nodes or roles. */
export const names = v.array(plainName, 'must be a list of names');

/** Values by name, for a file in which each of them is text. */
export const stringMap = v.record(
  text,
  v.union([v.string(), v.number(), v.boolean()], 'must be text, a number, true or false'),
  'must be a map of names to values',
);
