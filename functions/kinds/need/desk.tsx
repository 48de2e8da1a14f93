import { fill } from '../../../shared/i18n/lookup.ts';
import { isOpenToAmounts } from '../../../shared/kinds/need/amend-amounts.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { given } from '../../forms/desk-values.ts';
import type { FormView } from '../../web/form-view.ts';
import { TextInput } from '../../web/inputs.tsx';
import { quantityText } from '../../web/line-text.ts';
import { answerOf } from '../desk-answers.ts';
import type { DeskPages } from '../pages.ts';
import { needAnswers } from './desk-answers.tsx';
import { NeedFacts } from './desk-facts.tsx';
import { needDeskText } from './desk-texts.ts';
import { givingFor, offerOf } from './giving.ts';
import { Suggestions } from './suggestions.tsx';

const LINES_IN_GIST = 3;

interface AmountsProps {
  readonly subject: NeedCase;
  readonly form: FormView;
  readonly scope: string;
}

/** Amounts that the applicant told a coordinator, line by line. */
function Amounts({ subject, form, scope }: AmountsProps) {
  return (
    <table class="give">
      <tbody>
        {subject.lines.map((line) => (
          <tr>
            <td>{line.item}</td>
            <td>
              <TextInput form={form} name={`${scope}lines.${line.id}.quantity`} quiet inputmode="numeric" />
              <label class="tick">
                <input
                  type="checkbox"
                  name={`${scope}lines.${line.id}.enough`}
                  value="yes"
                  checked={line.enough === true || form.value(`${scope}lines.${line.id}.enough`) !== ''}
                />{' '}
                {needDeskText[form.language].enough}
              </label>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A need at a desk: what is needed, who could give it, and what is answered about it. */
export const needDeskPages: DeskPages<'need'> = {
  gist(language, { lines }) {
    const text = needDeskText[language];
    const first = lines
      .slice(0, LINES_IN_GIST)
      .map((line) => `${line.item}${line.quantity === null ? '' : ` ${quantityText(language, line)}`}`);
    const rest = lines.length > LINES_IN_GIST ? [fill(text.moreItems, { count: lines.length })] : [];
    return [...first, ...rest].join(language === 'zh' ? '，' : ', ');
  },
  urgency: (language, { urgency }) =>
    urgency !== 'normal' && (
      <span class={`tag ${urgency}`}>{kindWords[language].need.fields.urgency.choices[urgency]}</span>
    ),
  tags: (language, { careTier }) =>
    careTier !== 'general' && (
      <span class="tag urgent">{kindWords[language].need.fields.careTier.choices[careTier]}</span>
    ),
  giver: (subject) => ('donor' in subject ? subject.donor?.name : undefined),
  labels: (language, { lines }) => ({
    choice: needDeskText[language].choice,
    ...Object.fromEntries(
      lines.flatMap(({ id, item }) => [
        [`lines.${id}.quantity`, item],
        [`lines.${id}.received`, item],
        [`lots.${id}`, item],
      ]),
    ),
  }),
  filled: (subject, outcome, programme) => answerOf(needAnswers, outcome)?.filled?.(subject, programme) ?? {},
  read: (subject, outcome, typed) => answerOf(needAnswers, outcome)?.read(subject, typed),
  amounts: {
    isOpen: isOpenToAmounts,
    labels: (language, { lines }) => ({
      lines: kindWords[language].need.fields.lines.label,
      ...Object.fromEntries(lines.map((line) => [`lines.${line.id}.quantity`, line.item])),
    }),
    filled: ({ lines }) =>
      Object.fromEntries(lines.map((line) => [`lines.${line.id}.quantity`, String(line.quantity ?? '')])),
    fields: (subject, form, scope) => <Amounts subject={subject} form={form} scope={scope} />,
    read: ({ lines }, reader) => ({
      lines: lines.flatMap((line) => {
        const quantity = reader.whole(`lines.${line.id}.quantity`, line.unit ?? '');
        const enough = reader.ticked(`lines.${line.id}.enough`);
        const changed = given({ quantity: quantity === line.quantity ? undefined : quantity, enough });
        return changed ? [{ line: line.id, ...changed }] : [];
      }),
    }),
  },
  async open(subject, { hub, language, csrf, sight, mine }) {
    const isMatched = subject.stage === 'matching' && mine.length > 0;
    const [held, offer] = await Promise.all([
      isMatched ? givingFor(hub.table, language, subject) : { suggestions: [], donors: [] },
      offerOf(hub.table, subject),
    ]);
    const task = mine.find(({ outcomes }) => outcomes.includes('matched'));
    return {
      hints: task && <Suggestions language={language} csrf={csrf} subject={subject} task={task} giving={held} />,
      facts: (parties) => (
        <NeedFacts language={language} subject={subject} sight={sight} parties={parties} offer={offer} />
      ),
      fields: (outcome, form, scope) => answerOf(needAnswers, outcome)?.fields({ form, scope, subject, held }),
    };
  },
};
