/** What an HTTP API makes of the request line's target. */
export interface RequestTarget {
  /** Decoded, as payload v2 has it in spite of its name. */
  readonly rawPath: string;
  /** As it was sent, without the question mark. */
  readonly rawQueryString: string;
  /** Decoded; several values of a name are joined with commas. */
  readonly query: Readonly<Record<string, string>>;
}

const isHex = (text: string): boolean => /^[0-9A-Fa-f]{2}$/.test(text);

/** Percent-decodes what can be decoded and leaves the rest: a stray % is no reason to refuse a request. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const bytes: number[] = [];
    const source = Buffer.from(text);
    for (let index = 0; index < source.length; index += 1) {
      const hex = source.toString('latin1', index + 1, index + 3);
      if (source[index] === 0x25 && isHex(hex)) {
        bytes.push(Number.parseInt(hex, 16));
        index += 2;
      } else bytes.push(source[index] ?? 0);
    }
    return Buffer.from(bytes).toString('utf8');
  }
}

/**
 * Splits and decodes a request target. HTTP APIs hand over `rawPath` decoded, and cut it at a question mark that was
 * encoded (observed, and the same for payload 1.0; REST APIs and function URLs do not).
 */
export function parseTarget(target: string): RequestTarget {
  const path = /^https?:\/\/[^/]+/.test(target) ? new URL(target).href.replace(/^https?:\/\/[^/]+/, '') : target;
  const mark = path.indexOf('?');
  const rawQueryString = mark < 0 ? '' : path.slice(mark + 1);
  const [rawPath = '/'] = decode(mark < 0 ? path : path.slice(0, mark)).split('?');
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  return { rawPath, rawQueryString, query: Object.fromEntries(query) };
}
