import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { typedCount } from '../../../shared/domain/read/quantity.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { type NeedLine, Quantity } from '../../../shared/kinds/need/line.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import type { CheckedBody } from '../../forms/application.ts';
import type { FormView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import { askedText } from './site-facts.tsx';
import { needSiteText } from './site-texts.ts';

type Need = CaseOf<'need'>;

/** While a need is verified or matched its amounts can still be given. */
function takesAmounts(subject: Need): boolean {
  return subject.lines.some((line) => isAsked(subject, line));
}

/** Lines of unknown amount can be given one from the start; that any line is enough can be said while donors are looked for. */
function isAsked(subject: Need, line: NeedLine): boolean {
  if (line.enough) return false;
  return subject.stage === 'matching' || (subject.stage === 'verifying' && line.quantity === null);
}

/** The amounts that a form gives, as the case takes them, and what is wrong with them. */
export function readAmounts(subject: Need, form: Form): CheckedBody {
  const problems: FieldProblem[] = [];
  const lines = subject.lines.flatMap((line, index) => {
    const typed = form.get(`amounts.${index}.quantity`);
    const quantity = typedCount(typed, line.unit ?? '');
    const enough = form.get(`amounts.${index}.enough`) === 'yes';
    if (typed.trim() !== '' && !Quantity.safeParse(quantity).success) {
      problems.push({ pointer: `/amounts/${index}/quantity`, code: 'not-a-quantity' });
    }
    if (!quantity && !enough) return [];
    return [{ line: line.id, ...(quantity && { quantity }), ...(enough && { enough }) }];
  });
  return { body: { lines }, problems };
}

interface AmountsFormProps {
  readonly form: FormView;
  readonly secret: string;
  readonly subject: Need;
}

/** A number for each line of unknown amount, or that no more is needed; nothing once that can no more be said. */
export function AmountsForm({ form, secret, subject }: AmountsFormProps) {
  if (!takesAmounts(subject)) return null;
  const text = needSiteText[form.language];
  return (
    <section class="card" id="f-amounts">
      <h2>{text.amountsTitle}</h2>
      <p>{text.amountsText}</p>
      <form method="post" action={`/track/${secret}/amounts`} novalidate>
        <Hidden name="once" value={crypto.randomUUID()} />
        {subject.lines.map(
          (line, index) =>
            isAsked(subject, line) && (
              <fieldset class="field line-answer">
                <legend class="label">
                  {line.item}{' '}
                  <span class="optional">{line.quantity === null ? text.unknown : askedText(form.language, line)}</span>
                </legend>
                {line.quantity === null && (
                  <TextInput
                    form={form}
                    name={`amounts.${index}.quantity`}
                    label={kindWords[form.language].need.fields.lines.parts.quantity.label}
                    inputmode="numeric"
                    width="short"
                    suffix={line.unit}
                  />
                )}
                <div class="choice">
                  <input
                    type="checkbox"
                    id={`no-more-${index}`}
                    name={`amounts.${index}.enough`}
                    value="yes"
                    checked={form.value(`amounts.${index}.enough`) === 'yes'}
                  />
                  <label for={`no-more-${index}`}>{text.enoughLine}</label>
                </div>
              </fieldset>
            ),
        )}
        <Submit text={text.amountsAction} look="second" />
      </form>
    </section>
  );
}
