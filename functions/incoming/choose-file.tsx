import type { Language } from '../../shared/domain/language.ts';
import { ErrorSummary } from '../web/error-summary.tsx';
import { formView } from '../web/form-view.ts';
import { FileInput } from '../web/inputs.tsx';
import { Submit } from '../web/submit.tsx';
import { FileForm } from './file-form.tsx';
import { fileText } from './texts.ts';
import type { FileAsked } from './typed-file.ts';

/** What the page shows on which the file of a form is chosen. */
export function ChooseFile({ language, choice }: { readonly language: Language; readonly choice: FileAsked }) {
  const text = fileText[language];
  const said = choice.wasEmpty ? [{ name: 'file', text: text.missing }] : [];
  const form = formView({ language, labels: { file: text.file }, said });
  return (
    <div class="narrow">
      <ErrorSummary form={form} />
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <FileForm form={choice.form}>
        <FileInput form={form} name="file" hint={text.hint} accept=".csv,.xlsx,.ods,.txt,.tsv" />
        <Submit text={text.send} />
      </FileForm>
    </div>
  );
}
