import { may } from '../../../shared/answering/acting.ts';
import type { Referral } from '../../../shared/domain/referral/referral.ts';
import { listReferrals } from '../../../shared/store/referrals.ts';
import { Moment } from '../../web/amounts.tsx';
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
  return (
    <table class="list stacked">
      <thead>
        <tr>
          <th scope="col">{text.circumstance}</th>
          <th scope="col">{text.to}</th>
          <th scope="col">{text.stage}</th>
          <th scope="col">{text.when}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((referral) => {
          const sent = referral.from === visit.member.party;
          const other = sent ? referral.to : referral.from;
          return (
            <tr>
              <td>
                <a href={`/console/referrals/${referral.id}`}>
                  <strong>{text.circumstances[referral.circumstance]}</strong>
                </a>
                <span class="sub">
                  {referral.area} · {referral.id}
                </span>
              </td>
              <td data-label={sent ? text.to : text.from}>
                {names.get(other) ?? other} <span class="tag end">{sent ? text.sent : text.received}</span>
              </td>
              <td data-label={text.stage}>{text.stages[referral.stage]}</td>
              <td data-label={text.when}>
                <Moment at={referral.madeAt} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
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
