import type { Language } from '../../../shared/domain/language.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import type { NeedLine } from '../../../shared/kinds/need/line.ts';
import { countText } from '../../web/amounts.tsx';

/** `500 只`, or that the amount is not known: never one piece, never none. */
export function quantityText(language: Language, { quantity, unit }: Pick<NeedLine, 'quantity' | 'unit'>): string {
  return quantity === null ? domainText[language].unknownAmount : `${countText(quantity)}${unit ? ` ${unit}` : ''}`;
}
