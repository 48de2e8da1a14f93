import { UnreadableFile } from './unreadable-file.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

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

/**
 * Whether these bytes, which are not strict UTF-8, were meant as UTF-8. Almost any bytes are some text in GB18030, so a
 * file that was cut in half would be read as other Chinese words. GBK text read as UTF-8 hardly ever gives a character
 * of three bytes; damaged UTF-8 gives many.
 */
function damagedUtf8(bytes: Uint8Array): boolean {
  let whole = 0;
  let broken = 0;
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\ufffd') broken += 1;
    else if (character >= '\u0800') whole += 1;
  }
  return whole > broken;
}

function decode(bytes: Uint8Array): string | undefined {
  const marked = byteOrderMark(bytes);
  if (marked) return strictly(marked, bytes);
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) {
    const order = utf16Order(bytes);
    if (!order) throw new UnreadableFile('not-a-spreadsheet');
    return strictly(order, bytes);
  }
  return strictly('utf-8', bytes) ?? (damagedUtf8(bytes) ? undefined : strictly('gb18030', bytes));
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
 * The text of a file, whose encoding is found by trying: a byte order mark, UTF-16, UTF-8, GB18030 (which holds GBK and
 * GB2312, what Excel saves in China). Every attempt is strict. Big5 is not tried: its bytes are nearly always valid
 * GB18030 too, so it could only be guessed.
 *
 * @throws UnreadableFile `encoding` when it is none of these, or a character is cut in half; `not-a-spreadsheet` when
 * it is no text at all.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decode(bytes);
  if (text === undefined) throw new UnreadableFile('encoding');
  if (looksBinary(text)) throw new UnreadableFile('not-a-spreadsheet');
  return text;
}
