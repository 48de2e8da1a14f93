import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { type DeskForm, deskPage, readDesk } from '../../forms/desk-form.ts';
import { given, type Reader, type Values } from '../../forms/desk-values.ts';
import { FieldsView } from '../../forms/fields-view.tsx';
import { fillIn } from '../../forms/fill-in.ts';
import { readFields, typedIn } from '../../forms/read-fields.ts';
import type { FormView } from '../../web/form-view.ts';
import { deskForm } from '../entry/desk-form.tsx';
import { MoreRows } from '../entry/more-rows.tsx';
import { decideText } from '../texts/decide.ts';

/** The form with which a coordinator changes a case for its applicant. */
export function changesForm(language: Language, subject: Case, programme?: Programme): DeskForm {
  return deskForm(language, subject.kind, 'changes', { programme }, subject);
}

interface ChangesProps {
  readonly form: FormView;
  readonly desk: DeskForm;
  readonly scope: string;
  readonly more: boolean;
}

export function ChangesFields({ form, desk, scope, more }: ChangesProps) {
  const { description, own } = desk;
  const hasRows = Object.values(description.fields).some(({ widget }) => widget === 'rows');
  return (
    <>
      <p class="hint">{decideText[form.language].changesHint}</p>
      <FieldsView
        description={description}
        page={deskPage(desk, form, more, scope)}
        names={Object.keys(description.fields)}
        own={own}
      />
      {hasRows && <MoreRows form={form} />}
    </>
  );
}

/** What is different from the case as it was; groups and rows that are as they were stay out. */
export function readChanges(desk: DeskForm, subject: Case, values: Values, reader: Reader) {
  const { description, own } = desk;
  const before = readFields(description, typedIn(fillIn(description.fields, subject, own)), own).body;
  const changed = Object.entries(readDesk(desk, values, reader)).filter(([name, value]) => {
    if (typeof value !== 'object') return true;
    const isEmpty = Array.isArray(value) && value.length === 0;
    return !isEmpty && JSON.stringify(value) !== JSON.stringify(before[name]);
  });
  return given(Object.fromEntries(changed));
}
