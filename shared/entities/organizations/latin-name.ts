import { fold } from '../../domain/same/fold.ts';
import { lookAlike } from '../../domain/same/look-alikes.ts';
import { GENERIC, oneWord, PART, PHRASES } from './latin-words.ts';
import { type NameForm, takeBrackets } from './name-form.ts';
import { shortPlace, type Whereabouts } from './place.ts';

const ACRONYM = /^(?:[A-Z0-9]\.?[&/-]?){2,8}$/;
const CALLED = /^(?:formerly|previously|also known as|aka|a\.k\.a\.?|known as|trading as|t\/a|now|was)[:\s]+/i;
/** Countries stand in brackets or behind a name, and say the same. */
const COUNTRY = new Set(
  ['uk', 'gb', 'usa', 'china', 'england', 'scotland', 'wales', 'ireland'].map((word) => oneWord(word) ?? ''),
);
/** What stands between two names of one body. */
const OR =
  /\s+(?:t\/a|trading as|operating as|working as|also known as|aka|a\.k\.a\.?|formerly(?: known as)?|previously)\s+|\s*[;|]\s*|\s+\/\s+/i;

function wordsOf(text: string): string[] {
  const lower = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´']/g, "'")
    .replace(/&|(?<=\s)\+(?=\s)/g, ' and ')
    // a letter of another alphabet that looks like a Latin one
    .replace(/[^!-~\s]/gu, lookAlike)
    .replace(/\s+/g, ' ');
  const spelt = PHRASES.reduce((all, [written, instead]) => all.replace(written, instead), lower);
  return (
    spelt
      .replace(/'/g, '')
      // Y.M.C.A. and Y M C A are one word
      .replace(/\b(?:\p{L}\.){2,}/gu, (dotted) => dotted.replace(/\./g, ''))
      .replace(/\b\p{L}(?: \p{L}\b){2,}/gu, (spaced) => spaced.replace(/ /g, ''))
      .replace(/\b(?:no|nr|number)\.?\s*(?=\d)/g, ' ')
      .split(/[^\p{L}\p{N}]+/u)
      .flatMap((word) => oneWord(word) ?? [])
  );
}

function placeWords(at: Whereabouts): ReadonlySet<string> {
  return new Set([at.district, at.city, at.province].flatMap((place) => oneWord(place ?? '') ?? []));
}

function formOf(text: string, given: Whereabouts, from: NameForm['from']): NameForm | undefined {
  const all = wordsOf(text);
  if (all.length === 0) return undefined;
  const isPart = all.length > 1 && all.some((word) => PART.has(word));
  const places = placeWords(given);
  const named = all.filter((word) => places.has(word));
  const left = all.filter((word) => !places.has(word) && !PART.has(word));
  const words = [...(left.length > 0 ? left : all)].sort();
  const [short] = left.length > 0 ? named : [];
  const level =
    short === oneWord(given.district ?? '') ? 'district' : short === oneWord(given.city ?? '') ? 'city' : 'province';
  return {
    script: 'latin',
    core: words.join(' '),
    own: words.filter((word) => !GENERIC.has(word) && !word.startsWith('#')).join(' '),
    shared: words.filter((word) => GENERIC.has(word)).join(' '),
    anchor: short === undefined ? undefined : { level, short },
    at: given,
    ordinals: words.filter((word) => word.startsWith('#')).join(' '),
    ...(isPart ? { branch: words.join(' ') } : {}),
    words,
    from,
  };
}

/** Segments after a dash or a comma that say a part of the body, as "Kent Branch". */
function segments(text: string): { readonly body: string; readonly part?: string } {
  const [body = '', ...rest] = text.split(/\s+[-–—:]\s+|,\s+/);
  const part = rest.at(-1);
  if (part === undefined || !wordsOf(part).some((word) => PART.has(word))) return { body: text };
  return { body: [body, ...rest.slice(0, -1)].join(' '), part };
}

/** Letters that a name begins its words with: with small words (of, and) and without. */
export function initialsOf(written: string): readonly string[] {
  const words = takeBrackets(written)
    .bare.split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [all, great] = [words, words.filter((word) => !/^(?:the|a|an|of|and|for|in|at|to)$/i.test(word))];
  const short = [all, great].map((some) => fold(some.map((word) => word.slice(0, 1)).join('')));
  return [...new Set(short)].filter((letters) => letters.length >= 3);
}

/** The ways in which a name in Latin letters names a body: itself, other names in it, names and acronyms in brackets. */
export function latinForms(plain: string, given: Whereabouts, from: 'name' | 'alias'): NameForm[] {
  const names = plain.split(OR);
  return names.flatMap((name, index): NameForm[] => {
    const { bare, inside } = takeBrackets(name.replace(CALLED, ''));
    const [, before, after] = /^(.+?)\s+[-–—]\s+(.+)$/.exec(bare) ?? [];
    // "RNIB - Royal National Institute" and the other way round
    const beside = [before, after].find(
      (part) => part !== undefined && ACRONYM.test(part.trim()) && bare.length > part.length + 8,
    );
    const full = beside === undefined ? bare : beside === before ? (after ?? bare) : (before ?? bare);
    const { body, part } = segments(full);
    const partInside = inside.find((note) => wordsOf(note).some((word) => PART.has(word)));
    const country = inside.find((note) => wordsOf(note).every((word) => COUNTRY.has(word))) ?? '';
    const form = formOf(`${body} ${country}`, given, index === 0 ? from : 'alias');
    const said = part ?? partInside;
    const branch = said === undefined ? {} : { branch: wordsOf(said).sort().join(' ') };
    const acronyms = [...inside, beside ?? ''].filter(
      (note) => ACRONYM.test(note) && wordsOf(note).some((word) => !GENERIC.has(word)),
    );

    const others = inside.filter(
      (note) => note !== partInside && !ACRONYM.test(note) && (CALLED.test(note) || note.split(/\s+/).length >= 3),
    );
    const forms = [
      form,
      ...others.map((note) => formOf(note.replace(CALLED, ''), given, 'bracket')),
      ...acronyms.map((note) => formOf(note.replace(/[.\s]/g, ''), given, 'acronym')),
    ];
    return forms.flatMap((one) => (one ? [{ ...one, ...branch }] : []));
  });
}

/** A place in Latin letters is one word or several: those of several stand in names as they are. */
export function joinPlaces(name: string, place: { province?: string; city?: string; district?: string }): string {
  return [place.district, place.city, place.province].reduce<string>((text, written) => {
    const words = (written ?? '').trim().split(/\s+/);
    if (words.length < 2) return text;
    return text.replace(
      new RegExp(words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, '.')).join('\\s+'), 'giu'),
      shortPlace(written ?? ''),
    );
  }, name);
}
