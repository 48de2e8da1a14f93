import type { Language } from '../../../shared/domain/language.ts';
import { typedQuantity } from '../../../shared/domain/read/quantity.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { needFields } from '../../../shared/kinds/need/fields.ts';
import { NeedInput } from '../../../shared/kinds/need/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { rowsOf } from '../../forms/answers.ts';
import type { Application } from '../../forms/application.ts';
import { describe } from '../../forms/description.ts';
import { kindApplication } from '../../forms/kind-application.tsx';
import type { KindForm } from '../../forms/own.ts';
import { countText } from '../../web/amounts.tsx';

/** A line in words: what, of which kind, how much of it. */
function lineText(language: Language, row: Readonly<Record<string, string>>): string {
  const typed = typedQuantity(row.quantity ?? '', row.unit ?? '');
  const count =
    typed.ok && typed.quantity !== null
      ? `${countText(typed.quantity)} ${typed.unit}`.trim()
      : domainText[language].unknownAmount;
  return [row.item, row.specification, count].filter(Boolean).join(' · ');
}

/** What a form about a need has of its own: a line is told in one, its amount with its unit. */
export const needForm: KindForm = {
  own: {
    lines: {
      show: ({ language, answers }) =>
        rowsOf(answers, { name: 'lines', columns: Object.keys(needFields.lines.parts) }).map((row, index) => ({
          label: fill(kindWords[language].need.fields.lines.row, { row: index + 1 }),
          value: lineText(language, row),
        })),
    },
  },
};

/** The form for a need: who, what, where and when. */
export function needApplication(language: Language, today: string): Application {
  return kindApplication(describe(language, 'need', 'submit', NeedInput), '/needs/new', today, needForm);
}
