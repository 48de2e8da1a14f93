import type { Language } from '../../../shared/domain/language.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { hasMail } from '../../../shared/kinds/assignee.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { Moment } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { Panel } from '../../web/panel.tsx';
import { Submit } from '../../web/submit.tsx';
import { SummaryList, type SummaryRow } from '../../web/summary-list.tsx';
import type { Tried } from '../decide/answer.ts';
import type { Visit } from '../door.ts';
import { caseText } from '../texts/case.ts';
import { ObtainedConsent } from './consent.tsx';
import type { Dossier } from './dossier.ts';

interface OrganizationFactsProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
  /** scheme, host and port of the applicant's link */
  readonly origin: string;
  readonly tried: Tried | undefined;
}

function ConsentGiven({ consent, language }: { readonly consent: Case['consent']; readonly language: Language }) {
  const text = caseText[language];
  if (!consent) return <span class="tag wait">{text.noConsent}</span>;
  return (
    <>
      {text.consentHow[consent.how]} <Moment at={consent.at} />
      <span class="sub">{fill(text.consentVersion, { version: consent.version })}</span>
    </>
  );
}

/** A link that came into wrong hands is made void here, for an applicant who cannot, or no longer has it. */
function RevokeLink({ visit, dossier }: Pick<OrganizationFactsProps, 'visit' | 'dossier'>) {
  const text = caseText[visit.language];
  const { subject, mayRevokeLink } = dossier;
  if (subject.erasedAt || !mayRevokeLink) return null;
  return (
    <details>
      <summary>{text.revokeLink}</summary>
      <form method="post" action={`/console/cases/${subject.id}/link-revocation`}>
        <Hidden name="csrf" value={visit.csrf} />
        <Hidden name="link" value={String(subject.linkVersion)} />
        <p class="hint">{hasMail(subject) ? text.revokeLinkMailed : text.revokeLinkShown}</p>
        <Submit text={text.revokeLinkAction} look="danger" />
      </form>
    </details>
  );
}

/** Who asks. Whom to call stands here for the hub alone. */
export function OrganizationFacts({ visit, dossier, origin, tried }: OrganizationFactsProps) {
  const { language } = visit;
  const { subject, sight, parties, actsFor, secret } = dossier;
  const text = caseText[language];
  const { fields } = kindWords[language].need;
  const { province, city, district } = subject.place;
  const { onBehalf, contact } = subject;
  const rows: SummaryRow[] = [
    { label: fields.organizationType.label, value: fields.organizationType.choices[subject.organizationType] },
    { label: fields.place.label, value: [province, city, district].join(' ') },
  ];
  if (sight.contact !== 'none') {
    const reach = [contact?.name, contact?.phone, contact?.email].filter(Boolean).join(' · ');
    rows.push({
      label: fields.contact.label,
      value: (
        <>
          {reach || '–'}
          {!contact?.email && !subject.erasedAt && <span class="sub">{text.noMail}</span>}
        </>
      ),
    });
  }
  rows.push({ label: text.consent, value: <ConsentGiven consent={subject.consent} language={language} /> });
  rows.push({ label: text.submitted, value: <Moment at={subject.submittedAt} /> });
  if (onBehalf) {
    const party = parties.get(onBehalf.party) ?? onBehalf.party;
    rows.push({ label: text.enteredBy, value: fill(text.enteredByText, { party }) });
  }
  return (
    <Panel title={text.organization}>
      <SummaryList rows={rows} />
      {actsFor && secret && (
        <details>
          <summary>{text.link}</summary>
          <p class="hint">{text.linkHint}</p>
          <p class="code">{`${origin}/track/${secret}`}</p>
        </details>
      )}
      <ObtainedConsent visit={visit} dossier={dossier} tried={tried} />
      <RevokeLink visit={visit} dossier={dossier} />
    </Panel>
  );
}
