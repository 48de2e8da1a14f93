import { decodeText, type Encoding } from './decode-text.ts';
import { sheetLimits } from './limits.ts';
import { readCsv } from './read-csv.ts';
import { readOpenDocument } from './read-open-document.ts';
import { readWorkbook } from './read-workbook.ts';
import type { SheetFile } from './sheet-file.ts';
import { nothingSpent, type Spent } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { openZip } from './zip-archive.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** How files begin that pass for text, or nearly. */
const OTHERS = ['%PDF-', '{\\rtf', 'GIF8', 'Rar!', 'PK\u0005\u0006', '\u0089PNG', '\u00ff\u00d8\u00ff', '\u001f\u008b'];
const MARKUP = /^\s*<(?:!doctype|\?xml|html|head|meta|table|body)/i;

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function holds(bytes: Uint8Array, name: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name, 0, 'utf16le');
}

/** Excel of before 2007, and every Office file with a password, are Microsoft's compound files: their parts' names tell which. */
function refuseCompoundFile(bytes: Uint8Array): never {
  if (holds(bytes, 'EncryptedPackage')) throw new UnreadableFile('password');
  throw new UnreadableFile(holds(bytes, 'Workbook') || holds(bytes, 'Book') ? 'old-excel' : 'not-a-spreadsheet');
}

function readBytes(bytes: Uint8Array, spent: Spent, named: Encoding | undefined): SheetFile {
  if (beginsWith(bytes, ZIP)) {
    const archive = openZip(bytes);
    const isOpenDocument = archive.names.includes('content.xml');
    return isOpenDocument ? readOpenDocument(archive, spent) : readWorkbook(archive, spent);
  }
  if (beginsWith(bytes, COMPOUND_FILE)) refuseCompoundFile(bytes);
  const beginning = String.fromCharCode(...bytes.subarray(0, 8));
  if (OTHERS.some((magic) => beginning.startsWith(magic))) throw new UnreadableFile('not-a-spreadsheet');
  const { text, encoding, guessed } = decodeText(bytes, named);
  if (MARKUP.test(text)) throw new UnreadableFile('not-a-spreadsheet');
  const rows = readCsv(text, spent);
  return { sheets: rows.length > 0 ? [{ name: '', rows }] : [], hidden: [], encoding: { name: encoding, guessed } };
}

/**
 * Reads an uploaded spreadsheet, CSV in any sensible encoding, XLSX or OpenDocument (.ods): by what the bytes are, never by the file's name.
 * Dates become `yyyy-mm-dd`, numbers plain digits. See {@link sheetLimits} for what is read at most.
 *
 * @param options.encoding the one that a person says the text is in, where it would else be guessed
 * @param options.spent where what is read is counted
 * @returns at least one sheet
 * @throws UnreadableFile with the code of what is wrong; nothing else, whatever the bytes.
 */
export async function readSheets(
  bytes: Uint8Array,
  options: { readonly encoding?: Encoding | undefined; readonly spent?: Spent } = {},
): Promise<SheetFile> {
  if (bytes.length === 0) throw new UnreadableFile('empty');
  if (bytes.length > sheetLimits.bytes) throw new UnreadableFile('too-large');
  try {
    const file = readBytes(bytes, options.spent ?? nothingSpent(), options.encoding);
    if (file.sheets.length === 0) throw new UnreadableFile('empty');
    return file;
  } catch (error) {
    // Offsets in a broken archive point outside of it.
    if (error instanceof RangeError) throw new UnreadableFile('damaged', { cause: error });
    throw error;
  }
}
