import * as z from 'zod';

// biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is what this is for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function clean(value: string): string {
  // accents join their letters once nothing unseen is between them
  return value.replace(/\r\n?/g, '\n').replace(CONTROL, '').normalize('NFC').trim();
}

const wellFormed = z.string().refine((value) => value.isWellFormed(), { params: { code: 'malformed-text' } });

/** One line of text as a person typed it: trimmed, without control characters, at least one character. */
export function line(max: number) {
  return wellFormed.transform((value) => clean(value).replace(/\s+/g, ' ')).pipe(z.string().min(1).max(max));
}

/** Text of several lines, at least one character. */
export function prose(max: number) {
  return wellFormed.transform(clean).pipe(z.string().min(1).max(max));
}

/** One line that may be left empty: empty is stored as absent. */
export function optionalLine(max: number) {
  return wellFormed
    .transform((value) => clean(value).replace(/\s+/g, ' ') || undefined)
    .pipe(z.string().max(max).optional())
    .optional();
}

/** Text of several lines that may be left empty. */
export function optionalProse(max: number) {
  return wellFormed
    .transform((value) => clean(value) || undefined)
    .pipe(z.string().max(max).optional())
    .optional();
}

/** Two spellings of one name compare equal after this: width, case, spaces and brackets do not count. */
export function fold(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()（）[\]【】「」·.,，、-]/g, '')
    .normalize('NFKC');
}

/** Two spellings of one place compare equal after this: 湖北 is 湖北省, 江城 is 江城市. */
export function foldPlace(value: string): string {
  const folded = fold(value);
  return folded.replace(/(?<=..)(?:特别行政区|自治[区州县]|[省市区县州盟旗])$/u, '');
}
