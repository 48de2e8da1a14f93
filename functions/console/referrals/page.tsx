import { Rejected } from '../../../shared/domain/errors.ts';
import { ReferralId } from '../../../shared/domain/ids.ts';
import { referralLifecycle } from '../../../shared/domain/referral/change.ts';
import type { Referral } from '../../../shared/domain/referral/referral.ts';
import { referralSight } from '../../../shared/domain/referral/sight.ts';
import { fill, momentText, textOf } from '../../../shared/i18n/lookup.ts';
import { answerReferral, openReferral, referralOutcomes } from '../../../shared/persons/referrals.ts';
import { Moment } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Panel } from '../../web/panel.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { showPage } from '../frame.tsx';
import { referralText } from '../texts/referrals.ts';
import { namesOfParties } from './party-names.ts';

function idOf(c: ConsoleContext): ReferralId {
  const id = ReferralId.safeParse(c.req.param('id'));
  if (!id.success) throw new Rejected('not-found');
  return id.data;
}

function Facts({
  visit,
  referral,
  names,
}: {
  readonly visit: Visit;
  readonly referral: Referral;
  readonly names: ReadonlyMap<string, string>;
}) {
  const text = referralText[visit.language];
  const { help, person } = referralSight(referral, visit.member.party);
  const { consent } = referral;
  const ended = !('person' in referral);
  const how = fill(text.consentText, {
    how: text.hows[consent.how === 'written' ? 'written' : 'spoken'],
    by: text.bys[consent.by],
    at: momentText(consent.at),
    version: consent.version,
  });
  const who = person && [person.name, person.phone].filter(Boolean).join(' · ');
  return (
    <Panel title={text.person}>
      <SummaryList
        rows={[
          { label: text.circumstance, value: text.circumstances[referral.circumstance] },
          { label: text.area, value: referral.area },
          { label: text.from, value: names.get(referral.from) ?? referral.from },
          { label: text.to, value: names.get(referral.to) ?? referral.to },
          { label: text.help, value: help ?? text.gone },
          { label: text.person, value: who ?? (ended ? text.gone : text.hidden) },
          { label: text.consent, value: how },
        ]}
      />
    </Panel>
  );
}

async function showReferral(c: ConsoleContext, door: Door, meanwhile = false) {
  const visit = c.get('visit');
  const { language, acting, csrf } = visit;
  const text = referralText[language];
  const referral = await openReferral(door.hub, idOf(c), acting, 'console');
  const names = await namesOfParties(door.hub.table, language);
  const outcomes = referralOutcomes(referral, acting);
  const done = c.req.query('done');
  const title = fill(text.number, { id: referral.id });
  return showPage(c, {
    title,
    room: 'referrals',
    status: meanwhile ? 409 : 200,
    children: (
      <>
        <h1>{title}</h1>
        <p>
          <span class="tag">{text.stages[referral.stage]}</span>
        </p>
        {meanwhile && <Notice tone="warning">{text.meanwhile}</Notice>}
        {(done === 'made' || done === 'answered') && <Notice tone="done">{text.done[done]}</Notice>}
        <Facts visit={visit} referral={referral} names={names} />
        {outcomes.length > 0 && (
          <Panel title={text.actions}>
            <form method="post" action={`/console/referrals/${referral.id}`}>
              <Hidden name="csrf" value={csrf} />
              <div class="actions">
                {outcomes.map((on, index) => (
                  <button type="submit" class={index === 0 ? 'button' : 'button second'} name="outcome" value={on}>
                    {text.buttons[on]}
                  </button>
                ))}
              </div>
            </form>
          </Panel>
        )}
        <Panel title={text.history}>
          <ol class="history">
            {referral.steps.map(({ on, at, by }) => (
              <li>
                {textOf(text.steps, on)} <Moment at={at} />
                <span class="sub">{by.type === 'member' ? (names.get(by.party) ?? by.party) : ''}</span>
              </li>
            ))}
          </ol>
        </Panel>
      </>
    ),
  });
}

/** One referral, as much of it as the reader's party has to know. */
export function referralPage(c: ConsoleContext, door: Door) {
  return showReferral(c, door);
}

export async function referralForm(c: ConsoleContext, door: Door) {
  const id = idOf(c);
  const asked = c.get('form').get('outcome');
  const outcome = referralLifecycle.find(({ on }) => on === asked)?.on;
  if (!outcome) throw new Rejected('unknown-outcome', { params: { outcome: asked } });
  try {
    await answerReferral(door.hub, id, outcome, c.get('visit').acting, 'console');
  } catch (error) {
    if (error instanceof Rejected && error.code === 'stage-changed') return showReferral(c, door, true);
    throw error;
  }
  return c.redirect(`/console/referrals/${id}?done=answered`, 303);
}
