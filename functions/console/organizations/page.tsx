import { may } from '../../../shared/answering/acting.ts';
import { checkOrganization, organizationOr404 } from '../../../shared/case/keep-organization.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import type { OrganizationId } from '../../../shared/domain/ids.ts';
import { localDate } from '../../../shared/domain/time.ts';
import {
  CheckInput,
  type Organization,
  type OrganizationStep,
} from '../../../shared/entities/organizations/organization.ts';
import { textOf } from '../../../shared/i18n/lookup.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { organizationSteps, proposedFor, sayingsOf } from '../../../shared/store/organizations.ts';
import { assertReadable, formProblems, given, type ReadForm, readerOf } from '../../forms/desk-values.ts';
import { countText, Moment } from '../../web/amounts.tsx';
import { choicesOf, Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { DateInput, Hidden, TextInput } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Panel } from '../../web/panel.tsx';
import { Submit } from '../../web/submit.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { showPage } from '../frame.tsx';
import { namesOfParties } from '../referrals/party-names.ts';
import { messageAbove } from '../refusal-message.ts';
import { frameText } from '../texts/frame.ts';
import { organizationsText } from '../texts/organizations.ts';
import { idOf } from './form.tsx';
import { Proposals, Sayings } from './say.tsx';

type Names = ReadonlyMap<string, string>;

function RecordLink({ id }: { readonly id: OrganizationId | undefined }) {
  return id === undefined ? <>–</> : <a href={`/console/organizations/${id}`}>{id}</a>;
}

function Facts({ visit, organization }: { readonly visit: Visit; readonly organization: Organization }) {
  const { language } = visit;
  const text = organizationsText[language];
  const { list } = frameText[language];
  const { attributes, consignee, place, desks } = organization;
  const counts = (['beds', 'staff', 'peopleServed', 'householdsServed'] as const).flatMap((name) => {
    const count = attributes[name];
    return count === undefined ? [] : [{ label: text.labels[`attributes.${name}`], value: countText(count) }];
  });
  const receives = (['goods', 'medicalGoods', 'money'] as const)
    .filter((name) => consignee[name])
    .map((name) => text.receives[name]);
  return (
    <SummaryList
      rows={[
        { label: text.labels.aliases, value: organization.aliases.join(list) },
        { label: text.labels.type, value: kindWords[language].need.fields.organizationType.choices[organization.type] },
        {
          label: text.where,
          value: [place.province, place.city, place.district, organization.address].filter(Boolean).join(' '),
        },
        {
          label: text.groups.registrations,
          value:
            organization.registrations.map(({ scheme, number }) => `${scheme} ${number}`).join(list) || text.noNumber,
        },
        { label: text.labels.parent, value: <RecordLink id={organization.parent} /> },
        {
          label: text.groups.desks,
          value: desks.map(({ desk, phone, email }) => (
            <span class="sub">{[desk, phone, email].filter(Boolean).join(' · ')}</span>
          )),
        },
        { label: text.labels.languages, value: organization.languages.map((one) => text.languages[one]).join(list) },
        {
          label: text.labels['attributes.takesConfirmed'],
          value: attributes.takesConfirmed === undefined ? '' : text.yesNo[attributes.takesConfirmed ? 'yes' : 'no'],
        },
        { label: text.labels['attributes.level'], value: attributes.level ?? '' },
        ...counts,
        { label: text.labels.receives, value: receives.join(list) || text.receivesNothing },
        { label: text.labels['consignee.through'], value: <RecordLink id={consignee.through} /> },
      ]}
    />
  );
}

function Checks({
  visit,
  organization,
  names,
}: {
  readonly visit: Visit;
  readonly organization: Organization;
  readonly names: Names;
}) {
  const text = organizationsText[visit.language];
  const today = localDate(Date.now());
  if (organization.checks.length === 0) return <p class="empty">{text.unchecked}</p>;
  return (
    <ol class="history">
      {organization.checks.toReversed().map(({ what, result, on, until, note, by }) => (
        <li>
          {text.checks[what]} <strong>{text.results[result]}</strong>{' '}
          {until !== undefined && until < today && <span class="tag end">{text.over}</span>}
          <span class="sub">
            {[on, until && `${text.labels.until} ${until}`, names.get(by.party) ?? by.party, note]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}

interface Tried {
  readonly problems: readonly FieldProblem[];
  readonly message: string;
}

function CheckFields({
  c,
  id,
  tried,
}: {
  readonly c: ConsoleContext;
  readonly id: OrganizationId;
  readonly tried: Tried | undefined;
}) {
  const { language, csrf } = c.get('visit');
  const text = organizationsText[language];
  const typed = tried && c.get('form');
  const today = localDate(Date.now());
  const form = formView({
    language,
    labels: text.labels,
    value: typed ? typed.get : (name) => (name === 'on' ? today : ''),
    problems: tried?.problems ?? [],
  });
  return (
    <form method="post" action={`/console/organizations/${id}/checks`} autocomplete="off">
      <Hidden name="csrf" value={csrf} />
      <Hidden name="key" value={formKey(typed)} />
      {tried && <ErrorSummary form={form} message={tried.message} />}
      <Select form={form} name="what" choices={choicesOf(text.checks)} />
      <Select form={form} name="result" choices={choicesOf(text.results)} />
      <DateInput form={form} name="on" max={today} />
      <DateInput form={form} name="until" min={today} optional />
      <TextInput form={form} name="note" maxlength={300} hint={text.hints.note} optional />
      <Submit text={text.check} />
    </form>
  );
}

function History({
  visit,
  steps,
  names,
}: {
  readonly visit: Visit;
  readonly steps: readonly OrganizationStep[];
  readonly names: Names;
}) {
  const text = organizationsText[visit.language];
  return (
    <ol class="history">
      {steps.map(({ at, by, on, fields, reason, check }) => (
        <li>
          {text.steps[on]} <Moment at={at} />
          <span class="sub">
            {[
              names.get(by.party) ?? by.party,
              check && text.checks[check],
              on === 'changed' &&
                fields.map((field) => textOf(text.fields, field)).join(frameText[visit.language].list),
              reason,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}

async function showOrganization(c: ConsoleContext, door: Door, tried?: Tried) {
  const visit = c.get('visit');
  const { language, acting } = visit;
  const text = organizationsText[language];
  const organization = await organizationOr404(door.hub, idOf(c));
  const [steps, names, others, said] = await Promise.all([
    organizationSteps(door.hub.table, organization.id),
    namesOfParties(door.hub.table, language),
    proposedFor(door.hub, organization),
    sayingsOf(door.hub.table, organization.id),
  ]);
  const done = c.req.query('done');
  return showPage(c, {
    title: organization.name,
    room: 'organizations',
    status: tried ? 422 : 200,
    children: (
      <>
        <div class="heading-row">
          <h1>{organization.name}</h1>
          {may(acting, 'change-organization') && (
            <a class="button second" href={`/console/organizations/${organization.id}/change`}>
              {text.change}
            </a>
          )}
        </div>
        <p class="small">{organization.id}</p>
        {(done === 'entered' || done === 'changed' || done === 'checked' || done === 'said') && (
          <Notice tone="done">{text.done[done]}</Notice>
        )}
        {others.length > 0 && (
          <Panel title={text.alike}>
            <Proposals visit={visit} organization={organization} found={others} />
          </Panel>
        )}
        {said.length > 0 && (
          <Panel title={text.said}>
            <Sayings visit={visit} organization={organization} said={said} names={names} />
          </Panel>
        )}
        <Facts visit={visit} organization={organization} />
        <Panel title={text.checked}>
          <Checks visit={visit} organization={organization} names={names} />
          {may(acting, 'check-organization') && <CheckFields c={c} id={organization.id} tried={tried} />}
        </Panel>
        <Panel title={text.history}>
          <History visit={visit} steps={steps} names={names} />
        </Panel>
      </>
    ),
  });
}

/** One record: who it is, what was checked, what it may receive, and records that may be of the same body. */
export function organizationPage(c: ConsoleContext, door: Door) {
  return showOrganization(c, door);
}

function readCheck(get: (name: string) => string): ReadForm {
  const reader = readerOf(get);
  const body = {
    ...given({
      what: reader.text('what'),
      result: reader.text('result'),
      on: reader.day('on'),
      until: reader.day('until'),
      note: reader.text('note'),
    }),
  };
  return { body, problems: reader.problems, rows: reader.rows };
}

export async function checkForm(c: ConsoleContext, door: Door) {
  const { member, language } = c.get('visit');
  const form = c.get('form');
  const read = readCheck(form.get);
  const id = idOf(c);
  try {
    assertReadable(read, CheckInput);
    await checkOrganization(door.hub, id, read.body, {
      member,
      door: 'console',
      once: onceFor(member, form, read.body),
    });
    return c.redirect(`/console/organizations/${id}?done=checked`, 303);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'forbidden' || error.code === 'not-found') throw error;
    const problems = formProblems(read, error.fields);
    return showOrganization(c, door, { problems, message: messageAbove(language, error, problems) });
  }
}
