import { may } from '../../../shared/answering/acting.ts';
import { undeliveredIn } from '../../../shared/case/undelivered.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import { Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { Visit } from '../door.ts';
import { caseText } from '../texts/case.ts';
import type { Dossier } from './dossier.ts';

/** Whom of those who work on the case mail does not reach, for those who can tell them in another way. */
export function UnreachedMembers({
  visit: { language },
  dossier,
}: {
  readonly visit: Visit;
  readonly dossier: Dossier;
}) {
  const { unreached } = dossier;
  if (unreached.length === 0) return null;
  const { unreached: text, undelivered } = caseText[language];
  return (
    <Notice tone="warning" title={text.title}>
      <ul>
        {unreached.map(({ member, why, at }) => (
          <li>
            {fill(text.said, {
              name: member.name,
              party: partyNameIn(language, member),
              why: undelivered.why[why],
              at: momentText(at),
            })}
          </li>
        ))}
      </ul>
      <p>{text.next}</p>
    </Notice>
  );
}

/** That mail to the applicant does not arrive, for those who can call them, with the button for an address that is right. */
export function Undelivered({ visit, dossier }: { readonly visit: Visit; readonly dossier: Dossier }) {
  const { language, acting, csrf } = visit;
  const { subject, events, interested } = dossier;
  const event = undeliveredIn(events);
  if (!event || subject.erasedAt || interested || !may(acting, 'resume-mail', subject)) return null;
  const text = caseText[language].undelivered;
  return (
    <Notice tone="warning" title={text.title}>
      <p>
        {fill(event.why === 'given-up' ? text.givenUp : text.said, {
          why: text.why[event.why],
          at: momentText(event.at),
        })}
      </p>
      <form method="post" action={`/console/cases/${subject.id}/mail`}>
        <Hidden name="csrf" value={csrf} />
        <Submit text={text.resume} look="second" />
      </form>
    </Notice>
  );
}
