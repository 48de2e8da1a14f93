import { type FieldProblem, Rejected, rejectionCodes } from '../../../shared/domain/errors.ts';
import { consentText } from '../../../shared/i18n/consent.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import { acceptInvitation, openInvitation } from '../../../shared/people/invite.ts';
import { Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { languageOf } from '../../web/language.ts';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { messageAbove } from '../refusal-message.ts';
import { formOfPerson, type SignedIn, signedInPerson } from '../sign-in/person.ts';
import { frameText } from '../texts/frame.ts';
import { peopleText } from '../texts/people.ts';
import { languageChoices } from './members.tsx';
import { personPage } from './plain.tsx';

interface Tried {
  readonly form: Form;
  readonly problems: readonly FieldProblem[];
  readonly message: string;
  readonly status: 409 | 410 | 422;
}

async function page(c: ConsoleContext, { hub }: Door, person: SignedIn | undefined, tried?: Tried) {
  const language = languageOf(c);
  const text = peopleText[language];
  const secret = c.req.param('secret') ?? '';
  const { invitation, party } = await openInvitation(hub, secret);
  const names = domainText[language].roles;
  const name = nameIn(language, party);
  const roles = invitation.roles.map((role) => names[role]).join(frameText[language].list);
  const known: Readonly<Record<string, string>> = {
    name: person?.claims.name ?? '',
    email: person?.claims.verifiedEmail ?? invitation.email,
    language: invitation.language,
  };
  const form = formView({
    language,
    labels: { name: text.yourName, email: text.yourEmail, language: text.yourLanguage },
    value: tried ? tried.form.get : (field) => known[field] ?? '',
    problems: tried?.problems ?? [],
  });
  const title = fill(text.invitationTitle, { party: name });
  return personPage(
    c,
    title,
    tried?.status ?? 200,
    <>
      {tried && <ErrorSummary form={form} message={tried.message} />}
      <h1>{title}</h1>
      <p class="lead">{fill(text.invitationLead, { party: name, roles })}</p>
      <p>
        {fill(text.sentTo, { email: invitation.email })}
        <br />
        {fill(text.until, { at: momentText(invitation.endsAt) })}
      </p>
      {person ? (
        <form method="post" action={`/console/invitations/${secret}`} novalidate>
          <p>
            {fill(text.signedInAs, {
              who: [person.claims.name, person.claims.email].filter(Boolean).join(' · ') || person.id,
            })}
          </p>
          <h2>{text.joinAs}</h2>
          <Hidden name="csrf" value={person.csrf} />
          <TextInput form={form} name="name" autocomplete="name" />
          <TextInput form={form} name="email" type="email" inputmode="email" autocomplete="email" />
          <Select form={form} name="language" choices={languageChoices} />
          <p class="small">
            {text.personal} <a href="/privacy">{consentText[language].more}</a>
          </p>
          <Submit text={text.join} />
        </form>
      ) : (
        <>
          <p>{text.signInFirst}</p>
          <p>
            <a
              class="button"
              href={`/console/sign-in?${new URLSearchParams({ return: `/console/invitations/${secret}` })}`}
            >
              {text.signIn}
            </a>
          </p>
        </>
      )}
    </>,
  );
}

/** What the link in an invitation leads to: who invites, as what; and, when signed in, the form that accepts. */
export async function invitationPage(c: ConsoleContext, door: Door) {
  return page(c, door, await signedInPerson(c, door));
}

export const acceptForm = formOfPerson(async (c, door, person, form) => {
  const body = { name: form.get('name'), email: form.get('email'), language: form.get('language') };
  try {
    await acceptInvitation(door.hub, person.id, c.req.param('secret') ?? '', body, person.claims.verifiedEmail);
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    const { status } = rejectionCodes[error.code];
    if (error.code === 'invitation-over' || (status !== 409 && status !== 422)) throw error;
    const message = messageAbove(languageOf(c), error, error.fields);
    return page(c, door, person, { form, problems: error.fields, message, status });
  }
  return c.redirect('/console', 303);
});
