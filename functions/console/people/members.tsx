import { may } from '../../../shared/answering/acting.ts';
import { type FieldProblem, Rejected, rejectionCodes } from '../../../shared/domain/errors.ts';
import { type Invitation, isOpen, MOST_SENDINGS } from '../../../shared/domain/invitation.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { type Member, rolesOf } from '../../../shared/domain/party.ts';
import { instant } from '../../../shared/domain/time.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { cancelInvitation, invite, resendInvitation } from '../../../shared/people/invite.ts';
import { isLastLead } from '../../../shared/people/leading.ts';
import { changeRoles, removeMember, seePeople } from '../../../shared/people/members.ts';
import { Checkboxes, Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { showPage } from '../frame.tsx';
import { slugIn } from '../path.ts';
import { messageAbove } from '../refusal-message.ts';
import { frameText } from '../texts/frame.ts';
import { peopleText } from '../texts/people.ts';
import { permissionText } from '../texts/permissions.ts';

export const languageChoices = [
  { value: 'zh', text: '中文' },
  { value: 'en', text: 'English' },
] as const;

interface Tried {
  readonly form: Form;
  readonly problems: readonly FieldProblem[];
  readonly message: string;
  readonly status: 403 | 404 | 409 | 410 | 422;
  /** the part of the page that it was sent from; a member's own forms are named after them */
  readonly at: 'invite' | 'invitations' | { readonly member: string };
}

/** What is wrong with a member's own form, at the names that its fields have: they carry whose they are. */
function problemsOf(fields: readonly FieldProblem[], at: Tried['at']): readonly FieldProblem[] {
  if (typeof at === 'string') return fields;
  return fields.map((field) => ({ ...field, pointer: field.pointer.replace(/^\/\w+/, `$&-${at.member}`) }));
}

/** The forms about one member, with what was typed and refused there. */
function memberForm(language: Language, id: string, tried: Tried | undefined) {
  const text = peopleText[language];
  return formView({
    language,
    labels: { [`roles-${id}`]: text.roles, [`reason-${id}`]: text.reason },
    value: tried ? tried.form.get : () => '',
    problems: tried?.problems ?? [],
  });
}

function roleChoices({ language, member }: Visit) {
  const names = domainText[language].roles;
  return rolesOf[member.partyType].map((role) => ({ value: role, text: names[role] }));
}

interface RowProps {
  readonly visit: Visit;
  readonly one: Member;
  readonly leads: boolean;
  /** whether they can be removed: a party is never left without a lead */
  readonly removable: boolean;
  /** what was refused about this member */
  readonly tried: Tried | undefined;
}

function Row({ visit, one, leads, removable, tried }: RowProps) {
  const { language, csrf, member } = visit;
  const text = peopleText[language];
  const names = domainText[language].roles;
  const form = memberForm(language, one.id, tried);
  const removing = tried?.form.names.includes(`reason-${one.id}`);
  const path = `/console/members/${encodeURIComponent(one.id)}`;
  return (
    <tr>
      <td data-label={text.name}>
        <strong>{one.name}</strong> {one.id === member.id && <span class="tag plain">{text.you}</span>}
        <span class="sub">{one.email}</span>
      </td>
      <td data-label={text.roles}>
        {one.roles.map((role) => names[role]).join(frameText[language].list)}
        {leads && (
          <details open={tried && !removing}>
            <summary>{text.edit}</summary>
            <form method="post" action={`${path}/roles`}>
              <Hidden name="csrf" value={csrf} />
              <Checkboxes form={form} name={`roles-${one.id}`} choices={roleChoices(visit)} chosen={one.roles} />
              <Submit text={text.change} look="second" of={one.name} />
            </form>
          </details>
        )}
      </td>
      <td>
        {removable && (
          <details open={removing}>
            <summary>{text.remove}</summary>
            <form method="post" action={`${path}/removal`}>
              <Hidden name="csrf" value={csrf} />
              <p class="hint">{text.removeLead}</p>
              <TextInput form={form} name={`reason-${one.id}`} maxlength={500} />
              <Submit text={fill(text.removeTitle, { name: one.name })} look="danger" />
            </form>
          </details>
        )}
      </td>
    </tr>
  );
}

function Pending({ visit, waiting }: { readonly visit: Visit; readonly waiting: readonly Invitation[] }) {
  const { language, csrf } = visit;
  const text = peopleText[language];
  const names = domainText[language].roles;
  const now = instant(Date.now());
  if (waiting.length === 0) return null;
  return (
    <section>
      <h2>{text.pending}</h2>
      <ul class="plain">
        {waiting.map((one) => (
          <li class="panel">
            <strong>{one.email}</strong>
            <span class="sub">
              {one.roles.map((role) => names[role]).join(frameText[language].list)} ·{' '}
              {isOpen(one, now) ? fill(text.until, { at: momentText(one.endsAt) }) : text.lapsed}
            </span>
            <form method="post" action={`/console/invitations-sent/${one.id}`} class="actions">
              <Hidden name="csrf" value={csrf} />
              {one.version < MOST_SENDINGS && (
                <Submit text={text.resend} look="second" of={one.email} name="action" value="resend" />
              )}
              <Submit text={text.cancel} look="link" of={one.email} name="action" value="cancel" />
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function InviteForm({ visit, tried }: { readonly visit: Visit; readonly tried: Tried | undefined }) {
  const { language, csrf } = visit;
  const text = peopleText[language];
  const mine = tried?.at === 'invite' ? tried : undefined;
  const form = formView({
    language,
    labels: { email: text.email, language: text.language, roles: text.roles },
    value: mine ? mine.form.get : (name) => (name === 'language' ? language : ''),
    problems: mine?.problems ?? [],
  });
  return (
    <section class="panel" id="invite">
      <h2>{text.invite}</h2>
      <p class="hint">{text.inviteLead}</p>
      <form method="post" action="/console/members" autocomplete="off" novalidate>
        <Hidden name="csrf" value={csrf} />
        {mine && <ErrorSummary form={form} message={mine.message} />}
        <TextInput form={form} name="email" type="email" inputmode="email" />
        <Checkboxes form={form} name="roles" choices={roleChoices(visit)} chosen={mine?.form.all('roles') ?? []} />
        <Select form={form} name="language" choices={languageChoices} />
        <Submit text={text.inviteAction} />
      </form>
    </section>
  );
}

async function page(c: ConsoleContext, { hub }: Door, tried?: Tried) {
  const visit = c.get('visit');
  const { member, acting, language } = visit;
  const text = peopleText[language];
  const leads = may(acting, 'invite-member', { ownedBy: member.party });
  const { members, invitations } = await seePeople(hub.table, acting, 'console');
  const done: Readonly<Record<string, string>> = text.done;
  const said = tried ? undefined : done[c.req.query('done') ?? ''];
  const about = typeof tried?.at === 'object' ? tried.at.member : '';
  const wrong = tried && tried.at !== 'invite' ? memberForm(language, about, tried) : undefined;
  return showPage(c, {
    title: text.members,
    room: 'members',
    status: tried?.status ?? 200,
    children: (
      <>
        {wrong && <ErrorSummary form={wrong} message={tried?.message} />}
        <h1>{text.members}</h1>
        <p class="small">
          {text.membersLead}
          {may(acting, 'see-permissions') && (
            <>
              {' '}
              <a href="/console/permissions">{permissionText[language].title}</a>
            </>
          )}
        </p>
        {said && <Notice tone="done">{said}</Notice>}
        <div class={leads ? 'two-up' : undefined}>
          <div>
            <table class="list stacked">
              <thead>
                <tr>
                  <th scope="col">{text.name}</th>
                  <th scope="col">{text.roles}</th>
                  <th scope="col">
                    <span class="unseen">{text.remove}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {members.map((one) => (
                  <Row
                    visit={visit}
                    one={one}
                    leads={leads}
                    removable={leads && !isLastLead(members, one)}
                    tried={one.id === about ? tried : undefined}
                  />
                ))}
              </tbody>
            </table>
            <Pending visit={visit} waiting={invitations} />
          </div>
          {leads && <InviteForm visit={visit} tried={tried} />}
        </div>
      </>
    ),
  });
}

async function attempt(c: ConsoleContext, door: Door, at: Tried['at'], done: string, act: () => Promise<unknown>) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    const { status } = rejectionCodes[error.code];
    if (status !== 404 && status !== 409 && status !== 410 && status !== 422) throw error;
    const message = messageAbove(c.get('visit').language, error, error.fields);
    return page(c, door, { form: c.get('form'), problems: problemsOf(error.fields, at), message, status, at });
  }
  return c.redirect(`/console/members?done=${done}`, 303);
}

export function membersPage(c: ConsoleContext, door: Door) {
  return page(c, door);
}

export function inviteForm(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  const body = { email: form.get('email'), roles: form.all('roles'), language: form.get('language') };
  return attempt(c, door, 'invite', 'invited', () => invite(door.hub, c.get('visit').member, body));
}

export function rolesForm(c: ConsoleContext, door: Door) {
  const id = c.req.param('member') ?? '';
  const body = { roles: c.get('form').all(`roles-${id}`) };
  return attempt(c, door, { member: id }, 'changed', () =>
    changeRoles(door.hub.table, c.get('visit').member, id, body),
  );
}

export function removalForm(c: ConsoleContext, door: Door) {
  const id = c.req.param('member') ?? '';
  const body = { reason: c.get('form').get(`reason-${id}`) };
  return attempt(c, door, { member: id }, 'removed', () =>
    removeMember(door.hub.table, c.get('visit').member, id, body),
  );
}

/** Sends an invitation again, or takes it back. */
export function invitationForm(c: ConsoleContext, door: Door) {
  const id = slugIn(c);
  const again = c.get('form').get('action') === 'resend';
  const act = again ? resendInvitation : cancelInvitation;
  return attempt(c, door, 'invitations', again ? 'resent' : 'cancelled', () =>
    act(door.hub.table, c.get('visit').member, id),
  );
}
