import type { Language } from '../domain/language.ts';

/** What was entered in Chinese and perhaps in English too, in the reader's language where it is there. */
export function inLanguage(language: Language, text: string, english: string | undefined): string {
  return (language === 'en' && english) || text;
}

export function nameIn(
  language: Language,
  { name, nameEn }: { readonly name: string; readonly nameEn?: string | undefined },
): string {
  return inLanguage(language, name, nameEn);
}

/** The name of the party of a member or an offer. */
export function partyNameIn(
  language: Language,
  { partyName, partyNameEn }: { readonly partyName: string; readonly partyNameEn?: string | undefined },
): string {
  return inLanguage(language, partyName, partyNameEn);
}

/** The name of a programme's funder. */
export function funderNameIn(
  language: Language,
  { funderName, funderNameEn }: { readonly funderName: string; readonly funderNameEn?: string | undefined },
): string {
  return inLanguage(language, funderName, funderNameEn);
}

/** A question that a programme asks. */
export function questionIn(
  language: Language,
  { text, textEn }: { readonly text: string; readonly textEn?: string | undefined },
): string {
  return inLanguage(language, text, textEn);
}
