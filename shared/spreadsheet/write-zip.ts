import { crc32, deflateRawSync } from 'node:zlib';

/** One part of an archive. */
export interface ZipPart {
  readonly name: string;
  readonly content: string;
}

type Number = readonly [bytes: 2 | 4, value: number];

const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATED = 8;
/** The first of January 1980, the earliest day that an archive can name: the same rows give the same bytes. */
const DAY = 0x21;

function record(signature: number, numbers: readonly Number[]): Buffer {
  const out = Buffer.alloc(4 + numbers.reduce((sum, [bytes]) => sum + bytes, 0));
  out.writeUInt32LE(signature);
  let at = 4;
  for (const [bytes, value] of numbers) at = out.writeUIntLE(value, at, bytes);
  return out;
}

/** A ZIP archive of the parts, each deflated, in their order. */
export function writeZip(parts: readonly ZipPart[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const nameBytes = Buffer.from(name);
    const common: readonly Number[] = [
      [2, VERSION],
      [2, FLAGS],
      [2, DEFLATED],
      [2, 0],
      [2, DAY],
      [4, crc32(plain)],
      [4, packed.length],
      [4, plain.length],
      [2, nameBytes.length],
      [2, 0],
    ];
    const local = record(0x04034b50, common);
    // no comment, first disk, no attributes
    const listed = record(0x02014b50, [[2, VERSION], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]);
    files.push(local, nameBytes, packed);
    directory.push(listed, nameBytes);
    offset += local.length + nameBytes.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = record(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, parts.length],
    [2, parts.length],
    [4, entries.length],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...files, entries, end]);
}
