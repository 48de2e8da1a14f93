import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendDigests } from '../../functions/notify/digest.ts';
import { notify, tellAgain } from '../../functions/notify/notify.ts';
import type { Notifier } from '../../functions/notify/send-once.ts';
import { tryWaiting } from '../../functions/notify/try-waiting.ts';
import { advance } from '../../functions/stages/advance/advance.ts';
import { declareInterest } from '../../shared/answering/interests.ts';
import { mailboxHash } from '../../shared/case/undelivered.ts';
import { nextDigest } from '../../shared/domain/digest.ts';
import { newSlug } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { marksOf } from '../../shared/store/case-item.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { choosing, readMember } from '../../shared/store/parties.ts';
import { transact } from '../../shared/store/table.ts';
import { deliverableAgain } from '../../shared/store/undeliverable.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { aNotifier, toOf } from '../engine/notifier.ts';
import { aCaseIn, answer, person } from '../factory/hub.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';

const HOUR = 3_600_000;
const coordinator = 'hub-coordinator@example.org';
const lead = 'hub-lead@example.org';

let stand: HubStand;
let server: MailServer;
let hub: Hub;
let notifier: Notifier;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  stand = await startHub();
  ({ hub } = stand);
  for (const id of ['hub-coordinator', 'hub-lead'])
    await transact(hub.table, choosing(hub.table, person(id), 'mails', 'twice-daily'));
});
beforeEach(async () => {
  server = await startMailServer();
  notifier = await aNotifier(hub, server);
});
afterEach(async () => {
  await toTheNextDigest();
  await server.stop();
});
afterAll(async () => {
  vi.useRealTimers();
  await stand.stop();
});

async function tellAll({ id }: Pick<Case, 'id'>, as: Notifier = notifier): Promise<void> {
  for (const event of (await readCaseFile(hub.table, id))?.events ?? [])
    if (marksOf(event).notify === 'yes') await notify(as, event);
}
/** Moves the clock, which never goes back, to when the next digest is due, and lets the notifier look at what waits. */
async function toTheNextDigest(as: Notifier = notifier): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(nextDigest('twice-daily', Date.now())) });
  await tryWaiting(as);
}
const mailsTo = (email: string) => server.mails.filter((mail) => toOf(mail) === email);
const casesIn = (text = '') => [...text.matchAll(/\/console\/cases\/(\w+)/g)].map(([, id]) => id);
const theCoordinator = { type: 'member', member: person('hub-coordinator') } as const;
const interest = { reason: 'close-person' };
const verifying = (changes: object = {}) => aCaseIn(hub, 'need', 'verifying', changes);

describe('a digest', () => {
  it('holds what came since the last one, each with its link, in one mail to each at the desk, and comes once', async () => {
    const subjects = [];
    for (let each = 0; each < 6; each++) subjects.push(await verifying({ organization: `第${each}医院` }));
    for (const subject of subjects) await tellAll(subject);
    expect([...mailsTo(coordinator), ...mailsTo(lead)]).toEqual([]);
    await toTheNextDigest();
    for (const to of [coordinator, lead]) {
      const [mail, ...more] = mailsTo(to);
      expect(more).toEqual([]);
      expect(casesIn(mail?.text).toSorted()).toEqual(subjects.map(({ id }) => id).toSorted());
    }
    expect(mailsTo(coordinator)[0]?.subject).toBe('【接力】6 项待办：0 项逾期，6 项新到');
    expect(mailsTo(coordinator)[0]?.text).toContain('第3医院 · 物资需求');
    expect(mailsTo(lead)[0]?.subject).toBe('[Jieli] 6 waiting: 0 overdue, 6 new');
    await tryWaiting(notifier);
    await toTheNextDigest();
    expect(mailsTo(coordinator)).toHaveLength(1);
  });

  it('is the only one that an event stands in, however often and however late the stream comes with it', async () => {
    const subject = await verifying();
    await tellAll(subject);
    await toTheNextDigest();
    await tellAll(subject);
    const { version } = subject;
    await tellAgain(notifier, {
      type: 'tell-again',
      id: newSlug(),
      at: instant(Date.now()),
      event: subject.id,
      version,
    });
    await toTheNextDigest();
    expect(mailsTo(coordinator).map(({ text }) => casesIn(text))).toEqual([[subject.id]]);
  });

  it('names what is overdue first, and a question once that is new and was reminded of', async () => {
    const [first, second] = [await verifying(), await verifying()];
    for (const round of [1, 2]) {
      await advance(hub.table, {
        caseId: second.id,
        stage: second.stage,
        action: round === 1 ? 'remind' : 'escalate',
        round,
        run: 1,
      });
      await tellAll(second);
    }
    await tellAll(first);
    await toTheNextDigest();
    const text = mailsTo(coordinator)[0]?.text ?? '';
    expect(casesIn(text)).toEqual([second.id, first.id]);
    expect(text.indexOf('逾期（1）')).toBeLessThan(text.indexOf(second.id));
    expect(text.indexOf('新到（1）')).toBeGreaterThan(text.indexOf(second.id));
  });

  it('leaves out what was answered meanwhile and what its reader may no longer answer, and does not come where that is all', async () => {
    const [answered, open, theirs] = [
      await verifying(),
      await verifying(),
      await verifying({ organization: '姐姐的医院' }),
    ];
    for (const subject of [answered, open, theirs]) await tellAll(subject);
    await answer(hub, answered);
    await declareInterest(hub, theirs.id, interest, theCoordinator);
    await toTheNextDigest();
    expect(casesIn(mailsTo(coordinator)[0]?.text)).toEqual([open.id]);
    expect(mailsTo(coordinator)[0]?.text).toContain('另有 2 项已经办结或不再由您处理');
    server.mails.length = 0;
    const last = await verifying();
    await tellAll(last);
    await answer(hub, last);
    await toTheNextDigest();
    expect(mailsTo(coordinator)).toEqual([]);
  });

  it('waits while the server is away, and comes once', async () => {
    const subject = await verifying();
    await tellAll(subject);
    const away = { ...notifier, mailer: { send: () => Promise.reject(new Error('away')) } };
    await toTheNextDigest(away);
    vi.setSystemTime(Date.now() + HOUR);
    await tryWaiting(away);
    vi.setSystemTime(Date.now() + 8 * HOUR);
    await tryWaiting(notifier);
    await tryWaiting(notifier);
    expect(mailsTo(coordinator).map(({ text }) => casesIn(text))).toEqual([[subject.id]]);
  });

  it('that went out though the function was killed before it wrote that down goes out again under the same Message-ID', async () => {
    await tellAll(await verifying());
    const table = interceptTable(notifier.table, (command) => {
      if (server.mails.length > 0 && /^(Put|TransactWrite)/.test(command)) throw new Error('the function was killed');
    });
    await toTheNextDigest({ ...notifier, table });
    await tryWaiting(notifier);
    const ids = mailsTo(coordinator).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('that does not reach its reader is told in the case that it names first, and to those who can tell them', async () => {
    const subject = await verifying();
    await tellAll(subject);
    server.refused.set(coordinator, 550);
    await toTheNextDigest();
    const events = (await readCaseFile(hub.table, subject.id))?.events ?? [];
    expect(events.at(-1)).toMatchObject({ type: 'member-unreached', whose: 'hub-coordinator' });
    server.mails.length = 0;
    await tellAll(subject);
    expect(mailsTo(lead)[0]?.subject).toContain('mail to somebody who works on it does not arrive');
    server.refused.clear();
    await transact(hub.table, [deliverableAgain(hub.table, await mailboxHash(hub, coordinator))]);
  });

  it('leaves nothing behind that is looked at again', async () => {
    await tellAll(await verifying());
    await toTheNextDigest();
    expect((await contentsOf(hub.table)).filter(({ entity }) => entity === 'digest')).toEqual([]);
    expect(await sendDigests(notifier, performance.now() + HOUR)).toBe(true);
  });
});

describe('at once, whatever they chose, are told', () => {
  it('those who are asked about what is critical, or about the severely ill', async () => {
    for (const changes of [{ urgency: 'critical' }, { careTier: 'severe' }]) {
      const subject = await verifying(changes);
      await tellAll(subject);
      expect(mailsTo(coordinator)[0]?.subject).toContain(subject.id);
      server.mails.length = 0;
    }
  });

  it('those to whom a question was handed, since a colleague may not answer it', async () => {
    const subject = await verifying();
    await tellAll(subject);
    await declareInterest(hub, subject.id, interest, theCoordinator);
    await tellAll(subject);
    expect(mailsTo(lead).map(({ subject: line }) => line)).toEqual([expect.stringContaining(subject.id)]);
  });

  it('those who want it so', async () => {
    const { id, party } = person('hub-lead');
    await transact(hub.table, choosing(hub.table, person('hub-lead'), 'mails', 'at-once'));
    const subject = await verifying();
    await tellAll(subject);
    expect(mailsTo(lead)[0]?.subject).toContain(subject.id);
    expect(mailsTo(coordinator)).toEqual([]);
    await transact(hub.table, choosing(hub.table, person('hub-lead'), 'mails', 'twice-daily'));
    expect((await readMember(hub.table, party, id))?.mails).toBe('twice-daily');
  });
});
