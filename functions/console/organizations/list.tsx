import { may } from '../../../shared/answering/acting.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { checksOn, type Organization } from '../../../shared/entities/organizations/organization.ts';
import { readLoneNumber } from '../../../shared/entities/organizations/registration.ts';
import { textOf } from '../../../shared/i18n/lookup.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { type Alike, alikeOrganizations, listOrganizations } from '../../../shared/store/organizations.ts';
import { type ListColumn, ListTable } from '../../web/list-table.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { showPage } from '../frame.tsx';
import { frameText } from '../texts/frame.ts';
import { organizationsText } from '../texts/organizations.ts';

const A_PAGE = 25;

type Row = { readonly organization: Organization } & Partial<Alike>;

/** Why a record may be of the same body, in words. */
export function matchWords(visit: Visit, { verdict, reasons }: Pick<Alike, 'verdict' | 'reasons'>): string {
  const text = organizationsText[visit.language];
  const why = reasons.map((reason) => textOf(text.reasons, reason)).join(frameText[visit.language].list);
  return why === '' ? text.verdicts[verdict] : `${text.verdicts[verdict]} · ${why}`;
}

/** Where an organization is, its kind, and what it may receive: what tells it from its neighbours in a list. */
export function OrganizationTable({ visit, rows }: { readonly visit: Visit; readonly rows: readonly Row[] }) {
  const { language } = visit;
  const text = organizationsText[language];
  const today = localDate(Date.now());
  const columns: ListColumn<Row>[] = [
    {
      head: text.name,
      bare: true,
      cell: ({ organization: { id, name, registrations }, verdict, reasons }) => (
        <>
          <a href={`/console/organizations/${id}`}>
            <strong>{name}</strong>
          </a>
          <span class="sub">{[...registrations.map(({ number }) => number), id].join(' · ')}</span>
          {verdict && reasons && <span class="sub">{matchWords(visit, { verdict, reasons })}</span>}
        </>
      ),
    },
    {
      head: text.where,
      cell: ({ organization: { place, type } }) => (
        <>
          {[place.province, place.city, place.district].filter(Boolean).join(' ')}
          <span class="sub">{kindWords[language].need.fields.organizationType.choices[type]}</span>
        </>
      ),
    },
    {
      head: text.call,
      cell: ({ organization: { desks } }) => desks.find(({ phone }) => phone)?.phone ?? '–',
    },
    {
      head: text.checked,
      cell: ({ organization }) =>
        checksOn(organization, today)
          .map(({ what, result }) => `${text.checks[what]} ${text.results[result]}`)
          .join(frameText[language].list) || <span class="tag wait">{text.unchecked}</span>,
    },
  ];
  return <ListTable rows={rows} columns={columns} />;
}

/** Records of organizations: those that fit what is looked for, or all of them page by page. */
export async function organizationsPage(c: ConsoleContext, door: Door) {
  const visit = c.get('visit');
  const text = organizationsText[visit.language];
  const asked = (c.req.query('q') ?? '').trim().slice(0, 120);
  const place = { province: '', city: (c.req.query('city') ?? '').trim().slice(0, 40), district: '' };
  const number = asked === '' ? undefined : readLoneNumber(asked);
  const registrations = number?.ok ? [number] : [];
  const found =
    asked === ''
      ? undefined
      : await alikeOrganizations(door.hub, { name: asked, place, registrations, telephones: [asked] });
  const page = found ? undefined : await listOrganizations(door.hub.table, c.req.query('cursor'), A_PAGE);
  const rows: readonly Row[] = found ?? (page?.items ?? []).map((organization) => ({ organization }));
  return showPage(c, {
    title: text.menu,
    room: 'organizations',
    children: (
      <>
        <div class="heading-row">
          <h1>{text.menu}</h1>
          {may(visit.acting, 'enter-organization') && (
            <a class="button" href="/console/organizations/new">
              {text.enter}
            </a>
          )}
        </div>
        <p class="small">
          {text.lead}{' '}
          {may(visit.acting, 'say-organization') && <a href="/console/organizations/proposals">{text.proposals}</a>}
        </p>
        <form method="get" action="/console/organizations" class="filters">
          <label for="q">{text.search}</label>{' '}
          <input id="q" class="control medium" name="q" value={asked} maxlength={120} />
          <label for="city">{text.labels['place.city']}</label>{' '}
          <input id="city" class="control short" name="city" value={place.city} maxlength={40} />
          <button type="submit" class="button second">
            {text.find}
          </button>
        </form>
        {rows.length > 0 ? (
          <OrganizationTable visit={visit} rows={rows} />
        ) : (
          <p class="empty">{found ? text.noneFound : text.none}</p>
        )}
        {page?.nextCursor && (
          <p>
            <a href={`/console/organizations?${new URLSearchParams({ cursor: page.nextCursor })}`}>{text.next}</a>
          </p>
        )}
      </>
    ),
  });
}
