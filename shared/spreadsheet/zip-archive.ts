import { crc32, inflateRawSync } from 'node:zlib';
import { sheetLimits } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** The parts of an archive, by name. What is read of all of them together is bounded. */
export interface ZipArchive {
  readonly names: readonly string[];
  /**
   * The bytes of one part, or undefined when there is none of that name.
   * @throws UnreadableFile `too-large`, `password` or `damaged`.
   */
  read(name: string): Uint8Array | undefined;
}

interface Entry {
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_RECORD_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_RECORD_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_RECORD_BYTES; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new UnreadableFile('damaged');
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view);
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new UnreadableFile('damaged');
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name.replaceAll('\\', '/'), {
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function unpack(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  if (entry.encrypted) throw new UnreadableFile('password');
  if (view.getUint32(entry.offset, true) !== LOCAL_HEADER) throw new UnreadableFile('damaged');
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  const packed = bytes.subarray(start, start + entry.packedSize);
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) throw new UnreadableFile('damaged');
  try {
    // The declared size was counted against the limit; a part that grows beyond what it declared stops there.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
  } catch (error) {
    throw new UnreadableFile('damaged', { cause: error });
  }
}

/**
 * Opens a ZIP archive in memory. A reader of our own, because an upload may be hostile: the sizes that the directory
 * declares are added up before a part is unpacked, no part can grow beyond its declared size, and each part's checksum
 * is verified. ZIP64 is not read: no file that may be uploaded is large enough to need it.
 *
 * @throws UnreadableFile `damaged` when it has no directory; `read` throws as said there.
 */
export function openZip(bytes: Uint8Array): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  let left: number = sheetLimits.unpackedBytes;
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      if (entry.size > left) throw new UnreadableFile('too-large');
      left -= entry.size;
      const part = unpack(bytes, view, entry);
      if (part.length !== entry.size || crc32(part) !== entry.checksum) throw new UnreadableFile('damaged');
      return part;
    },
  };
}
