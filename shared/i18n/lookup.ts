import type { Language } from '../domain/language.ts';
import { formatFen } from '../domain/money.ts';
import { domainText } from './domain.ts';

/** The text for a code; the code itself when there is none, which shows that a text is missing without hiding the fact. */
export function textOf(texts: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(texts, code) ? (texts[code] ?? code) : code;
}

/**
 * Puts values into a text: `fill('up to {maximum}', { maximum: 3 })`, and of two words that for one or that for any other
 * number: `{count} {count|row|rows}`. Amounts given as `fen` are shown as `{yuan}`.
 */
export function fill(text: string, params: Readonly<Record<string, string | number>> = {}): string {
  const shown: Record<string, string | number> = { ...params };
  if (typeof params.fen === 'number') shown.yuan = formatFen(params.fen);
  return text.replace(/\{(\w+)(?:\|([^|}]+)\|([^|}]+))?\}/g, (whole, name: string, one?: string, many?: string) => {
    if (!(name in shown)) return whole;
    // amounts come with separators: "1,000" is not one
    return String((String(shown[name]) === '1' ? one : many) ?? shown[name]);
  });
}

/** What stands between a label and its text in a sentence. */
export function colon(language: Language): string {
  return language === 'zh' ? '：' : ': ';
}

/** Who did something: their name, and the name of the person in whose place. */
export function actingName(language: Language, name: string, inPlaceOf: string | undefined): string {
  return inPlaceOf === undefined ? name : fill(domainText[language].inPlaceOf, { name, of: inPlaceOf });
}

/** A moment at the hub: `2020-02-03 14:05`. */
export function momentText(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
