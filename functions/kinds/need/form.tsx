import type { Language } from '../../../shared/domain/language.ts';
import { typedQuantity } from '../../../shared/domain/read/quantity.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { needFields } from '../../../shared/kinds/need/fields.ts';
import { NeedInput } from '../../../shared/kinds/need/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { rowsOf } from '../../forms/answers.ts';
import { countText } from '../../web/amounts.tsx';
import type { KindForms } from '../pages.ts';
import { needFormText } from './texts.ts';

/** A line in words: what, of which kind, how much of it. */
function lineText(language: Language, row: Readonly<Record<string, string>>): string {
  const typed = typedQuantity(row.quantity ?? '', row.unit ?? '');
  const count =
    typed.ok && typed.quantity !== null
      ? `${countText(typed.quantity)} ${typed.unit}`.trim()
      : domainText[language].unknownAmount;
  return [row.item, row.specification, count].filter(Boolean).join(' · ');
}

/** The form for a need: who, what, where and when. Of its own it tells a line in one, its amount with its unit. */
export const needForms: KindForms<'need'> = {
  texts: needFormText,
  path: '/needs/new',
  input: NeedInput,
  ofProgramme: false,
  tells: 'lines.0.item',
  own: () => ({
    own: {
      lines: {
        show: ({ language, answers }) =>
          rowsOf(answers, { name: 'lines', columns: Object.keys(needFields.lines.parts) }).map((row, index) => ({
            label: fill(kindWords[language].need.fields.lines.row, { row: index + 1 }),
            value: lineText(language, row),
          })),
      },
    },
  }),
};
