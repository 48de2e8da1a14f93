import type { Language } from '../../../shared/domain/language.ts';
import type { AnyTexts } from '../../../shared/kinds/define.ts';
import { kindWords } from '../../../shared/kinds/words.ts';

/** What a column of a sheet is called: as the field that it fills is called everywhere. */
export function columnLabel(language: Language, column: string): string {
  const { fields: all, told } = kindWords[language].need;
  const { place, contact, lines, delivery, ...fields } = all;
  const { name, phone } = contact.parts;
  const columns: AnyTexts = { ...fields, ...place.parts, ...lines.parts, ...delivery.parts, contact: name, phone };
  return columns[column]?.label ?? Object.entries(told).find(([name]) => name === column)?.[1] ?? column;
}
