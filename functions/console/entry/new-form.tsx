import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { defaultsOf, stepsOf } from '../../forms/description.ts';
import { deskPage } from '../../forms/desk-form.ts';
import type { Values } from '../../forms/desk-values.ts';
import { FieldsView } from '../../forms/fields-view.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { Visit } from '../door.ts';
import { entryText } from '../texts/entry.ts';
import { deskForm } from './desk-form.tsx';
import { MoreRows } from './more-rows.tsx';

/** A form that was sent: what was typed, and what is wrong with it. */
export interface Sent {
  readonly values: Values;
  /** by the form's fields */
  readonly problems: readonly FieldProblem[];
  /** as the rules named them: rows of a roster are told from these */
  readonly fields: readonly FieldProblem[];
  readonly message: string;
  /** what was done with it, where that is not to submit it */
  readonly notice?: string;
  readonly more: boolean;
}

/** Whether there is something to be mended. */
export function isWrong({ more, problems, fields, message }: Sent): boolean {
  return !more && (problems.length > 0 || fields.length > 0 || message !== '');
}

export interface NewFormProps {
  readonly visit: Visit;
  readonly kind: Kind;
  readonly programme: Programme | undefined;
  readonly sent: Sent | undefined;
  readonly formKey: string;
}

/** The form of one page with which a coordinator enters a case for an organization. */
export function NewForm(props: NewFormProps) {
  const { visit, kind, programme, sent, formKey } = props;
  const { language, csrf } = visit;
  const text = entryText[language];
  const desk = deskForm(language, kind, 'behalf', { programme, rows: sent?.fields ?? [] });
  const { description, own } = desk;
  const initial = defaultsOf(description);
  const form = formView({
    language,
    labels: desk.labels,
    value: sent ? sent.values : (name) => initial.get(name) ?? '',
    problems: sent?.problems ?? [],
  });
  const page = deskPage(desk, form, sent?.more === true);
  const steps = [...stepsOf(description)].filter(([id]) => id !== 'check');
  const hasRows = (names: readonly string[]) => names.some((name) => description.fields[name]?.widget === 'rows');
  return (
    <form method="post" action={`/console/new/${kind}`} enctype="multipart/form-data" autocomplete="off">
      <div class="unseen" aria-hidden="true">
        {/* the first button of a form is what the Enter key presses */}
        <button type="submit" tabindex={-1}>
          {text.submit}
        </button>
      </div>
      <Hidden name="csrf" value={csrf} />
      <Hidden name="key" value={formKey} />
      {programme && <Hidden name="programme" value={programme.id} />}
      {sent?.notice && <Notice tone="info">{sent.notice}</Notice>}
      {sent && !sent.more && <ErrorSummary form={form} message={sent.message} />}
      {steps.map(([id, names]) => (
        <fieldset class="group">
          <legend>{id === 'who' ? text.who : description.steps[id]}</legend>
          {id === 'who' && <p class="hint">{text.contactHint}</p>}
          <FieldsView
            description={description}
            page={page}
            names={id === 'who' ? [...names, 'consent'] : names}
            own={own}
          />
          {hasRows(names) && <MoreRows form={form} />}
        </fieldset>
      ))}
      <div class="actions">
        <Submit text={text.submit} />
        <a href="/console/new">{text.title}</a>
      </div>
    </form>
  );
}
