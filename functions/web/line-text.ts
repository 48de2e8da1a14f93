import type { Language } from '../../shared/domain/language.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { colon } from '../../shared/i18n/lookup.ts';
import { kindWords } from '../../shared/kinds/words.ts';
import { countText } from './amounts.tsx';

interface Amount {
  readonly quantity: number | null;
  readonly unit?: string | undefined;
}

/** `500 只`, or that the amount is not known: never one piece, never none. */
export function quantityText(language: Language, { quantity, unit }: Amount): string {
  return quantity === null ? domainText[language].unknownAmount : `${countText(quantity)}${unit ? ` ${unit}` : ''}`;
}

interface Told {
  readonly written?: string | undefined;
  readonly dailyUse?: number | undefined;
  readonly onHand?: number | undefined;
}

/** What a sheet told of a line beside its amount, as labels and words. */
export function toldOfLine(language: Language, { written, ...counts }: Told): readonly string[] {
  const { told } = kindWords[language].need;
  return [
    ...(written === undefined ? [] : [`${told.written}${colon(language)}${written}`]),
    ...(['dailyUse', 'onHand'] as const).flatMap((field) => {
      const count = counts[field];
      return count === undefined ? [] : [`${told[field]}${colon(language)}${countText(count)}`];
    }),
  ];
}
