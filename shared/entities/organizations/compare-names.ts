import { headOf } from './han-words.ts';
import { isWeak } from './latin-words.ts';
import type { NameForm } from './name-form.ts';
import { contradiction, type Level } from './place.ts';

/** Why two bodies may be one, or why not. */
export type Reason =
  | 'number'
  | 'name-differs'
  | 'other-number'
  | 'name'
  | 'near-name'
  | 'acronym'
  | 'branch'
  | 'department'
  | 'place-unknown'
  | 'other-place'
  | 'other-ordinal'
  | 'telephone'
  | 'mail'
  | 'address';

export type Verdict = 'same' | 'probable' | 'possible' | 'different';

export interface Compared {
  readonly verdict: Exclude<Verdict, 'same'>;
  readonly reasons: readonly Reason[];
}

const different = (...reasons: Reason[]): Compared => ({ verdict: 'different', reasons });
const possible = (...reasons: Reason[]): Compared => ({ verdict: 'possible', reasons });

/** A name with the place that it says: 蕲春人民医院 for 蕲春县人民医院. */
export function withAnchor(form: NameForm): string {
  return form.script === 'han' ? `${form.anchor?.short ?? ''}${form.core}` : form.core;
}

/** Whether a name says by itself which body it is, where its place is not known. */
export function isDistinct({ own }: NameForm): boolean {
  return own.length >= 2;
}

type Agreement = 'agree' | 'unknown' | 'other';

function anchorWithin(anchor: { readonly level: Level; readonly short: string }, bare: NameForm): Agreement {
  const { province, city, district } = bare.at;
  const { level, short } = anchor;
  if (short === district) return 'agree';
  if (short === city)
    return district === undefined || bare.ordinals !== '' || bare.script === 'latin' ? 'agree' : 'unknown';
  if (short === province) return city === undefined && district === undefined ? 'agree' : 'unknown';
  if (city === undefined && district === undefined) return 'unknown';
  return level === 'district' && district === undefined ? 'unknown' : level === 'nation' ? 'unknown' : 'other';
}

/** Whether two names that many bodies have are of one place: the red-cross office of a city is not that of its district. */
function placesAgree(a: NameForm, b: NameForm): Agreement {
  if (a.anchor && b.anchor) {
    const isOtherLevel = [a.anchor.level, b.anchor.level].includes('province') && a.anchor.level !== b.anchor.level;
    return a.anchor.short === b.anchor.short && !isOtherLevel && !isOtherState(a, b) ? 'agree' : 'other';
  }
  if (a.anchor) return anchorWithin(a.anchor, b);
  if (b.anchor) return anchorWithin(b.anchor, a);
  const [one, two] = [a.at, b.at];
  if (one.district !== undefined && one.district === two.district) return 'agree';
  const isOneCity = one.city !== undefined && one.city === two.city;
  return isOneCity && (a.ordinals !== '' || (one.district === undefined && two.district === undefined))
    ? 'agree'
    : 'unknown';
}

/** Letters and numbers that tell bodies apart and are no slip: the east campus, the second one. */
const TELLS = /[东西南北中上下左右前后大小新老男女甲乙丙丁零一二三四五六七八九十百第0-9]/u;
/** Latin words from so many letters on: one other letter is a slip. */
const A_SLIP = 5;

/** How many letters one word has and the other has not, at the place where they part; a swap of neighbours counts as one. */
function differing(a: string, b: string): readonly [string, string] {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  let to = 0;
  while (to < a.length - from && to < b.length - from && a.at(-1 - to) === b.at(-1 - to)) to += 1;
  return [a.slice(from, a.length - to), b.slice(from, b.length - to)];
}

function isSlip(a: string, b: string, least: number): boolean {
  if (Math.min(a.length, b.length) < least) return false;
  const [one, other] = differing(a, b);
  if (TELLS.test(one + other) || a === b) return false;
  const isSwap = one.length === 2 && other.length === 2 && one[0] === other[1] && one[1] === other[0];
  return isSwap || (one.length <= 1 && other.length <= 1);
}

/** 刘河 for 刘河镇: what towns end in does not make their names longer. */
function withoutTown(own: string): string {
  return own.replace(/[镇乡村街]$/u, '');
}

/** 武汉理工大学 is not 武汉大学. */
const SCHOOL = /(?:大学|学院|中学|小学)$/u;

/** 国药葛洲坝 has 葛洲坝 in it; 新葛洲坝 would be another. */
function isWithin(a: string, b: string, isSchool: boolean): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 2 || long.length - short.length > 4 || short === long) return false;
  if (long.startsWith(short) && isSchool) return false;
  const rest = long.startsWith(short)
    ? long.slice(short.length)
    : long.endsWith(short)
      ? long.slice(0, -short.length)
      : '';
  return rest.length >= 2 && !TELLS.test(rest);
}

/** What of a Chinese name is left out in speech: 第一人民医院 of a county with one hospital. */
export function spoken(core: string): string {
  return core.replace(/^第一(?=人民|医院|中医院)/u, '').replace(/人民|综合|总(?=医院)/gu, '');
}

function nearHan(a: NameForm, b: NameForm): boolean {
  const isOneHead = headOf(a.core) === headOf(b.core);
  if (!isOneHead) return false;
  if (spoken(a.core) === spoken(b.core)) return true;
  if (a.ordinals !== b.ordinals || !isDistinct(a) || !isDistinct(b)) return false;
  if (a.own === b.own) return headOf(a.core) !== '';
  return (
    a.shared === b.shared &&
    (isSlip(withoutTown(a.own), withoutTown(b.own), 3) || isWithin(a.own, b.own, SCHOOL.test(a.core)))
  );
}

function nearLatin(a: NameForm, b: NameForm): boolean {
  const [onlyA, onlyB] = [
    a.words.filter((word) => !b.words.includes(word)),
    b.words.filter((word) => !a.words.includes(word)),
  ];
  const [extra = '', other = ''] = [onlyA[0], onlyB[0]];
  if (onlyA.length === 1 && onlyB.length === 1) return extra[0] === other[0] && isSlip(extra, other, A_SLIP);
  const rest = [...onlyA, ...onlyB];
  // one is in the other, but for words that are left out in speech
  const isIn = (onlyA.length === 0 || onlyB.length === 0) && isDistinct(a) && isDistinct(b);
  return isIn && rest.length <= 2 && rest.every((word) => isWeak(word));
}

function isNear(a: NameForm, b: NameForm): boolean {
  return a.script === 'han' ? nearHan(a, b) : nearLatin(a, b);
}

function isOtherState(a: NameForm, b: NameForm): boolean {
  const [one, other] = [a.anchor?.isState, b.anchor?.isState];
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether both say the same with their places: 蕲春县人民医院 and 蕲春人民医院, where nobody knows that 蕲春 is one. */
function isWhole(a: NameForm, b: NameForm): boolean {
  const [one, other] = [withAnchor(a), withAnchor(b)];
  const isSaid = a.script === 'han' && ((a.anchor && one === b.core) || (b.anchor && other === a.core));
  return (one === other || isSaid === true) && (a.anchor ?? b.anchor) !== undefined && !isOtherState(a, b);
}

function isOneName(a: NameForm, b: NameForm): boolean {
  if (a.core === b.core || isWhole(a, b)) return true;
  const joined = (form: NameForm) => form.words.join('');
  // "Food Bank" and "Foodbank" have the same letters, if not the same order of words
  return a.script === 'latin' && letters(joined(a)) === letters(joined(b)) && a.words.length !== b.words.length;
}

/** The letters of a text in the order of the alphabet. */
export function letters(text: string): string {
  return [...text].sort().join('');
}

/** A name and that of a part: the part is a body of its own or not, a person says so. */
function comparePart(a: NameForm, b: NameForm): Compared {
  if (a.branch !== undefined && b.branch !== undefined) return different('branch');
  const [whole, part] = a.branch === undefined ? [a, b] : [b, a];
  const isBody =
    whole.core === part.core ||
    withAnchor(whole) === withAnchor(part) ||
    (whole.script === 'latin' && whole.words.length >= 2 && whole.words.every((word) => part.words.includes(word)));
  if (!isBody) return different();
  return isDistinct(whole) || placesAgree(whole, part) === 'agree' ? possible('branch') : different('other-place');
}

/** A city has one hospital with this number: whoever typed another district was wrong, or there is a second one. */
function isOneInCity(a: NameForm, b: NameForm): boolean {
  return (
    a.anchor?.level === 'city' && b.anchor?.level === 'city' && a.anchor.short === b.anchor.short && a.ordinals !== ''
  );
}

/** English names of many words are told apart by them, as long as nobody says a place. */
function isPlaceless(a: NameForm, b: NameForm): boolean {
  return (
    a.script === 'latin' && a.words.length >= 3 && [a, b].every(({ at }) => (at.city ?? at.province) === undefined)
  );
}

/** Compares two names with what is known of their places. */
export function compareForms(a: NameForm, b: NameForm): Compared {
  if (a.script !== b.script) return different();
  const apart = contradiction(a.at, b.at);
  if (a.branch !== b.branch) {
    return apart === 'province' ? different('other-place') : comparePart(a, b);
  }
  const isName = isOneName(a, b);
  if (!isName && !isNear(a, b)) {
    return different(...(a.ordinals !== b.ordinals && a.own === b.own ? (['other-ordinal'] as const) : []));
  }
  const place = isWhole(a, b) ? 'agree' : placesAgree(a, b);
  if (apart !== undefined)
    return isName && apart === 'district' && isOneInCity(a, b)
      ? possible('name', 'other-place')
      : different('other-place');
  const isKnown = isDistinct(a) && isDistinct(b);
  if (place === 'other') {
    const isProvince = [a.anchor?.level, b.anchor?.level].includes('province');
    if (!isKnown || isProvince || !isName)
      return isKnown && isName ? possible('name', 'other-place') : different('other-place');
  }
  const unit: Reason[] = a.department === b.department ? [] : ['department'];
  if (!isName) return isKnown || place === 'agree' ? possible('near-name', ...unit) : different();
  if (!isKnown && place === 'unknown' && !isPlaceless(a, b)) return possible('name', 'place-unknown', ...unit);
  return { verdict: 'probable', reasons: ['name', ...unit] };
}

/** Whether one name is the letters that the other begins its words with; the last word is often left out. */
export function isAcronymOf(form: NameForm, initials: readonly string[]): boolean {
  if (form.script !== 'latin' || form.words.length !== 1 || form.core.length < 3) return false;
  return initials.some((letters) => letters.startsWith(form.core) && letters.length - form.core.length <= 1);
}
