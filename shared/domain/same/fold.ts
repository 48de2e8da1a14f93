import { lookAlike } from './look-alikes.ts';
import { simplified } from './simplified.ts';

/**
 * Which fold of names and mailboxes this is. What is found by a fold is stored with it: whoever changes {@link fold} or
 * `foldMailbox` raises this and keeps the one before, see `shared/rekeying/`. A test fails when they change without that.
 */
export const FOLD_VERSION = 2;

/** Marks that Latin, Greek and Cyrillic letters wear. Marks of other scripts make other letters. */
const WORN = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
/** What nobody sees, and what is no letter: spaces, punctuation, symbols. */
const NO_LETTER = /[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\p{P}\p{S}]/gu;

/**
 * Two spellings of one name compare equal after this. No difference make: width, case, accents, spaces, punctuation and
 * symbols, what is unseen, letters that look alike (Cyrillic а, Katakana ニ; 1, l and I; 0 and O), traditional and simplified
 * characters. Empty for what has no letter.
 */
export function fold(value: string): string {
  const plain = value.normalize('NFKD').replace(WORN, '').normalize('NFKC').toLowerCase().normalize('NFKC');
  const alike = Array.from(plain, (letter) => simplified(lookAlike(letter)));
  return alike.join('').replace(NO_LETTER, '');
}

/** The fold of version 1: keys in the table may be made of it until they were brought along. */
export function foldBefore(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()（）[\]【】「」·.,，、-]/g, '')
    .normalize('NFKC');
}
