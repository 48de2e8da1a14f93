import type { Language } from '../../../shared/domain/language.ts';
import type { AnyTexts } from '../../../shared/kinds/define.ts';
import { kindWords } from '../../../shared/kinds/words.ts';

/** What a column of a sheet is called: as the field that it fills is called everywhere. */
export function columnLabel(language: Language, column: string): string {
  const { place, contact, lines, delivery, ...fields } = kindWords[language].need.fields;
  const { name, phone } = contact.parts;
  const columns: AnyTexts = { ...fields, ...place.parts, ...lines.parts, ...delivery.parts, contact: name, phone };
  return columns[column]?.label ?? column;
}
