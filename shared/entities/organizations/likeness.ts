import { findPhones } from '../../domain/read/phone.ts';
import { fold } from '../../domain/same/fold.ts';
import { foldMailbox } from '../../domain/same/mailbox.ts';
import { hanForms } from './han-name.ts';
import { initialsOf, joinPlaces, latinForms } from './latin-name.ts';
import { type NameForm, plainName } from './name-form.ts';
import { type Whereabouts, whereabouts } from './place.ts';
import { numbersOf, type Registration } from './registration.ts';

/** What a body is known by, as a record, a case or a row of a sheet has it. */
export interface KnownBy {
  readonly name: string;
  readonly aliases?: readonly string[] | undefined;
  readonly place?: { readonly province?: string; readonly city?: string; readonly district?: string } | undefined;
  readonly registrations?: readonly Registration[] | undefined;
  readonly telephones?: readonly string[] | undefined;
  readonly mails?: readonly string[] | undefined;
  readonly addresses?: readonly string[] | undefined;
}

/** What two bodies are compared by. */
export interface Likeness {
  readonly forms: readonly NameForm[];
  readonly initials: readonly string[];
  readonly at: Whereabouts;
  readonly registrations: readonly Registration[];
  /** with a code that another one holds */
  readonly numbers: readonly string[];
  readonly telephones: readonly string[];
  readonly mails: readonly string[];
  readonly addresses: readonly string[];
}

/** A name in both scripts is two names. */
function byScript(name: string): string[] {
  const han = name.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = name.match(/\p{Script=Latin}{2,}/gu) ?? [];
  if (han < 2) return [name];
  if (latin.length < 2) return name.split(/[/、|;]/).filter((part) => part.trim() !== '');
  const inHan = name.replace(/[\p{Script=Latin}][\p{Script=Latin}\p{N}\s.,'&-]*/gu, ' ').trim();
  const inLatin = name
    .replace(/[^\p{Script=Latin}\p{N}\s.,'&()-]+/gu, ' ')
    .replace(/\(\s*\)/g, ' ')
    .trim();
  return [inHan, inLatin].filter((part) => part !== '');
}

/** The digits of a number without the country's code, an extension and zeros in front. */
function digitsOf(phone: string): string {
  const main = phone.replace(/转\d+$/u, '').replace(/\D/g, '');
  return main.replace(/^(?:00)?86(?=\d{10,12}$)/, '').replace(/^0(?=[1-9])/, '');
}

/** Two spellings of one address compare equal after this; without a number of a house it says too little. */
function foldAddress(address: string, at: Whereabouts): string | undefined {
  const places = [at.province, at.city, at.district].flatMap((place) => place ?? []);
  const rest = places.reduce(
    (text, place) => text.replace(new RegExp(`^${place}(?:特别行政区|[省市区县州盟旗])?`, 'u'), ''),
    fold(address),
  );
  return /\d/.test(address) && rest.length >= 5 ? rest : undefined;
}

/** What a body is compared by: its names taken apart, its numbers and how it is reached. */
export function likenessOf(known: KnownBy): Likeness {
  const place = known.place ?? {};
  const at = whereabouts(place);
  const names = [known.name, ...(known.aliases ?? [])].map(
    (name, index) => [name, index === 0 ? 'name' : 'alias'] as const,
  );
  const forms = names.flatMap(([written, from]) =>
    byScript(plainName(written)).flatMap((name) =>
      /\p{Script=Han}/u.test(name) ? hanForms(name, at, from) : latinForms(joinPlaces(name, place), at, from),
    ),
  );
  const registrations = known.registrations ?? [];
  return {
    forms,
    initials: names.flatMap(([name]) => (/\p{Script=Han}/u.test(name) ? [] : initialsOf(plainName(name)))),
    // a name that says another city than the form is believed
    at: forms[0]?.at ?? at,
    registrations,
    numbers: numbersOf(registrations).map(({ scheme, number }) => `${scheme}#${number}`),
    telephones: (known.telephones ?? []).flatMap((written) =>
      findPhones(written)
        .phones.map(digitsOf)
        .filter((digits) => digits.length >= 7),
    ),
    mails: (known.mails ?? []).map(foldMailbox),
    addresses: (known.addresses ?? []).flatMap((address) => foldAddress(address, at) ?? []),
  };
}
