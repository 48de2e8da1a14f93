import type { KeyRange } from '../expressions/index.ts';
import type { Bound } from '../storage/search.ts';
import { keyBytes } from '../values/index.ts';

/** Between which bytes the sort keys lie that a query asks for. */
export function boundsOf(range: KeyRange | undefined): { readonly low?: Bound; readonly high?: Bound } {
  if (range === undefined) return {};
  if (range.operator === 'between') {
    return { low: { at: keyBytes(range.low), isIn: true }, high: { at: keyBytes(range.high), isIn: true } };
  }
  if (range.operator === 'begins_with') {
    const prefix = keyBytes(range.prefix);
    const end = afterAll(prefix);
    return { low: { at: prefix, isIn: true }, ...(end && { high: { at: end, isIn: false } }) };
  }
  const at = keyBytes(range.value);
  switch (range.operator) {
    case '=':
      return { low: { at, isIn: true }, high: { at, isIn: true } };
    case '<':
    case '<=':
      return { high: { at, isIn: range.operator === '<=' } };
    case '>':
    case '>=':
      return { low: { at, isIn: range.operator === '>=' } };
  }
}

/** The first bytes after all that begin with a prefix; undefined when there are none. */
function afterAll(prefix: Uint8Array): Uint8Array | undefined {
  const end = prefix.findLastIndex((byte) => byte < 0xff);
  if (end < 0) return undefined;
  const bytes = Uint8Array.from(prefix.subarray(0, end + 1));
  bytes[end] = (bytes[end] ?? 0) + 1;
  return bytes;
}
