import * as z from 'zod';
import { fold } from './same/fold.ts';

/**
 * What nobody sees: control characters, direction marks, fillers, tags. A joiner between pictures and the mark after one stay, since
 * a family or a red heart is made of them.
 */
const UNSEEN =
  /(?![\t\n])[\p{Cc}\u2028\u2029]|(?![\u200d\ufe0f])[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})|(?<!\p{Emoji})\ufe0f/gu;

function clean(value: string): string {
  // accents join their letters once nothing unseen is between them
  return value.replace(/\r\n?/g, '\n').replace(UNSEEN, '').normalize('NFC').trim();
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

/** Two spellings of one place compare equal after this: 湖北 is 湖北省, 江城 is 江城市. */
export function foldPlace(value: string): string {
  const folded = fold(value);
  return folded.replace(/(?<=..)(?:特别行政区|自治[区州县]|[省市区县州盟旗])$/u, '');
}
