import { fill } from '../../../shared/i18n/lookup.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { deskPage } from '../../forms/desk-form.ts';
import { FieldsView } from '../../forms/fields-view.tsx';
import { countText } from '../../web/amounts.tsx';
import { Field } from '../../web/field.tsx';
import { type FormView, fieldId } from '../../web/form-view.ts';
import { DateInput, TextArea, TextInput } from '../../web/inputs.tsx';
import type { DonorChoice, Dossier } from '../case/dossier.ts';
import { quantityText } from '../case-words.tsx';
import { deskForm } from '../entry/desk-form.tsx';
import { caseText } from '../texts/case.ts';
import { decideText } from '../texts/decide.ts';
import { scopeOf } from './answer.ts';

export interface OutcomeProps<C> {
  readonly form: FormView;
  readonly subject: C;
  readonly outcome: string;
  readonly dossier: Dossier;
  /** more rows were asked for */
  readonly more: boolean;
}
type NeedProps = OutcomeProps<NeedCase>;

/** A quantity beside each line. */
function PerLine({
  form,
  subject,
  outcome,
  field,
  head,
}: NeedProps & { readonly field: 'quantity' | 'received'; readonly head: string }) {
  const { language } = form;
  const scope = scopeOf(outcome);
  return (
    <table class="give">
      <thead>
        <tr>
          <th scope="col">{caseText[language].item}</th>
          <th scope="col">{head}</th>
        </tr>
      </thead>
      <tbody>
        {subject.lines.map((line) => (
          <tr>
            <td>
              {line.item}
              <span class="sub">{[line.specification, quantityText(language, line)].filter(Boolean).join(' · ')}</span>
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
                  {decideText[language].enough}
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

function DonorSelect({ form, outcome, dossier }: NeedProps) {
  const text = decideText[form.language];
  const name = `${scopeOf(outcome)}choice`;
  const fits = new Set<string>(dossier.suggestions.map(({ offer }) => offer.id));
  const chosen = form.value(name);
  const offers = dossier.donors.filter(({ offer }) => offer !== undefined);
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
              `${choice.name} · ${choice.offer?.title} · ${fill(text.left, { count: countText(choice.offer?.available ?? 0) })}`,
            ),
          )}
        </optgroup>
        <optgroup label={text.byDonor}>
          {dossier.donors.filter(({ offer }) => offer === undefined).map((choice) => option(choice, choice.name))}
        </optgroup>
      </select>
    </Field>
  );
}

function Verified(props: NeedProps) {
  const { form, outcome } = props;
  const text = decideText[form.language];
  const scope = scopeOf(outcome);
  const desk = deskForm(form.language, 'need', 'verified');
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

function Dispatched({ form, subject, outcome }: NeedProps) {
  const text = decideText[form.language];
  const scope = scopeOf(outcome);
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

/** What an answer about a need asks beyond its reason. */
export function NeedOutcome(props: NeedProps) {
  const { form, outcome } = props;
  const text = decideText[form.language];
  const scope = scopeOf(outcome);
  switch (outcome) {
    case 'verified':
      return <Verified {...props} />;
    case 'matched':
      return <DonorSelect {...props} />;
    case 'approved':
      return (
        <>
          <p class="hint">{text.giveHint}</p>
          <PerLine {...props} field="quantity" head={text.give} />
        </>
      );
    case 'dispatched':
      return <Dispatched {...props} />;
    case 'confirmed':
      return (
        <>
          <p class="hint">{text.arrivedHint}</p>
          <PerLine {...props} field="received" head={text.arrived} />
        </>
      );
    case 'reported':
      return <TextArea form={form} name={`${scope}report`} />;
    case 'merged':
      return <TextInput form={form} name={`${scope}into`} width="medium" hint={text.intoHint} />;
    default:
      return null;
  }
}
