import type { Language } from '../../../shared/domain/language.ts';
import { typedCount } from '../../../shared/domain/read/quantity.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import type { NeedDecision } from '../../../shared/kinds/need/decision.ts';
import { NeedOnBehalfInput } from '../../../shared/kinds/need/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { describe } from '../../forms/description.ts';
import { deskPage, filledBy, readDesk } from '../../forms/desk-form.ts';
import { given, type Reader } from '../../forms/desk-values.ts';
import { FieldsView } from '../../forms/fields-view.tsx';
import { countText } from '../../web/amounts.tsx';
import { caseNumber } from '../../web/case-number.ts';
import { Field } from '../../web/field.tsx';
import { type FormView, fieldId } from '../../web/form-view.ts';
import { DateInput, TextArea, TextInput } from '../../web/inputs.tsx';
import { quantityText } from '../../web/line-text.ts';
import type { DeskAnswers } from '../desk-answers.ts';
import { needDeskText } from './desk-texts.ts';
import type { DonorChoice, Giving } from './giving.ts';
import { ToldOfLine } from './told-of-line.tsx';

interface NeedProps {
  readonly form: FormView;
  readonly scope: string;
  readonly subject: NeedCase;
}
type PerLineProps = NeedProps & { readonly field: 'quantity' | 'received'; readonly head: string };

/** A quantity beside each line. */
function PerLine({ form, scope, subject, field, head }: PerLineProps) {
  const { language } = form;
  return (
    <table class="give">
      <thead>
        <tr>
          <th scope="col">{needDeskText[language].item}</th>
          <th scope="col">{head}</th>
        </tr>
      </thead>
      <tbody>
        {subject.lines.map((line) => (
          <tr>
            <td>
              {line.item}
              <span class="sub">{[line.specification, quantityText(language, line)].filter(Boolean).join(' · ')}</span>
              <ToldOfLine language={language} line={line} />
            </td>
            <td>
              <TextInput form={form} name={`${scope}lines.${line.id}.${field}`} quiet inputmode="numeric" />
              {field === 'received' && (
                <label class="tick">
                  <input
                    type="checkbox"
                    name={`${scope}lines.${line.id}.enough`}
                    value="yes"
                    checked={form.value(`${scope}lines.${line.id}.enough`) !== ''}
                  />{' '}
                  {needDeskText[language].enough}
                </label>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function donorOption({ party, offer, name }: DonorChoice) {
  return { value: offer ? `${party}/${offer.id}` : party, name };
}

function DonorSelect({ form, scope, held }: NeedProps & { readonly held: Giving }) {
  const text = needDeskText[form.language];
  const name = `${scope}choice`;
  const fits = new Set<string>(held.suggestions.map(({ offer }) => offer.id));
  const chosen = form.value(name);
  const offers = held.donors.filter(({ offer }) => offer !== undefined);
  const rank = ({ offer }: DonorChoice) => (offer && fits.has(offer.id) ? 0 : 1);
  const sorted = offers.toSorted((a, b) => rank(a) - rank(b));
  const option = (choice: DonorChoice, said: string) => {
    const { value } = donorOption(choice);
    return (
      <option value={value} selected={value === chosen}>
        {said}
      </option>
    );
  };
  return (
    <Field form={form} name={name} hint={text.choiceHint}>
      <select id={fieldId(name)} class="control full" name={name}>
        <option value="" />
        <optgroup label={text.byOffer}>
          {sorted.map((choice) =>
            option(
              choice,
              `${choice.name} · ${choice.offer?.title} · ${fill(text.stock, { count: countText(choice.offer?.available ?? 0) })}`,
            ),
          )}
        </optgroup>
        <optgroup label={text.byDonor}>
          {held.donors.filter(({ offer }) => offer === undefined).map((choice) => option(choice, choice.name))}
        </optgroup>
      </select>
    </Field>
  );
}

function Verified(props: NeedProps) {
  const { form, scope } = props;
  const text = needDeskText[form.language];
  const desk = verifiedForm(form.language);
  const { description, own } = desk;
  const names = Object.keys(description.fields);
  const isGroup = (name: string) => description.fields[name]?.widget === 'group';
  const page = deskPage(desk, form, false, scope);
  const fields = (some: readonly string[]) => (
    <FieldsView description={description} page={page} names={some} own={own} />
  );
  return (
    <>
      <p class="hint">{text.verifiedHint}</p>
      <PerLine {...props} field="quantity" head={text.verifiedLines} />
      {fields(names.filter((name) => !isGroup(name)))}
      <details open={form.errors.some(({ name }) => isGroup(name.slice(scope.length).split('.')[0] ?? ''))}>
        <summary>{text.details}</summary>
        {fields(names.filter(isGroup))}
      </details>
    </>
  );
}

function Dispatched({ form, scope, subject }: NeedProps) {
  const text = needDeskText[form.language];
  return (
    <>
      <TextInput form={form} name={`${scope}carrier`} maxlength={80} />
      <TextInput form={form} name={`${scope}trackingNumber`} optional />
      <DateInput form={form} name={`${scope}expectedOn`} />
      <details open={form.errors.some(({ name }) => name.startsWith(`${scope}lots`))}>
        <summary>{kindWords[form.language].need.answered.lots}</summary>
        <p class="hint">{text.lotsHint}</p>
        {subject.lines.map((line) => (
          <TextArea
            form={form}
            name={`${scope}lots.${line.id}`}
            label={`${line.item} × ${countText(line.approved ?? 0)}`}
            rows={2}
            optional
          />
        ))}
      </details>
      <TextArea form={form} name={`${scope}note`} rows={2} optional />
    </>
  );
}

/** Lines as they were answered; those for which nothing was said are left out. */
function perLine<T>(subject: NeedCase, read: (line: NeedCase['lines'][number]) => T | undefined): T[] {
  return subject.lines.flatMap((line) => read(line) ?? []);
}

/** Lots as they are typed, one a row: the number on the box, then how many pieces; all of the line when left out. */
function readLots(subject: NeedCase, reader: Reader): unknown[] {
  return subject.lines.flatMap((line) => {
    const rows = (reader.text(`lots.${line.id}`) ?? '').split('\n').map((row) => row.trim());
    const typed = rows.filter((row) => row !== '');
    return typed.map((row) => {
      const words = row.split(/[\s,，;；:：×x*]+(?=\S+$)/);
      const quantity = words.length > 1 ? typedCount(words.at(-1) ?? '', line.unit) : undefined;
      if (quantity !== undefined) return { line: line.id, lot: words.slice(0, -1).join(' '), quantity };
      if (typed.length > 1) reader.problems.push({ name: `lots.${line.id}`, code: 'not-a-number' });
      return { line: line.id, lot: row, quantity: line.approved ?? 0 };
    });
  });
}

/** The fields that a verification mends. */
function verifiedForm(language: Language) {
  return { description: describe(language, 'need', 'verified', NeedOnBehalfInput), own: {} };
}

/** A quantity for each line, under names of its own. */
function filledLines(subject: NeedCase, field: string, value: (line: NeedCase['lines'][number]) => string) {
  return Object.fromEntries(subject.lines.map((line) => [`lines.${line.id}.${field}`, value(line)]));
}

const known = ({ quantity }: NeedCase['lines'][number]) => (quantity === null ? '' : String(quantity));

/** What each outcome of a need asks at a desk. Every outcome reads its own fields only. */
export const needAnswers: DeskAnswers<NeedDecision, NeedCase, Giving> = {
  verified: {
    fields: (asked) => <Verified {...asked} />,
    filled: (subject) => ({ ...filledBy(verifiedForm('zh'), subject), ...filledLines(subject, 'quantity', known) }),
    read(subject, { values, reader }) {
      const lines = perLine(subject, (line) => {
        const quantity = reader.whole(`lines.${line.id}.quantity`, line.unit ?? '');
        return quantity === undefined || quantity === line.quantity ? undefined : { line: line.id, quantity };
      });
      return given({
        lines: lines.length > 0 ? lines : undefined,
        ...readDesk(verifiedForm('zh'), values, reader),
      });
    },
  },
  matched: {
    fields: (asked) => <DonorSelect {...asked} />,
    read(_subject, { reader }) {
      const [donor, offer] = (reader.text('choice') ?? '').split('/');
      reader.asOne('choice', 'donor', 'offer');
      return given({ donor: donor || undefined, offer: offer || undefined });
    },
  },
  approved: {
    fields(asked) {
      const text = needDeskText[asked.form.language];
      return (
        <>
          <p class="hint">{text.giveHint}</p>
          <PerLine {...asked} field="quantity" head={text.give} />
        </>
      );
    },
    filled: (subject) => filledLines(subject, 'quantity', known),
    read: (subject, { reader }) => ({
      lines: perLine(subject, (line) => ({
        line: line.id,
        quantity: reader.whole(`lines.${line.id}.quantity`, line.unit ?? '') ?? 0,
      })),
    }),
  },
  dispatched: {
    fields: (asked) => <Dispatched {...asked} />,
    read(subject, { reader }) {
      const lots = readLots(subject, reader);
      reader.asOne('lots.*', 'lots');
      return given({
        carrier: reader.text('carrier'),
        trackingNumber: reader.text('trackingNumber'),
        expectedOn: reader.day('expectedOn'),
        lots: lots.length > 0 ? lots : undefined,
        note: reader.text('note'),
      });
    },
  },
  confirmed: {
    fields(asked) {
      const text = needDeskText[asked.form.language];
      return (
        <>
          <p class="hint">{text.arrivedHint}</p>
          <PerLine {...asked} field="received" head={text.arrived} />
        </>
      );
    },
    filled: (subject) => filledLines(subject, 'received', ({ approved = 0 }) => String(approved)),
    read: (subject, { reader }) => ({
      lines: perLine(subject, (line) => {
        const received = reader.whole(`lines.${line.id}.received`, line.unit ?? '');
        const enough = reader.ticked(`lines.${line.id}.enough`);
        return received === undefined && !enough
          ? undefined
          : { line: line.id, received: received ?? 0, ...given({ enough }) };
      }),
    }),
  },
  reported: {
    fields: ({ form, scope }) => <TextArea form={form} name={`${scope}report`} />,
    read: (_subject, { reader }) => given({ report: reader.text('report') }),
  },
  merged: {
    fields: ({ form, scope }) => (
      <TextInput form={form} name={`${scope}into`} width="medium" hint={needDeskText[form.language].intoHint} />
    ),
    filled: ({ screening }) => ({ into: screening.find(({ code }) => code === 'likely-double')?.cases?.[0] }),
    read(_subject, { reader }) {
      const typed = reader.text('into');
      return given({ into: typed && (caseNumber(typed) ?? typed) });
    },
  },
};
