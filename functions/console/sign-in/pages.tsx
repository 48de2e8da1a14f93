import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { MemberId } from '../../../shared/domain/ids.ts';
import type { Party } from '../../../shared/domain/party.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { HubContact } from '../../web/hub-contact.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { languageOf } from '../../web/language.ts';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext } from '../door.ts';
import { PartySwitch } from '../frame.tsx';
import { personPage } from '../people/plain.tsx';
import { frameText } from '../texts/frame.ts';
import { isOurs, SendAgain } from './send-again.tsx';

/** Says one thing and where to go from there; whoever acts for a party sees for which. */
function plainPage(c: ConsoleContext, status: ContentfulStatusCode, title: string, said: string, ...then: Child[]) {
  return personPage(
    c,
    title,
    status,
    <>
      <h1>{title}</h1>
      <p class="lead">{said}</p>
      {then.map((one) => one && <div class="actions">{one}</div>)}
    </>,
  );
}

const signInPath = '/console/sign-in';

export function signedOutPage(c: ConsoleContext) {
  const text = frameText[languageOf(c)];
  return plainPage(
    c,
    200,
    text.signedOutTitle,
    text.signedOut,
    <a class="button" href={signInPath}>
      {text.signInAgain}
    </a>,
  );
}

/**
 * The session was over when a form came.
 * @param form what it held, where that may be shown: to be sent when its sender is signed in again
 */
export function expiredPage(c: ConsoleContext, form?: Form) {
  const text = frameText[languageOf(c)];
  const kept = form && isOurs(c) && <SendAgain c={c} form={form} />;
  return plainPage(
    c,
    401,
    text.expiredTitle,
    kept ? text.expiredKept : text.expired,
    <a class={kept ? 'button second' : 'button'} href={signInPath} target="_blank" rel="noreferrer">
      {text.signInAgain}
    </a>,
    kept,
  );
}

/**
 * The form was drawn for another session, while acting for another party, or by another site.
 * @param sent what it held, the token that it lacked, who would send it now, and which of their parties it was drawn for,
 *   where that is known: it is then sent for that one, once they act for it again
 */
export function stalePage(
  c: ConsoleContext,
  sent?: { readonly form: Form; readonly csrf: string; readonly as: string; readonly drawnFor?: string },
) {
  const text = frameText[languageOf(c)];
  const kept = sent && isOurs(c);
  const elsewhere = kept && sent.drawnFor;
  const said = elsewhere ? fill(text.staleElsewhere, { party: elsewhere, as: sent.as }) : undefined;
  return plainPage(
    c,
    403,
    text.staleTitle,
    said ?? (kept ? fill(text.staleKept, { as: sent.as }) : text.stale),
    elsewhere && <PartySwitch visit={c.get('visit')} inNewWindow />,
    kept && <SendAgain c={c} form={sent.form} csrf={sent.csrf} />,
    <a href="/console">{text.back}</a>,
  );
}

export function failedPage(c: ConsoleContext) {
  const text = frameText[languageOf(c)];
  return plainPage(
    c,
    400,
    text.failedTitle,
    text.failed,
    <a class="button" href={signInPath}>
      {text.signIn}
    </a>,
  );
}

export function unreachablePage(c: ConsoleContext) {
  const text = frameText[languageOf(c)];
  return plainPage(c, 503, text.unreachableTitle, text.unreachable, <a href={signInPath}>{text.signInAgain}</a>);
}

/** Signed in, and a member of nothing. */
export function strangerPage(c: ConsoleContext, sub: MemberId, csrf: string, hub: Party | undefined) {
  const language = languageOf(c);
  const text = frameText[language];
  return plainPage(
    c,
    403,
    text.strangerTitle,
    fill(text.stranger, { sub }),
    <HubContact language={language} hub={hub} />,
    <a class="button" href="/console/organization/new">
      {text.registerOrganization}
    </a>,
    <form method="post" action="/console/sign-out">
      <Hidden name="csrf" value={csrf} />
      <Submit text={text.signOut} />
    </form>,
  );
}
