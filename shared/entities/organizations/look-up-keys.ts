import { isDistinct, letters, spoken, withAnchor } from './compare-names.ts';
import { headOf } from './han-words.ts';
import { isWeak } from './latin-words.ts';
import type { Likeness } from './likeness.ts';
import type { NameForm } from './name-form.ts';

/**
 * Keys under which a body is found by another that may be the same: bodies are compared that have a key in common, and no others.
 * A name without words of its own (人民医院, Red Cross Society) has its place in its keys; without a place it finds its equals
 * alone. Near names are looked for within one city, and among those whose city is not known.
 */
export interface LookUpKeys {
  /** under which a record is written */
  readonly written: readonly string[];
  /** under which others are looked for: one read each */
  readonly read: readonly string[];
}

/** What a body has at most: more names than this many keys have are found by the first of them. */
export const MOST_KEYS = 40;

/** Places under which a name that many have is kept: the one that it says, or those where the body is said to be. */
function scopes(form: NameForm): readonly string[] {
  if (form.anchor) return [form.anchor.short];
  const { province, city, district } = form.at;
  const near = [district, city].flatMap((place) => place ?? []);
  return near.length > 0 ? near : [province ?? ''];
}

function nameKeys(form: NameForm): string[] {
  if (form.script === 'han') {
    const core = spoken(form.core);
    // 蕲春人民医院 is 人民医院 of 蕲春 where nobody knows the place
    const whole = withAnchor({ ...form, core });
    return isDistinct(form) ? [`N${core}`, `N${whole}`] : scopes(form).map((place) => `N${place}${core}`);
  }
  const joined = letters(form.words.join(''));
  return isDistinct(form)
    ? [`L${form.core}`, `J${joined}`]
    : scopes(form).flatMap((place) => [`L${place} ${form.core}`, `L${[...form.words, place].sort().join(' ').trim()}`]);
}

/** 红十字会 in a city may be that of the province. */
function provinceKeys(form: NameForm): string[] {
  const { anchor, at, core, script } = form;
  return script === 'han' && !anchor && !isDistinct(form) && at.city !== undefined && at.province !== undefined
    ? [`N${at.province}${spoken(core)}`]
    : [];
}

/** Names that share one of these may differ by one letter, by what stands before or behind, or by words that many have. */
function nearHan({ own, shared, core }: NameForm): string[] {
  const ends = [`B${own.slice(0, 2)} ${shared}`, `E${own.slice(-2)} ${shared}`, `O${own} ${headOf(core)}`];
  const middle = own.length === 3 ? [`X${own.slice(0, 1)}${own.slice(2)} ${shared}`] : [];
  return own.length < 3 ? ends : [...ends, ...middle, `S${letters(own)}`];
}

function nearLatin(form: NameForm): string[] {
  const isOwn = (word: string) => form.own.split(' ').includes(word);
  const without = form.words.map((_, at) => form.words.filter((__, other) => other !== at));
  const strong = form.words.filter((word) => !isWeak(word));
  const some = [strong, ...without].filter((words) => words.some(isOwn)).map((words) => `L${words.join(' ')}`);
  const only = form.own.includes(' ')
    ? []
    : [`B${form.own.slice(0, 2)} ${form.shared}`, `E${form.own.slice(-3)} ${form.shared}`];
  return [...some, ...only];
}

function nearKeys(form: NameForm): string[] {
  if (!isDistinct(form)) return [];
  return form.script === 'han' ? nearHan(form) : nearLatin(form);
}

function acronymKeys({ forms, initials }: Likeness): string[] {
  const short = forms.filter(
    ({ script, words, core }) => script === 'latin' && words.length === 1 && core.length >= 3 && core.length <= 9,
  );
  const cut = initials.filter((one) => one.length >= 4).map((one) => one.slice(0, -1));
  return [...short.map(({ core }) => core), ...initials, ...cut].map((one) => `A${one}`);
}

function unique(all: readonly string[]): string[] {
  return [...new Set(all)].slice(0, MOST_KEYS);
}

/** The keys of a body. Those of telephones, mails and addresses are personal: the store keeps hashes of all of them. */
export function lookUpKeys(likeness: Likeness): LookUpKeys {
  const sure = [
    ...likeness.numbers.map((number) => `#${number}`),
    ...likeness.forms.flatMap(nameKeys),
    ...likeness.telephones.map((digits) => `T${digits.slice(-7)}`),
    ...likeness.mails.map((mail) => `M${mail}`),
    ...likeness.addresses.map((address) => `D${address}`),
    ...acronymKeys(likeness),
  ];
  const near = likeness.forms.flatMap(nearKeys);
  const city = likeness.at.city ?? '';
  const inCity = near.map((key) => `${key}@${city}`);
  return {
    written: unique([...sure, ...inCity]),
    read: unique([
      ...sure,
      ...likeness.forms.flatMap(provinceKeys),
      ...inCity,
      ...(city === '' ? [] : near.map((key) => `${key}@`)),
    ]),
  };
}
