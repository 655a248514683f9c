import { argv, cpuUsage, stdout } from 'node:process';
import { syncBuiltinESMExports } from 'node:module';
import fs from 'node:fs';
import net from 'node:net';
import { CarbonPatchError, patchBytes, type PatchOperation } from '../../lib';
import { askingInputs, hostileInputs, type HostileInput } from './inputs';

/** What became of one input, as one line of JSON. */
export interface Outcome {
  readonly name: string;
  readonly read: string;
  readonly edited: string | undefined;
  /** The messages of refusals. */
  readonly messages: readonly string[];
  /** CPU time of the whole input in ms. */
  readonly time: number;
  /** Files and addresses that were opened. */
  readonly opened: readonly string[];
  /** True where the result holds what stands in the marker file. */
  readonly holdsMarker: boolean;
}

const [, , group = '', marker = ''] = argv;
const opened: string[] = [];
const secret = group === 'asking' ? fs.readFileSync(marker, 'utf8') : undefined;
const setRoot: readonly PatchOperation[] = [{ op: 'setAttribute', at: '/*', name: 'hostile', value: '1' }];

watch();
for (const input of inputsOf(group)) stdout.write(`${JSON.stringify(outcomeOf(input))}\n`);

function inputsOf(wanted: string): readonly HostileInput[] {
  if (wanted === 'asking') return askingInputs(marker);
  return hostileInputs[wanted as keyof typeof hostileInputs];
}

/** Notes what is opened from now on: files, and sockets, which every protocol of Node goes through. */
function watch(): void {
  const note = (what: string): never => {
    opened.push(what);
    throw new Error(`opened ${what}`);
  };
  for (const name of ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream'] as const) {
    Object.defineProperty(fs, name, { value: (path: unknown) => note(String(path)) });
  }
  Object.defineProperty(fs.promises, 'open', { value: (path: unknown) => note(String(path)) });
  Object.defineProperty(fs.promises, 'readFile', { value: (path: unknown) => note(String(path)) });
  net.Socket.prototype.connect = () => note('a socket');
  Object.defineProperty(globalThis, 'fetch', { value: () => note('an address') });
  syncBuiltinESMExports();
}

function outcomeOf({ name, make, edited }: HostileInput): Outcome {
  opened.length = 0;
  const bytes = make();
  const start = cpuUsage();
  const messages: string[] = [];
  const read = resultOf(bytes, [], messages);
  const edit = edited === undefined ? undefined : resultOf(bytes, setRoot, messages);
  const { user, system } = cpuUsage(start);
  const time = Math.round((user + system) / 1000);
  const holdsMarker = [read, edit].some((one) => secret !== undefined && one?.text?.includes(secret) === true);
  return { name, read: read.word, edited: edit?.word, messages, time, opened: [...opened], holdsMarker };
}

function resultOf(
  bytes: Buffer,
  wanted: readonly PatchOperation[],
  messages: string[],
): { readonly word: string; readonly text?: string } {
  try {
    const result = Buffer.from(patchBytes(bytes, wanted, { path: 'f.xml' }).bytes);
    if (wanted.length === 0 && !result.equals(bytes)) return { word: 'other bytes' };
    return secret === undefined ? { word: 'done' } : { word: 'done', text: result.toString('utf8') };
  } catch (error) {
    messages.push(error instanceof Error ? error.message : String(error));
    return { word: error instanceof CarbonPatchError ? (error as CarbonPatchError).code : `crash: ${String(error)}` };
  }
}
