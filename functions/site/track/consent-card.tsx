import { ConsentField } from '../../forms/consent.tsx';
import { formView } from '../../web/form-view.ts';
import { Submit } from '../../web/submit.tsx';
import { trackText } from '../texts/track.ts';
import type { Opened } from './opened.ts';

/** For a case that somebody else entered without asking: the applicant reads how the data is used, and agrees. */
export function ConsentCard({ opened }: { readonly opened: Opened }) {
  const { file, secret, language } = opened;
  const { subject } = file;
  const text = trackText[language];
  if (subject.consent || subject.erasedAt) return null;
  const form = formView({ language, labels: {}, value: () => '', problems: [] });
  return (
    <section class="card">
      <h2>{text.consentTitle}</h2>
      <p>{text.consentText}</p>
      <form method="post" action={`/track/${secret}/consent`}>
        <ConsentField form={form} kind={subject.kind} />
        <Submit text={text.consentAction} />
      </form>
    </section>
  );
}
