import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import { typedDay } from '../../shared/domain/read/day.ts';
import { typedQuantity } from '../../shared/domain/read/quantity.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { fill, textOf } from '../../shared/i18n/lookup.ts';
import { NeedInput } from '../../shared/kinds/need/input.ts';
import { MAX_LINES } from '../../shared/kinds/need/line.ts';
import { countText } from '../web/amounts.tsx';
import { choicesOf, Radios } from '../web/choices.tsx';
import { DateInput, TextArea, TextInput } from '../web/inputs.tsx';
import { type Answers, rowsOf } from './answers.ts';
import { type Application, drafted, type PageView, type Step } from './application.ts';
import { PersonalUse } from './consent.tsx';
import { Rows } from './rows.tsx';
import { formText } from './texts/forms.ts';
import { plainRows, whoBody, whoFields, whoStep } from './who.tsx';

export const lineList = { name: 'lines', columns: ['item', 'specification', 'quantity', 'unit'] } as const;

/** The fields of a need beyond who asks. */
export const needFields = [
  'careTier',
  'note',
  'urgency',
  'neededBy',
  'delivery.address',
  'delivery.recipient',
  'delivery.phone',
] as const;

/** Lines, and problems with quantities that are no numbers. An empty quantity is "needed, amount unknown". */
export function linesBody(answers: Answers, prefix = '') {
  const rows = rowsOf(answers, lineList);
  const problems: FieldProblem[] = [];
  const lines = rows.map((row, index) => {
    const { item, specification, unit = '' } = row;
    const typed = typedQuantity(row.quantity ?? '', unit);
    if (typed.ok) return { item, specification, quantity: typed.quantity, unit: typed.unit };
    problems.push({ pointer: `${prefix}/lines/${index}/quantity`, code: typed.code });
    return { item, specification, quantity: null, unit };
  });
  return { lines, problems };
}

/** What a need says beyond lines and who asks, as the schemas take it. */
export function needBody(answers: Answers) {
  const answer = (name: string) => answers.get(name) ?? '';
  return {
    urgency: answer('urgency'),
    careTier: answer('careTier'),
    ...(answer('neededBy') !== '' && { neededBy: typedDay(answer('neededBy')) }),
    note: answer('note'),
    delivery: {
      address: answer('delivery.address'),
      recipient: answer('delivery.recipient'),
      phone: answer('delivery.phone'),
    },
  };
}

/** A day that has passed is a slip of the pen. */
export function neededByProblems(answers: Answers, today: string, prefix = ''): FieldProblem[] {
  const neededBy = typedDay(answers.get('neededBy') ?? '');
  return /^\d{4}-\d{2}-\d{2}$/.test(neededBy) && neededBy < today
    ? [{ pointer: `${prefix}/neededBy`, code: 'in-the-past' }]
    : [];
}

export function LinesView({ form, rows, language }: PageView) {
  const text = formText[language];
  return (
    <>
      <p class="hint">{text.unknownHint}</p>
      <Rows
        form={form}
        name="lines"
        count={Math.min(rows, MAX_LINES)}
        title={text.lineTitle}
        add={text.addLine}
        row={(index) => (
          <>
            <div class="row-line need">
              <TextInput
                form={form}
                name={`lines.${index}.item`}
                label={text.itemLabel}
                hint={index === 0 ? text.itemHint : undefined}
              />
              <TextInput
                form={form}
                name={`lines.${index}.quantity`}
                label={text.quantityLabel}
                optional
                inputmode="numeric"
              />
              <TextInput
                form={form}
                name={`lines.${index}.unit`}
                label={text.unitLabel}
                optional
                hint={index === 0 ? text.unitHint : undefined}
              />
            </div>
            <TextInput
              form={form}
              name={`lines.${index}.specification`}
              label={text.specificationLabel}
              optional
              hint={index === 0 ? text.specificationHint : undefined}
            />
          </>
        )}
      />
    </>
  );
}

export function CareView({ form, language }: PageView) {
  const text = formText[language];
  return (
    <>
      <Radios
        form={form}
        name="careTier"
        hint={text.careTierHint}
        choices={choicesOf(domainText[language].careTiers)}
      />
      <TextArea form={form} name="note" rows={3} optional hint={text.noteHint} />
    </>
  );
}

export function DeliveryView({ form, language, today }: PageView) {
  const text = formText[language];
  return (
    <>
      <Radios form={form} name="urgency" choices={choicesOf(domainText[language].urgencies)} />
      <DateInput form={form} name="neededBy" optional hint={text.neededByHint} min={today} />
      <PersonalUse language={language} kind="need" group="delivery" />
      <TextInput form={form} name="delivery.address" autocomplete="street-address" />
      <div class="columns two">
        <TextInput form={form} name="delivery.recipient" optional hint={text.recipientHint} autocomplete="off" />
        <TextInput
          form={form}
          name="delivery.phone"
          type="tel"
          inputmode="tel"
          optional
          hint={text.phoneHint}
          autocomplete="off"
        />
      </div>
    </>
  );
}

function lineText(language: Language, row: Readonly<Record<string, string>>): string {
  const typed = typedQuantity(row.quantity ?? '', row.unit ?? '');
  const count =
    typed.ok && typed.quantity !== null
      ? `${countText(typed.quantity)} ${typed.unit}`.trim()
      : domainText[language].unknownAmount;
  return [row.item, row.specification, count].filter(Boolean).join(' · ');
}

function linesStep(language: Language): Step {
  return {
    id: 'lines',
    title: formText[language].steps.lines,
    asks: ['lines', 'careTier', 'note'],
    view: (page) => (
      <>
        <LinesView {...page} />
        <hr />
        <CareView {...page} />
      </>
    ),
    summary: ({ form, answers }) => [
      ...rowsOf(answers, lineList).map((row, index) => ({
        label: fill(formText[language].lineTitle, { row: index + 1 }),
        value: lineText(language, row),
      })),
      ...plainRows(form, ['careTier', 'note'], (name) =>
        name === 'careTier' ? textOf(domainText[language].careTiers, form.value(name)) : undefined,
      ),
    ],
  };
}

function deliveryStep(language: Language): Step {
  return {
    id: 'delivery',
    title: formText[language].steps.delivery,
    asks: ['urgency', 'neededBy', 'delivery'],
    view: (page) => <DeliveryView {...page} />,
    summary: ({ form }) =>
      plainRows(form, ['urgency', 'neededBy', 'delivery.address', 'delivery.recipient', 'delivery.phone'], (name) =>
        name === 'urgency' ? textOf(domainText[language].urgencies, form.value(name)) : undefined,
      ),
  };
}

/** The form for a need: who, what, where and when. */
export function needApplication(language: Language, today: string): Application {
  return {
    kind: 'need',
    path: '/needs/new',
    questions: { single: [...whoFields, ...needFields], list: lineList },
    defaults: new Map([
      ['urgency', 'normal'],
      ['careTier', 'general'],
    ]),
    steps: [whoStep(language, 'need'), linesStep(language), deliveryStep(language)],
    draft(answers) {
      const { lines, problems } = linesBody(answers);
      const body = { ...whoBody(answers, language), ...needBody(answers), lines };
      return drafted(NeedInput, body, [...problems, ...neededByProblems(answers, today)]);
    },
  };
}
