import { may } from '../../../shared/answering/acting.ts';
import { sayOfOrganization, takeBackSaying } from '../../../shared/case/keep-organization.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { OrganizationId } from '../../../shared/domain/ids.ts';
import { type Organization, type Saying, sayings } from '../../../shared/entities/organizations/organization.ts';
import type { Alike } from '../../../shared/store/organizations.ts';
import { Moment } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { formKey, onceFor } from '../form-key.ts';
import { organizationsText } from '../texts/organizations.ts';
import { idOf } from './form.tsx';
import { OrganizationTable } from './list.tsx';

interface About {
  readonly visit: Visit;
  readonly organization: Organization;
}

/** Records that may be of the same body, each with what one can say of it. */
export function Proposals({ visit, organization, found }: About & { readonly found: readonly Alike[] }) {
  const text = organizationsText[visit.language];
  if (!may(visit.acting, 'say-organization')) return <OrganizationTable visit={visit} rows={found} />;
  return (
    <>
      {found.map((one) => (
        <form method="post" action={`/console/organizations/${organization.id}/sayings`} autocomplete="off">
          <Hidden name="csrf" value={visit.csrf} />
          <Hidden name="key" value={formKey()} />
          <Hidden name="about" value={one.organization.id} />
          <OrganizationTable visit={visit} rows={[one]} />
          <label class="label" for={`why-${organization.id}-${one.organization.id}`}>
            {text.why}
          </label>
          <input
            id={`why-${organization.id}-${one.organization.id}`}
            class="control full"
            name="reason"
            maxlength={300}
          />
          <div class="actions">
            {sayings.map((says) => (
              <button type="submit" class="button second" name="says" value={says}>
                {text.say[says]}
              </button>
            ))}
          </div>
        </form>
      ))}
    </>
  );
}

/** What was said of this record and others, and how it is taken back. */
export function Sayings({
  visit,
  organization,
  said,
  names,
}: About & { readonly said: readonly Saying[]; readonly names: ReadonlyMap<string, string> }) {
  const text = organizationsText[visit.language];
  return (
    <ol class="history">
      {said.map(({ about, says, at, by, reason }) => (
        <li>
          <a href={`/console/organizations/${about}`}>{about}</a> <strong>{text.saidOf[says]}</strong>{' '}
          <Moment at={at} />
          <span class="sub">{[names.get(by.party) ?? by.party, reason].filter(Boolean).join(' · ')}</span>
          {may(visit.acting, 'say-organization') && (
            <details>
              <summary>{text.takeBack}</summary>
              <form method="post" action={`/console/organizations/${organization.id}/retraction`} autocomplete="off">
                <Hidden name="csrf" value={visit.csrf} />
                <Hidden name="about" value={about} />
                <label class="label" for={`back-${about}`}>
                  {text.whyBack}
                </label>
                <input id={`back-${about}`} class="control full" name="reason" maxlength={300} required />
                <button type="submit" class="button second">
                  {text.takeBack}
                </button>
              </form>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

/** @throws Rejected `not-found` for what is no number of a record */
function aboutIn(c: ConsoleContext): OrganizationId {
  const read = OrganizationId.safeParse(c.get('form').get('about'));
  if (!read.success) throw new Rejected('not-found');
  return read.data;
}

export async function sayForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const form = c.get('form');
  const id = idOf(c);
  const body = { about: aboutIn(c), says: form.get('says'), reason: form.get('reason') };
  await sayOfOrganization(door.hub, id, body, { member, door: 'console', once: onceFor(member, form, body) });
  return c.redirect(`/console/organizations/${id}?done=said`, 303);
}

export async function takeBackForm(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const id = idOf(c);
  const body = { reason: c.get('form').get('reason') };
  await takeBackSaying(door.hub, id, aboutIn(c), body, { member, door: 'console' });
  return c.redirect(`/console/organizations/${id}?done=said`, 303);
}
