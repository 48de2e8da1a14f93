import type { Kind } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { CaseOf } from '../../shared/kinds/case.ts';
import type { FormName } from '../../shared/kinds/define.ts';
import type { Application } from '../forms/application.ts';
import { type Description, describe } from '../forms/description.ts';
import { kindApplication } from '../forms/kind-application.tsx';
import type { KindForm } from '../forms/own.ts';
import { kindForms } from './index.ts';
import type { FormBasis } from './pages.ts';

/** What an applicant's form of a kind asks. */
export function describeForm(language: Language, kind: Kind, form: FormName): Description {
  return describe(language, kind, form, kindForms[kind].input);
}

/** What an applicant's form has of its own, see {@link KindForms}. */
export function ownForm<K extends Kind>(kind: K, basis: FormBasis, subject?: CaseOf<K>): KindForm {
  return kindForms[kind].own(basis, subject);
}

/** The form for a kind of case, page by page. */
export function applicationOf(kind: Kind, basis: FormBasis): Application {
  const { language, today, programme } = basis;
  const { path, texts } = kindForms[kind];
  const at = programme ? `${path}?programme=${programme.id}` : path;
  const around = { title: texts[language].title, path: at, today };
  return kindApplication(describeForm(language, kind, 'submit'), around, ownForm(kind, basis));
}
