import { presentConsent } from '../../../shared/domain/consent.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import { REFERRAL_DAYS, ReferralInput } from '../../../shared/domain/referral/referral.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import { referPerson } from '../../../shared/persons/referrals.ts';
import { listParties } from '../../../shared/store/parties.ts';
import { assertReadable, formProblems, given, type ReadForm, readerOf } from '../../forms/desk-values.ts';
import { choicesOf, Radios, Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextArea, TextInput } from '../../web/inputs.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { referralText } from '../texts/referrals.ts';

function readReferralForm(form: Form): ReadForm {
  const reader = readerOf(form.get);
  const text = (name: string) => reader.text(name);
  const body = {
    ...given({
      to: text('to'),
      circumstance: text('circumstance'),
      area: text('area'),
      help: text('help'),
      caseId: text('caseId'),
    }),
    person: given({ name: text('person.name'), phone: text('person.phone') }) ?? {},
    consent: { version: presentConsent, ...given({ how: text('consent.how'), by: text('consent.by') }) },
  };
  return { body, problems: reader.problems, rows: reader.rows };
}

interface Tried {
  readonly problems: readonly FieldProblem[];
  readonly message: string;
}

async function showForm(c: ConsoleContext, door: Door, tried?: Tried) {
  const { member, language, csrf } = c.get('visit');
  const text = referralText[language];
  const typed = tried && c.get('form');
  const parties = (await listParties(door.hub.table)).filter(
    ({ id, type }) => id !== member.party && (type === 'funder' || type === 'organization' || type === 'hub'),
  );
  const form = formView({
    language,
    labels: text.labels,
    value: typed ? typed.get : (name) => (name === 'caseId' ? (c.req.query('case') ?? '') : ''),
    problems: tried?.problems ?? [],
  });
  return showPage(c, {
    title: text.make,
    room: 'referrals',
    status: tried ? 422 : 200,
    children: (
      <>
        <h1>{text.make}</h1>
        <form method="post" action="/console/referrals/new" autocomplete="off">
          <Hidden name="csrf" value={csrf} />
          <Hidden name="key" value={formKey(typed)} />
          {tried && <ErrorSummary form={form} message={tried.message} />}
          <fieldset class="group">
            <legend>{text.consent}</legend>
            <p>{text.tell}</p>
            <blockquote class="history-reason">{fill(text.telling, { days: REFERRAL_DAYS })}</blockquote>
            <Radios form={form} name="consent.how" choices={choicesOf(text.hows)} />
            <Radios form={form} name="consent.by" choices={choicesOf(text.bys)} />
          </fieldset>
          <fieldset class="group">
            <legend>{text.help}</legend>
            <Select
              form={form}
              name="to"
              width="full"
              choices={parties.map((party) => ({
                value: party.id,
                text: nameIn(language, party),
              }))}
            />
            <Select form={form} name="circumstance" choices={choicesOf(text.circumstances)} />
            <TextInput form={form} name="area" maxlength={60} hint={text.areaHint} />
            <TextArea form={form} name="help" rows={4} maxlength={1000} hint={text.helpHint} />
            <TextInput form={form} name="caseId" width="medium" optional />
          </fieldset>
          <fieldset class="group">
            <legend>{text.person}</legend>
            <div class="columns two">
              <TextInput form={form} name="person.name" maxlength={60} />
              <TextInput form={form} name="person.phone" type="tel" optional />
            </div>
          </fieldset>
          <Submit text={text.submit} />
        </form>
      </>
    ),
  });
}

/** The form with which a person in need, who agreed, is referred. */
export function referPage(c: ConsoleContext, door: Door) {
  return showForm(c, door);
}

export async function referForm(c: ConsoleContext, door: Door) {
  const { acting, member, language } = c.get('visit');
  const form = c.get('form');
  const read = readReferralForm(form);
  try {
    assertReadable(read, ReferralInput);
    const id = await referPerson(door.hub, read.body, acting, 'console', onceFor(member, form, read.body));
    return c.redirect(`/console/referrals/${id}?done=made`, 303);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden') throw error;
    const problems = formProblems(read, error.fields);
    return showForm(c, door, { problems, message: messageAbove(language, error, problems) });
  }
}
