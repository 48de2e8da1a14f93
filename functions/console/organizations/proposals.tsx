import { fill } from '../../../shared/i18n/lookup.ts';
import { listOrganizations, proposedFor } from '../../../shared/store/organizations.ts';
import { Panel } from '../../web/panel.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { organizationsText } from '../texts/organizations.ts';
import { Proposals } from './say.tsx';

/** Records that one page looks through: each is looked for by its keys, some twelve Queries. */
const A_PAGE = 10;

/** Records that may be of one body and of which nobody has said anything yet, some records at a time. */
export async function proposalsPage(c: ConsoleContext, door: Door) {
  const visit = c.get('visit');
  const text = organizationsText[visit.language];
  const { items, nextCursor } = await listOrganizations(door.hub.table, c.req.query('cursor'), A_PAGE);
  const proposed = await Promise.all(
    items.map(async (organization) => ({ organization, found: await proposedFor(door.hub, organization) })),
  );
  const open = proposed.filter(({ found }) => found.length > 0);
  return showPage(c, {
    title: text.proposals,
    room: 'organizations',
    children: (
      <>
        <h1>{text.proposals}</h1>
        <p class="small">{fill(text.looked, { count: items.length })}</p>
        {open.length === 0 && <p class="empty">{text.noProposals}</p>}
        {open.map(({ organization, found }) => (
          <Panel title={organization.name}>
            <p class="small">
              <a href={`/console/organizations/${organization.id}`}>{organization.id}</a>
            </p>
            <Proposals visit={visit} organization={organization} found={found} />
          </Panel>
        ))}
        {nextCursor && (
          <p>
            <a href={`/console/organizations/proposals?${new URLSearchParams({ cursor: nextCursor })}`}>{text.next}</a>
          </p>
        )}
      </>
    ),
  });
}
