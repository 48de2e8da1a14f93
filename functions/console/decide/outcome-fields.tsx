import { scopeOf } from '../../forms/desk-values.ts';
import type { FormView } from '../../web/form-view.ts';
import type { Dossier } from '../case/dossier.ts';
import { ChangesFields, changesForm } from './changes.tsx';

interface OutcomeProps {
  readonly form: FormView;
  readonly outcome: string;
  readonly dossier: Dossier;
  /** more rows were asked for */
  readonly more: boolean;
}

/** The fields of one outcome, whatever the kind of case. */
export function OutcomeFields({ form, outcome, dossier, more }: OutcomeProps) {
  const { subject, view } = dossier;
  const scope = scopeOf(outcome);
  if (outcome === 'resubmitted') {
    const desk = changesForm(form.language, subject, view.programme);
    return <ChangesFields form={form} desk={desk} scope={scope} more={more} />;
  }
  return <>{view.fields(outcome, form, scope)}</>;
}
