import type { Language } from '../../shared/domain/language.ts';
import { type Fen, formatFen } from '../../shared/domain/money.ts';
import { fill, momentText } from '../../shared/i18n/lookup.ts';
import { webText } from './text.ts';

/** An amount of money as people read it: `12,345.60 元`. */
export function yuanText(language: Language, fen: Fen): string {
  return fill(webText[language].yuan, { yuan: formatFen(fen).replace(/\.00$/, '') });
}

/** An amount of money, never broken over two lines. */
export function Money({ fen, language }: { readonly fen: Fen; readonly language: Language }) {
  return <span class="money">{yuanText(language, fen)}</span>;
}

/** A whole number with its thousands apart. */
export function countText(count: number): string {
  return count.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A moment at the hub, for people and for machines. */
export function Moment({ at }: { readonly at: string }) {
  return <time datetime={at}>{momentText(at)}</time>;
}
