import type { Child } from 'hono/jsx';
import type { Language } from '../../shared/domain/language.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { CONSENT } from '../../shared/kinds/draft.ts';
import { ErrorSummary } from '../web/error-summary.tsx';
import { Hidden } from '../web/inputs.tsx';
import { Notice } from '../web/notice.tsx';
import { Submit } from '../web/submit.tsx';
import { SummaryList } from '../web/summary-list.tsx';
import { webText } from '../web/text.ts';
import { hiddenFields } from './answers.ts';
import type { Application, PageView, Step } from './application.ts';
import { ConsentField } from './consent.tsx';
import { formText } from './texts/forms.ts';

/** The name of the last page, where the answers are checked and sent. */
export const CHECK = 'check';
const FORM = 'application';

/** The page around a form, as the door that shows it has it. */
export interface FrameProps {
  readonly title: string;
  /** the id of the form with unsent answers */
  readonly keeps: string;
  readonly children?: Child;
}

interface WizardPageProps {
  readonly language: Language;
  readonly Frame: (props: FrameProps) => Child;
  readonly application: Application;
  /** the page: a step's id, or {@link CHECK} */
  readonly at: string;
  readonly page: PageView;
  /** where the form can be kept as a draft: what it carries beside its answers */
  readonly carries?: readonly (readonly [string, string])[] | undefined;
  /** the key under which sending is remembered */
  readonly once: string;
  /** whether the answers were checked before: a changed page then leads back there */
  readonly reviewed: boolean;
  readonly message?: string | undefined;
  readonly notice?: string | undefined;
  /** above the form: the programme that was chosen */
  readonly intro?: Child;
}

/** The button that keeps a draft, where the door keeps drafts. */
function Save({ text }: { readonly text: string }) {
  return <Submit text={text} look="second" name="action" value="save" />;
}

interface BodyProps {
  readonly page: PageView;
  readonly keepsDrafts: boolean;
}

function StepBody({ step, page, first, keepsDrafts }: BodyProps & { readonly step: Step; readonly first: boolean }) {
  const text = formText[page.language];
  return (
    <>
      {step.view(page)}
      <div class="actions">
        <Submit text={text.next} name="action" value="continue" />
        {keepsDrafts && <Save text={text.saveDraft} />}
        {!first && <Submit text={text.back} look="link" name="action" value="back" />}
      </div>
    </>
  );
}

function CheckBody({ application, page, keepsDrafts }: BodyProps & { readonly application: Application }) {
  const text = formText[page.language];
  return (
    <>
      <p class="lead">{text.checkText}</p>
      {application.steps.map((step) => (
        <section>
          <div class="heading-row">
            <h2>{step.title}</h2>
            <button
              class="link-button"
              type="submit"
              name="action"
              value={`change:${step.id}`}
              aria-label={fill(text.changeOf, { step: step.title })}
            >
              {text.change}
            </button>
          </div>
          <SummaryList rows={step.summary(page)} />
        </section>
      ))}
      <ConsentField form={page.form} kind={application.kind} />
      <div class="actions">
        <Submit text={text.send} name="action" value="send" />
        {keepsDrafts && <Save text={text.saveDraft} />}
        <Submit text={text.back} look="link" name="action" value="back" />
      </div>
    </>
  );
}

/** One page of a form; what other pages asked travels along unseen. */
export function WizardPage(props: WizardPageProps) {
  const { Frame, language, application, at, page, carries, once, reviewed, message, notice, intro } = props;
  const text = formText[language];
  const { steps, questions } = application;
  const index = steps.findIndex((step) => step.id === at);
  const step = steps[index];
  const title = step?.title ?? text.checkTitle;
  const wrong = page.form.errors.length > 0 || message !== undefined;
  const shows = (name: string) =>
    step === undefined ? name === CONSENT : (step.shows?.(page, name) ?? step.asks.includes(name.split('.')[0] ?? ''));
  return (
    <Frame title={`${wrong ? webText[language].error : ''}${title} · ${application.title}`} keeps={FORM}>
      <ErrorSummary form={page.form} message={message} />
      {notice && <Notice tone="info">{notice}</Notice>}
      <p class="steps">
        {application.title} · {fill(text.step, { at: step ? index + 1 : steps.length + 1, of: steps.length + 1 })}
      </p>
      <h1>{title}</h1>
      {intro}
      {application.notice?.(page)}
      <form
        id={FORM}
        method="post"
        action={application.path}
        novalidate
        {...(application.files && step && { enctype: 'multipart/form-data' })}
      >
        <Hidden name="step" value={at} />
        <Hidden name="once" value={once} />
        <Hidden name="lang" value={language} />
        {reviewed && <Hidden name="reviewed" value="yes" />}
        {carries?.map(([name, value]) => (
          <Hidden name={name} value={value} />
        ))}
        {hiddenFields(page.answers, questions, shows).map(([name, value]) => (
          <Hidden name={name} value={value} />
        ))}
        {step ? (
          <StepBody step={step} page={page} first={index === 0} keepsDrafts={carries !== undefined} />
        ) : (
          <CheckBody application={application} page={page} keepsDrafts={carries !== undefined} />
        )}
      </form>
    </Frame>
  );
}
