import { may } from '../../../shared/answering/acting.ts';
import type { Referral } from '../../../shared/domain/referral/referral.ts';
import { listReferrals } from '../../../shared/store/referrals.ts';
import { Moment } from '../../web/amounts.tsx';
import { ListTable } from '../../web/list-table.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { showPage } from '../frame.tsx';
import { referralText } from '../texts/referrals.ts';
import { namesOfParties } from './party-names.ts';

function ReferralTable({
  visit,
  items,
  names,
}: {
  readonly visit: Visit;
  readonly items: readonly Referral[];
  readonly names: ReadonlyMap<string, string>;
}) {
  const text = referralText[visit.language];
  const { party } = visit.member;
  return (
    <ListTable
      rows={items}
      columns={[
        {
          head: text.circumstance,
          bare: true,
          cell: ({ id, circumstance, area }) => (
            <>
              <a href={`/console/referrals/${id}`}>
                <strong>{text.circumstances[circumstance]}</strong>
              </a>
              <span class="sub">
                {area} · {id}
              </span>
            </>
          ),
        },
        {
          head: text.to,
          bare: true,
          cell: ({ from, to }) => {
            const other = from === party ? to : from;
            return (
              <>
                {names.get(other) ?? other} <span class="tag end">{from === party ? text.sent : text.received}</span>
              </>
            );
          },
        },
        { head: text.stage, cell: ({ stage }) => text.stages[stage] },
        { head: text.when, cell: ({ madeAt }) => <Moment at={madeAt} /> },
      ]}
    />
  );
}

/** The people that a party referred or was asked to help: what the matter is and how it stands, never who. */
export async function referralsPage(c: ConsoleContext, door: Door) {
  const visit = c.get('visit');
  const { member, acting, language } = visit;
  const text = referralText[language];
  const { items, nextCursor } = await listReferrals(door.hub.table, member.party, c.req.query('cursor'));
  const names = await namesOfParties(door.hub.table, language);
  return showPage(c, {
    title: text.title,
    room: 'referrals',
    children: (
      <>
        <div class="heading-row">
          <h1>{text.title}</h1>
          {may(acting, 'refer-person', { ownedBy: member.party }) && (
            <a class="button" href="/console/referrals/new">
              {text.make}
            </a>
          )}
        </div>
        <p class="small">{text.lead}</p>
        {items.length > 0 ? (
          <ReferralTable visit={visit} items={items} names={names} />
        ) : (
          <p class="empty">{text.none}</p>
        )}
        {nextCursor && (
          <p>
            <a href={`/console/referrals?${new URLSearchParams({ cursor: nextCursor })}`}>{text.next}</a>
          </p>
        )}
      </>
    ),
  });
}
