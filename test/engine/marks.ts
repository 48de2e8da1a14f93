/** Bytes that a text may lie as: plain, URL-encoded, escaped in JSON, UTF-16, or within base64 wherever it begins there. */
export function formsOf(mark: string): Buffer[] {
  const utf8 = Buffer.from(mark, 'utf8');
  const utf16 = Buffer.from(mark, 'utf16le');
  const url = encodeURIComponent(mark);
  const escaped = JSON.stringify(mark)
    .slice(1, -1)
    .replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const texts = [mark, url, url.toLowerCase(), url.replaceAll('%20', '+'), escaped];
  const base64 = [utf8, utf16].flatMap((bytes) =>
    [0, 1, 2].flatMap((shift) => {
      const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
      // letters that what stands before and after has part in are left out
      const inner = text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
      return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
    }),
  );
  return [
    ...[...new Set([...texts, ...base64])].map((text) => Buffer.from(text, 'utf8')),
    utf16,
    Buffer.from(utf16).swap16(),
  ];
}

/** Which of the marks, in whatever form, are in some bytes. */
export function marksIn(bytes: Uint8Array, marks: readonly string[]): string[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return marks.filter((mark) => formsOf(mark).some((form) => all.includes(form)));
}
