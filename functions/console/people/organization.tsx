import { type FieldProblem, Rejected, rejectionCodes } from '../../../shared/domain/errors.ts';
import { consentText } from '../../../shared/i18n/consent.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import {
  addAddress,
  confirmAddress,
  openAddress,
  registerOrganization,
  releaseAddress,
} from '../../../shared/people/organization.ts';
import { membershipsOf } from '../../../shared/store/parties.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { languageOf } from '../../web/language.ts';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { messageAbove } from '../refusal-message.ts';
import { formOfPerson, type SignedIn, signedInPerson } from '../sign-in/person.ts';
import { peopleText } from '../texts/people.ts';
import { personPage } from './plain.tsx';
import { requestsWith } from './requests.tsx';

interface Tried {
  readonly form: Form;
  readonly problems: readonly FieldProblem[];
  readonly message: string;
  readonly status: 409 | 422;
}

function registerView(c: ConsoleContext, person: SignedIn, tried?: Tried) {
  const language = languageOf(c);
  const text = peopleText[language];
  const known: Readonly<Record<string, string>> = { name: person.claims.name ?? '' };
  const form = formView({
    language,
    labels: { organization: text.organization, email: text.organizationEmail, name: text.yourName },
    value: tried ? tried.form.get : (field) => known[field] ?? '',
    problems: tried?.problems ?? [],
  });
  return personPage(
    c,
    text.registerTitle,
    tried?.status ?? 200,
    <>
      {tried && <ErrorSummary form={form} message={tried.message} />}
      <h1>{text.registerTitle}</h1>
      <p class="lead">{text.registerLead}</p>
      <form method="post" action="/console/organization/new" novalidate>
        <Hidden name="csrf" value={person.csrf} />
        <TextInput form={form} name="organization" autocomplete="organization" />
        <TextInput form={form} name="email" type="email" inputmode="email" autocomplete="email" />
        <TextInput form={form} name="name" autocomplete="name" />
        <p class="small">
          {text.personal} <a href="/privacy">{consentText[language].more}</a>
        </p>
        <Submit text={text.register} />
      </form>
    </>,
  );
}

/** Somebody who is a member of nothing registers their organization. */
export async function registerPage(c: ConsoleContext, door: Door) {
  const person = await signedInPerson(c, door);
  if (!person) return c.redirect(`/console/sign-in?${new URLSearchParams({ return: '/console/organization/new' })}`);
  if ((await membershipsOf(door.hub.table, person.id)).length > 0) return c.redirect('/console', 303);
  return registerView(c, person);
}

/** What a refusal makes of the page that it concerns; what the person cannot mend is thrown on. */
function triedWith(c: ConsoleContext, form: Form, error: unknown): Tried {
  if (!(error instanceof Rejected)) throw error;
  const { status } = rejectionCodes[error.code];
  if (status !== 409 && status !== 422) throw error;
  return { form, problems: error.fields, message: messageAbove(languageOf(c), error, error.fields), status };
}

export const registerForm = formOfPerson(async (c, door, person, form) => {
  const body = {
    organization: form.get('organization'),
    email: form.get('email'),
    name: form.get('name'),
    language: languageOf(c),
  };
  try {
    await registerOrganization(door.hub, person.id, body, person.claims.verifiedEmail);
  } catch (error) {
    return registerView(c, person, triedWith(c, form, error));
  }
  return c.redirect('/console/requests?done=asked', 303);
});

export async function addressForm(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  try {
    await addAddress(door.hub, c.get('visit').member, { email: form.get('email') });
  } catch (error) {
    return requestsWith(c, door, triedWith(c, form, error));
  }
  return c.redirect('/console/requests?done=asked', 303);
}

/** Asks once more before an address is confirmed: what only opens links in mails confirms nothing. */
export async function confirmPage(c: ConsoleContext, door: Door) {
  const { member, language, csrf } = c.get('visit');
  const text = peopleText[language];
  const secret = c.req.param('secret') ?? '';
  const address = await openAddress(door.hub, member.id, secret);
  return personPage(
    c,
    text.confirmTitle,
    200,
    <>
      <h1>{text.confirmTitle}</h1>
      <p class="lead">{fill(text.confirmLead, { email: address.email })}</p>
      <form method="post" action={`/console/addresses/${secret}`}>
        <Hidden name="csrf" value={csrf} />
        <Submit text={text.confirmAction} />
      </form>
    </>,
  );
}

export async function confirmForm(c: ConsoleContext, door: Door) {
  await confirmAddress(door.hub, c.get('visit').member.id, c.req.param('secret') ?? '');
  return c.redirect('/console/requests?done=confirmed', 303);
}

export async function releaseForm(c: ConsoleContext, door: Door) {
  await releaseAddress(door.hub.table, c.get('visit').member, c.get('form').get('address'));
  return c.redirect('/console/requests?done=released', 303);
}
