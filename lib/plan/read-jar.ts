import { problemOf } from '../disk/system-error';
import { textEntries, type JarContents } from '../database/driver-jar';

/** Far more than any driver has; the names of all of them are kept for a moment. */
const mostEntries = 200_000;

/** In bytes; a manifest or a list of services is a few kilobytes. */
const largestText = 1024 * 1024;

/**
 * What is in a jar, read in memory: nothing is unpacked but the two small texts, and of them no more than a megabyte. Gives
 * the problem in words where the bytes are no zip file or a damaged one.
 */
export async function readJar(bytes: Uint8Array): Promise<JarContents | { readonly problem: string }> {
  const { fromBufferPromise } = await import('yauzl');
  const entries = new Set<string>();
  const texts = new Map<string, string>();
  let unpackedSize = 0;
  try {
    // With the names as they are: checked ones end the reading at the first `..`, and nothing is ever written by them.
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const zip = await fromBufferPromise(buffer, { lazyEntries: true, decodeStrings: false });
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileNameRaw.toString('utf8');
      entries.add(name);
      unpackedSize += entry.uncompressedSize;
      if (entries.size > mostEntries) return { problem: `it has more than ${mostEntries} entries` };
      if (!Object.values<string>(textEntries).includes(name)) continue;
      if (entry.uncompressedSize > largestText) return { problem: `its ${name} is larger than any real one` };
      texts.set(name, await textOf(await zip.openReadStreamPromise(entry)));
    }
  } catch (error) {
    return { problem: `it is no jar, or a damaged one (${problemOf(error)})` };
  }
  const { manifest, services } = textEntries;
  return { entries, unpackedSize, manifest: texts.get(manifest) ?? '', services: texts.get(services) ?? '' };
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
