import { deflateRawSync } from 'node:zlib';

/** What a jar is made of: texts by the names of its entries. */
export type JarEntries = Readonly<Record<string, string>>;

/** What is wrong with a jar on purpose. */
export interface JarFaults {
  /** Sizes that entries claim to have once they are unpacked, in bytes, by their names. */
  readonly claimedSizes?: Readonly<Record<string, number>>;
}

/** The bytes of a jar: a zip file as the `jar` tool writes it, each entry deflated. */
export function jarOf(entries: JarEntries, { claimedSizes = {} }: JarFaults = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const nameBytes = Buffer.from(name);
    const common = commonFields(content, packed, claimedSizes[name] ?? content.length, nameBytes);
    const local = Buffer.concat([uint32(0x04034b50), uint16(20), common, nameBytes, packed]);
    // Comment, disk, attributes, and where the entry begins.
    const tail = [uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)];
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(20), uint16(20), common, ...tail, nameBytes]));
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = uint16(directory.length);
  const end = [
    uint32(0x06054b50),
    uint16(0),
    uint16(0),
    count,
    count,
    uint32(central.length),
    uint32(offset),
    uint16(0),
  ];
  return Buffer.concat([...files, central, ...end]);
}

/** A jar with these driver classes, which it offers as services, and whatever else is given. */
export function driverJar(classNames: readonly string[], others: JarEntries = {}): Buffer {
  return jarOf({
    'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\n\r\n',
    'META-INF/services/java.sql.Driver': classNames.map((name) => `${name}\n`).join(''),
    ...Object.fromEntries(classNames.map((name) => [`${name.replaceAll('.', '/')}.class`, `class ${name}`])),
    ...others,
  });
}

/** Flags, method, time, date, checksum, sizes and lengths, which both headers have alike. */
function commonFields(content: Buffer, packed: Buffer, claimedSize: number, name: Buffer): Buffer {
  const utf8Names = 0x0800;
  const deflated = 8;
  return Buffer.concat([
    uint16(utf8Names),
    uint16(deflated),
    uint16(0),
    uint16(0x21),
    uint32(crc32(content)),
    uint32(packed.length),
    uint32(claimedSize),
    uint16(name.length),
    uint16(0),
  ]);
}

/** As zip files have it; Node has a function for it only in later releases. */
function crc32(content: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
