/**
 * How many parts a multipart body says it has, without taking it apart: whoever reads it refuses too many before that. Stops
 * counting above `most`. A body without a boundary has none, and is no form.
 */
export function countParts(bytes: Uint8Array, contentType: string, most: number): number {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) return 0;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const delimiter = `--${boundary}`;
  let parts = 0;
  for (
    let at = body.indexOf(delimiter);
    at >= 0 && parts <= most;
    at = body.indexOf(delimiter, at + delimiter.length)
  ) {
    parts += 1;
  }
  return parts;
}
