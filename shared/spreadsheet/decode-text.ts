import { UnreadableFile } from './unreadable-file.ts';

/** The encodings that text is read in, by the names that browsers know them by. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'windows-1252',
  'windows-1251',
  'shift_jis',
  'euc-kr',
] as const;
export type Encoding = (typeof encodings)[number];

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** The bytes would be text in another encoding too. */
  readonly guessed: boolean;
}

/** Only the beginning is looked at to tell the two byte orders of UTF-16 apart. */
const SAMPLE_BYTES = 4096;

function strictly(encoding: Encoding, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function byteOrderMark(bytes: Uint8Array): Encoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** Commas, digits and line ends have a zero byte in UTF-16: after them in little endian, before them in big endian. */
function utf16Order(bytes: Uint8Array): Encoding | undefined {
  let even = 0;
  let odd = 0;
  for (const [index, byte] of bytes.subarray(0, SAMPLE_BYTES).entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  // A few Chinese characters (一 is U+4E00) have their zero on the other side, so neither count need be nothing.
  if (odd > 2 * even) return 'utf-16le';
  if (even > 2 * odd) return 'utf-16be';
  return undefined;
}

/** What strict UTF-8 makes of bytes that are not: characters of two bytes, of three and more, and what is broken. */
function asUtf8(bytes: Uint8Array): { short: number; long: number; broken: number } {
  const counts = { short: 0, long: 0, broken: 0 };
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\ufffd') counts.broken += 1;
    else if (character >= '\u0800') counts.long += 1;
    else if (character >= '\u0080') counts.short += 1;
  }
  return counts;
}

/** Bytes above 127 that are no letter, quotation mark or dash in windows-1252. */
const ODD_IN_WESTERN = new Set([
  0x81, 0x86, 0x87, 0x88, 0x8d, 0x8f, 0x90, 0x98, 0x9d, 0xa4, 0xa6, 0xa8, 0xac, 0xaf, 0xb8,
]);

/**
 * Whether the bytes are those of a Western language in windows-1252: an accented letter or a dash stands alone among plain
 * letters, where Chinese has two bytes above 127 beside each other nearly always.
 */
function looksWestern(bytes: Uint8Array): boolean {
  let high = 0;
  let alone = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high += 1;
    if ((bytes[at - 1] ?? 0) < 0x80 && (bytes[at + 1] ?? 0) < 0x80 && !ODD_IN_WESTERN.has(byte)) alone += 1;
  }
  return alone > 0.8 * high;
}

function found(encoding: Encoding, bytes: Uint8Array, guessed = false): DecodedText | undefined {
  const text = strictly(encoding, bytes);
  return text === undefined ? undefined : { text, encoding, guessed };
}

function decode(bytes: Uint8Array): DecodedText | undefined {
  const marked = byteOrderMark(bytes);
  if (marked) return found(marked, bytes);
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) {
    const order = utf16Order(bytes);
    if (!order) throw new UnreadableFile('not-a-spreadsheet');
    return found(order, bytes);
  }
  const utf8 = found('utf-8', bytes);
  if (utf8) return utf8;
  // Almost any bytes are some text in GB18030, so a file that was cut in half would be read as other Chinese words. GBK text
  // read as UTF-8 hardly ever gives a character of three bytes; damaged UTF-8 gives many.
  const { short, long, broken } = asUtf8(bytes);
  if (long > broken) return undefined;
  if (short + long < broken / 4 && looksWestern(bytes)) return found('windows-1252', bytes, true);
  return found('gb18030', bytes, true);
}

/** Text holds hardly a control character besides tabs and line ends; a program or a picture is full of them. */
function looksBinary(text: string): boolean {
  let controls = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0) return true;
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) controls += 1;
  }
  return controls * 100 > text.length;
}

/**
 * The text of a file, whose encoding is found by trying: a byte order mark, UTF-16, UTF-8, windows-1252 where high bytes stand
 * alone, GB18030 (which holds GBK and GB2312, what Excel saves in China). Every attempt is strict. What could only be guessed
 * at (Big5, Cyrillic) is read where a person names it.
 *
 * @param named the encoding that a person says the text is in
 * @throws UnreadableFile `encoding` when it is none of these, or a character is cut in half; `not-a-spreadsheet` when
 * it is no text at all.
 */
export function decodeText(bytes: Uint8Array, named?: Encoding): DecodedText {
  const decoded = named ? found(named, bytes) : decode(bytes);
  if (decoded === undefined) throw new UnreadableFile('encoding');
  if (looksBinary(decoded.text)) throw new UnreadableFile('not-a-spreadsheet');
  return decoded;
}
