import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendLetter } from '../../functions/notify/letter.ts';
import { notify } from '../../functions/notify/notify.ts';
import type { Notifier } from '../../functions/notify/send-once.ts';
import { tryWaiting } from '../../functions/notify/try-waiting.ts';
import { assertPartyMaySend, type MailCause, mayMail } from '../../shared/case/limits.ts';
import { askForLink, sendLinkAgain } from '../../shared/case/revoke-link.ts';
import { allowances, type LimitedAction } from '../../shared/domain/allowances.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { MemberId, newCaseId, PartyId } from '../../shared/domain/ids.ts';
import type { Member } from '../../shared/domain/party.ts';
import { cancelInvitation, invite, resendInvitation } from '../../shared/people/invite.ts';
import { registerOrganization } from '../../shared/people/organization.ts';
import { referPerson } from '../../shared/persons/referrals.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { countUnsent } from '../../shared/store/mails.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { aNotifier, lettersOf, toOf } from '../engine/notifier.ts';
import { by, person, submitted } from '../factory/hub.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let stand: HubStand;
let server: MailServer;
let hub: Hub;
let notifier: Notifier;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  [stand, server] = [await startHub(), await startMailServer()];
  ({ hub } = stand);
  notifier = await aNotifier(hub, server);
});
afterEach(() => {
  vi.useRealTimers();
  server.mails.length = 0;
});
afterAll(async () => {
  await stand.stop();
  await server.stop();
});

let tests = 0;
let victim = '';
let start = 0;
beforeEach(() => {
  tests += 1;
  // a month of its own: what parties and everybody have sent in the one before counts no more
  start = Date.parse('2026-03-02T00:00:00Z') + tests * 30 * DAY;
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  victim = `victim${tests}@example.org`;
});
/** The victim's address, spelt in many ways. */
const spelt = (time: number) => (time % 2 ? victim : victim.replace('@', `+${time}@`).toUpperCase());
const contact = (email: string) => ({ contact: { name: '某某', phone: '027-0000 1234', email } });
const theirs = () => server.mails.filter((mail) => toOf(mail).replace(/\+\d+/, '').toLowerCase() === victim);

const delivered = new Set<string>();
/** Does what the stream brings on: the letters that were posted since. */
async function deliver(): Promise<void> {
  for (const letter of await lettersOf(hub)) {
    if (delivered.has(letter.id)) continue;
    delivered.add(letter.id);
    await sendLetter(notifier, letter);
  }
}
async function tellAll(id: Parameters<typeof readCaseFile>[1]): Promise<void> {
  for (const event of (await readCaseFile(hub.table, id))?.events ?? []) await notify(notifier, event);
}
/** Lets days go by, in each hour of which the notifier tries what waits. */
async function pass(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    vi.setSystemTime(Date.now() + HOUR);
    await tryWaiting(notifier);
  }
}
const waiting = async () => (await countUnsent(hub.table)).waiting.reduce((sum, { count }) => sum + count, 0);

const newcomer = (time: number) => MemberId.parse(`newcomer-${tests}-${time}`);
const registration = (email: string, time = 0) =>
  registerOrganization({ ...hub }, newcomer(time), { organization: `新机构 ${tests} ${time}`, email, name: '某某' });
const help = (to: PartyId) => ({
  to,
  circumstance: 'bereaved',
  area: '青山区',
  help: '需要有人陪伴',
  person: { name: '某某', phone: '027-0000 8888' },
  consent: { version: presentConsent, how: 'spoken', by: 'person' },
});
const invitationTo = (email: string) => ({ email, language: 'zh', roles: ['coordinator'] });
const lead = { type: 'member', member: person('hub-lead') } as const;

/** That the mailbox had so many mails this hour already, of those that are counted by what causes these. */
const had = async (cause: () => MailCause, mails: number) => {
  for (let mail = 0; mail < mails; mail++) await mayMail(hub, cause(), victim);
};
/** Every way in which somebody has mail sent to an address, each once, and for what its mails are counted. */
const doors: Readonly<
  Record<string, { readonly counted: LimitedAction; cause(): MailCause; knock(time: number): Promise<unknown> }>
> = {
  'a request by anybody': {
    counted: 'mail/mailbox',
    cause: () => ({ type: 'receipt' }),
    knock: async (time) => tellAll((await submitted(hub, 'need', contact(spelt(time)))).id),
  },
  'a request that a hub types in': {
    counted: 'news/mailbox',
    cause: () => ({ type: 'news' }),
    knock: async (time) =>
      tellAll((await submitted(hub, 'need', contact(spelt(time)), { member: person('hub-coordinator') })).id),
  },
  'the registration of an organization': {
    counted: 'mail/mailbox',
    cause: () => ({ type: 'receipt' }),
    knock: async (time) => registration(spelt(time), time).then(deliver),
  },
  'the link of a case, asked for by anybody': {
    counted: 'send-link/mailbox',
    cause: () => ({ type: 'link', caseId: newCaseId('need') }),
    knock: async () => {
      const { id } = await submitted(hub, 'need', contact(victim));
      await askForLink(hub, { caseId: id, email: victim, language: 'zh' });
      await deliver();
    },
  },
  'the link of a case, sent by its coordinator': {
    counted: 'letter/mailbox',
    cause: () => ({ type: 'letter' }),
    knock: async (time) => {
      const { id } = await submitted(hub, 'need', contact(spelt(time)));
      await sendLinkAgain(hub, id, by('hub-coordinator'));
      await deliver();
    },
  },
  'an invitation': {
    counted: 'letter/mailbox',
    cause: () => ({ type: 'letter' }),
    knock: async (time) => {
      const made = await invite(hub, lead.member, invitationTo(spelt(time)));
      await deliver();
      await cancelInvitation(hub.table, lead.member, made.id);
    },
  },
  'an invitation that is sent again': {
    counted: 'letter/mailbox',
    cause: () => ({ type: 'letter' }),
    knock: async (time) => {
      const made = await invite(hub, lead.member, invitationTo(spelt(time)));
      await resendInvitation(hub.table, lead.member, made.id);
      await deliver();
      await cancelInvitation(hub.table, lead.member, made.id);
    },
  },
};

describe('a mailbox that confirmed nothing', () => {
  it.each(Object.keys(doors))('is not filled by %s', async (name) => {
    const door = doors[name] ?? expect.fail(name);
    await had(door.cause, allowances[door.counted].burst - 2);
    for (let time = 0; time < 5; time++) await door.knock(time);
    expect(theirs()).toHaveLength(2);
  });

  it('is not filled by referrals to an organization that somebody registered with its address', async () => {
    const { party } = await registration(victim);
    await had(() => ({ type: 'referral' }), allowances['referral/mailbox'].burst - 2);
    for (let time = 0; time < 5; time++) await referPerson(hub, help(party), lead, 'console');
    await deliver();
    expect(theirs().filter(({ subject }) => subject?.includes('转介'))).toHaveLength(2);
  });

  it('gets no more in a day than what all doors together may send, whoever knocks at all of them all day', async () => {
    for (let hour = 0; hour < 24; hour += 4) {
      vi.setSystemTime(start + hour * HOUR);
      for (const { knock } of Object.values(doors)) for (const time of [0, 1]) await knock(hour * 2 + time);
    }
    const most = (['mail/mailbox', 'letter/mailbox'] as const).reduce((sum, door) => sum + allowances[door].day, 0);
    const ofHub = theirs().filter(({ subject }) => subject?.endsWith('：已收到')).length;
    expect(theirs().length).toBeLessThanOrEqual(most + 12);
    // what a hub has to say is not held up by what strangers and leads send
    expect(theirs().length).toBeGreaterThan(most);
    expect(ofHub).toBeGreaterThanOrEqual(12);
  });
});

describe('a mail that is too many for its mailbox now', () => {
  it('comes by itself where nobody has said it otherwise: to whoever registered, was invited, referred to or decided about', async () => {
    await had(() => ({ type: 'receipt' }), allowances['mail/mailbox'].burst);
    await had(() => ({ type: 'letter' }), allowances['letter/mailbox'].burst);
    const registered: Member = await registration(victim);
    await invite(hub, lead.member, invitationTo(victim));
    await deliver();
    const before = theirs().length;
    expect(await waiting()).toBeGreaterThanOrEqual(2);
    await pass(4);
    expect(await waiting()).toBe(0);
    const later = theirs()
      .slice(before)
      .map(({ subject }) => subject);
    expect(later.toSorted()).toEqual(['【接力】有一份成员邀请', '【接力】请确认邮箱地址']);
    expect(registered.roles).toEqual(['manager']);
  });

  it('does not come any more once its link would be void', async () => {
    for (let hour = 0; hour < 2; hour++) {
      vi.setSystemTime(start + hour * HOUR);
      await had(() => ({ type: 'receipt' }), allowances['mail/mailbox'].burst);
    }
    await registration(victim);
    await deliver();
    const before = theirs().length;
    vi.setSystemTime(start + 4 * DAY);
    await tryWaiting(notifier);
    expect(theirs()).toHaveLength(before);
    expect(await waiting()).toBe(0);
  });

  it('is no answer to whoever sends it: the door says the same of a mailbox that is full and of one that has none', async () => {
    for (const type of ['receipt', 'letter'] as const) await had(() => ({ type }), 16);
    const answers = [victim, `empty${tests}@example.org`].map(async (email, index) => {
      const { id: _id, at: _at, email: _email, ...told } = await invite(hub, lead.member, invitationTo(email));
      const { roles, partyType } = await registration(email, index);
      return { told: { ...told, endsAt: '' }, roles, partyType };
    });
    const [full, empty] = await Promise.all(answers);
    expect(full).toEqual(empty);
  });
});

describe('a party that refers more people than anybody does', () => {
  it('is told so at the door', async () => {
    const to = PartyId.parse('river-foundation');
    const { burst } = allowances['referral/party'];
    for (let time = 0; time < burst; time++) await assertPartyMaySend(hub.table, lead.member.party, 'referral/party');
    await expect(referPerson(hub, help(to), lead, 'console')).rejects.toMatchObject({
      code: 'too-many-requests',
      params: { seconds: expect.any(Number) },
    });
  });
});
