import { changeOrganization, enterOrganization, organizationOr404 } from '../../../shared/case/keep-organization.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import { OrganizationId } from '../../../shared/domain/ids.ts';
import { languages } from '../../../shared/domain/language.ts';
import {
  type Organization,
  OrganizationChange,
  OrganizationInput,
} from '../../../shared/entities/organizations/organization.ts';

import { kindWords } from '../../../shared/kinds/words.ts';

import { assertReadable, formProblems, given, type ReadForm, readerOf } from '../../forms/desk-values.ts';
import { Checkboxes, choicesOf, Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { type FormView, formView } from '../../web/form-view.ts';
import { Hidden, TextArea, TextInput } from '../../web/inputs.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { messageAbove } from '../refusal-message.ts';
import { organizationsText } from '../texts/organizations.ts';

const PLACES = ['province', 'city', 'district'] as const;
const COUNTS = ['beds', 'staff', 'peopleServed', 'householdsServed'] as const;
const RECEIVES = ['goods', 'medicalGoods', 'money'] as const;
const ROWS = { registrations: ['scheme', 'number'], desks: ['desk', 'phone', 'email'] } as const;
/** Rows of numbers and desks that a form has beyond those that are there. */
const MORE_ROWS = 2;

/** @throws Rejected `not-found` for what is no number of a record */
export function idOf(c: ConsoleContext): OrganizationId {
  const read = OrganizationId.safeParse(c.req.param('id'));
  if (!read.success) throw new Rejected('not-found');
  return read.data;
}

function readOrganizationForm(form: Form): ReadForm {
  const reader = readerOf(form.get);
  reader.asOne('aliases', 'aliases');
  const rowsOf = (list: keyof typeof ROWS) =>
    reader
      .used(list, list === 'registrations' ? ['number'] : ROWS[list])
      .map((row) => given(Object.fromEntries(ROWS[list].map((name) => [name, reader.text(`${list}.${row}.${name}`)]))));
  const takes = form.get('attributes.takesConfirmed');
  const body = {
    ...given({
      name: reader.text('name'),
      type: reader.text('type'),
      address: reader.text('address'),
      parent: reader.text('parent'),
    }),
    aliases: (reader.text('aliases') ?? '')
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    languages: form.all('languages'),
    place: Object.fromEntries(PLACES.map((part) => [part, reader.text(`place.${part}`)])),
    registrations: rowsOf('registrations'),
    attributes:
      given({
        takesConfirmed: takes === '' ? undefined : takes === 'yes',
        level: reader.text('attributes.level'),
        ...Object.fromEntries(COUNTS.map((name) => [name, reader.whole(`attributes.${name}`)])),
      }) ?? {},
    desks: rowsOf('desks'),
    consignee: {
      ...Object.fromEntries(RECEIVES.map((name) => [name, form.all('receives').includes(name)])),
      ...given({ through: reader.text('consignee.through') }),
    },
    ...given({ version: reader.whole('version'), reason: reader.text('reason') }),
  };
  return { body, problems: reader.problems, rows: reader.rows };
}

/** What a record has, by the fields of its form. */
function valuesOf(organization: Organization): (name: string) => string {
  const { attributes, consignee, place, aliases, ...plain } = organization;
  const values = new Map<string, unknown>([
    ...Object.entries(plain),
    ...Object.entries(place).map(([name, value]) => [`place.${name}`, value] as const),
    ...Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value] as const),
    ...Object.entries(consignee).map(([name, value]) => [`consignee.${name}`, value] as const),
    ...(['registrations', 'desks'] as const).flatMap((list) =>
      organization[list].flatMap((row, index) =>
        Object.entries(row).map(([name, value]) => [`${list}.${index}.${name}`, value] as const),
      ),
    ),
    ['aliases', aliases.join('\n')],
    [
      'attributes.takesConfirmed',
      attributes.takesConfirmed === undefined ? '' : attributes.takesConfirmed ? 'yes' : 'no',
    ],
  ]);
  return (name) => {
    const value = values.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
}

function Rows({
  form,
  list,
  count,
}: {
  readonly form: FormView;
  readonly list: keyof typeof ROWS;
  readonly count: number;
}) {
  const text = organizationsText[form.language];
  return (
    <fieldset class="group">
      <legend>{text.groups[list]}</legend>
      <p class="hint">{text.hints[list]}</p>
      <table class="entry-rows stacked">
        <thead>
          <tr>
            {ROWS[list].map((name) => (
              <th scope="col">{text.columns[name]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count + MORE_ROWS }, (_, row) => (
            <tr>
              {ROWS[list].map((name) => (
                <td data-label={text.columns[name]}>
                  <TextInput form={form} name={`${list}.${row}.${name}`} quiet maxlength={120} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
}

interface Tried {
  readonly problems: readonly FieldProblem[];
  readonly message: string;
  readonly status: 409 | 422;
}

function showForm(c: ConsoleContext, organization: Organization | undefined, tried?: Tried) {
  const { language, csrf } = c.get('visit');
  const text = organizationsText[language];
  const typed = tried && c.get('form');
  const kept = organization
    ? valuesOf(organization)
    : (name: string) => (name === 'registrations.0.scheme' ? 'CN-USCC' : '');
  const form = formView({
    language,
    labels: text.labels,
    value: typed ? typed.get : kept,
    problems: tried?.problems ?? [],
  });
  const receives = typed ? typed.all('receives') : RECEIVES.filter((name) => organization?.consignee[name]);
  const spoken = typed ? typed.all('languages') : (organization?.languages ?? []);
  const title = organization ? text.change : text.enter;
  const action = organization ? `/console/organizations/${organization.id}/change` : '/console/organizations/new';
  return showPage(c, {
    title,
    room: 'organizations',
    status: tried?.status ?? 200,
    children: (
      <>
        <h1>{title}</h1>
        <form method="post" action={action} autocomplete="off">
          <Hidden name="csrf" value={csrf} />
          <Hidden name="key" value={formKey(typed)} />
          {organization && <Hidden name="version" value={form.value('version')} />}
          {tried && <ErrorSummary form={form} message={tried.message} />}
          <TextInput form={form} name="name" maxlength={120} />
          <TextArea form={form} name="aliases" rows={3} hint={text.hints.aliases} optional />
          <Select
            form={form}
            name="type"
            choices={choicesOf(kindWords[language].need.fields.organizationType.choices)}
          />
          <TextInput form={form} name="place.province" maxlength={40} />
          <TextInput form={form} name="place.city" maxlength={40} optional />
          <TextInput form={form} name="place.district" maxlength={40} optional />
          <TextInput form={form} name="address" maxlength={200} optional />
          <Rows form={form} list="registrations" count={organization?.registrations.length ?? 0} />
          <TextInput form={form} name="parent" width="medium" hint={text.hints.parent} optional />
          <Rows form={form} list="desks" count={organization?.desks.length ?? 0} />
          <Checkboxes
            form={form}
            name="languages"
            chosen={spoken}
            choices={languages.map((value) => ({ value, text: text.languages[value] }))}
            optional
          />
          <Select form={form} name="attributes.takesConfirmed" choices={choicesOf(text.yesNo)} optional />
          <TextInput form={form} name="attributes.level" maxlength={40} optional />
          {COUNTS.map((name) => (
            <TextInput form={form} name={`attributes.${name}`} inputmode="numeric" width="short" optional />
          ))}
          <Checkboxes
            form={form}
            name="receives"
            chosen={receives}
            choices={RECEIVES.map((value) => ({ value, text: text.receives[value] }))}
            optional
          />
          <TextInput form={form} name="consignee.through" width="medium" hint={text.hints.through} optional />
          {organization && <TextInput form={form} name="reason" maxlength={300} />}
          <Submit text={organization ? text.keep : text.enter} />
        </form>
      </>
    ),
  });
}

function triedWith(c: ConsoleContext, read: ReadForm, error: unknown): Tried {
  if (!(error instanceof Rejected) || error.code === 'forbidden' || error.code === 'not-found') throw error;
  const problems = formProblems(read, error.fields);
  return {
    problems,
    message: messageAbove(c.get('visit').language, error, problems),
    status: error.code === 'invalid' ? 422 : 409,
  };
}

export function enterPage(c: ConsoleContext) {
  return showForm(c, undefined);
}

export async function enterForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const form = c.get('form');
  const read = readOrganizationForm(form);
  try {
    assertReadable(read, OrganizationInput);
    const { id } = await enterOrganization(door.hub, read.body, {
      member,
      door: 'console',
      once: onceFor(member, form, read.body),
    });
    return c.redirect(`/console/organizations/${id}?done=entered`, 303);
  } catch (error) {
    return showForm(c, undefined, triedWith(c, read, error));
  }
}

export async function changePage(c: ConsoleContext, door: Door) {
  return showForm(c, await organizationOr404(door.hub, idOf(c)));
}

export async function changeForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const form = c.get('form');
  const organization = await organizationOr404(door.hub, idOf(c));
  const read = readOrganizationForm(form);
  try {
    assertReadable(read, OrganizationChange);
    const how = { member, door: 'console', once: onceFor(member, form, read.body) } as const;
    const { id } = await changeOrganization(door.hub, organization.id, read.body, how);
    return c.redirect(`/console/organizations/${id}?done=changed`, 303);
  } catch (error) {
    return showForm(c, organization, triedWith(c, read, error));
  }
}
