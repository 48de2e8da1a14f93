import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { greetMailServer } from '../../cdk/cli/mail-server.ts';
import { takeFeedback } from '../../functions/notify/feedback.ts';
import { MAIL_TAG } from '../../functions/notify/mail-tag.ts';
import { createMailer } from '../../functions/notify/mailer.ts';
import { notify, tellAgain } from '../../functions/notify/notify.ts';
import type { Notifier } from '../../functions/notify/send-once.ts';
import { mailsAgain, tryWaiting } from '../../functions/notify/try-waiting.ts';
import { noteUnreached, resumeMail } from '../../shared/case/undelivered.ts';
import { MemberId, newSlug } from '../../shared/domain/ids.ts';
import type { MailFilter } from '../../shared/domain/letter.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { tellSince } from '../../shared/store/letters.ts';
import { countUnsent, mailsGivenUp } from '../../shared/store/mails.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { aNotifier, lettersOf, toOf } from '../engine/notifier.ts';
import { aCaseIn, answer, answerWith, broughtTo, by, openProgramme, submitted } from '../factory/hub.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let stand: HubStand;
let server: MailServer;
let hub: Hub;
let notifier: Notifier;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  stand = await startHub();
  ({ hub } = stand);
});
beforeEach(async () => {
  server = await startMailServer({ user: 'hub', password: 'right' });
  notifier = { ...(await aNotifier(hub, server)), mailer: withPassword('right') };
});
afterEach(async () => {
  vi.useRealTimers();
  await server.stop();
  // whatever a test left: the next begins with nothing that waits
  const open = await startMailServer();
  await mailsAgain(
    { ...notifier, mailer: createMailer('hub@example.org', 'smtp', { smtpUrl: open.url }) },
    asking('given-up'),
  );
  await open.stop();
});
afterAll(() => stand.stop());

const applicant = 'someone@example.org';
const asking = (which: 'waiting' | 'given-up') =>
  ({ type: 'mails-again', id: newSlug(), at: instant(Date.now()), which }) as const;
const withPassword = (password: string) =>
  createMailer('hub@example.org', 'smtp', { smtpUrl: server.url.replace('//', `//hub:${password}@`) });
const told = () => server.mails.map(toOf).toSorted();

async function tellLast(by: Notifier, { id }: Pick<Case, 'id'>, at?: number): Promise<void> {
  const event = (await readCaseFile(hub.table, id))?.events.at(-1);
  if (!event) throw new Error('nothing happened');
  await notify(by, { ...event, ...(at !== undefined && { at: instant(at) }) });
}
/** What SES says of the first mail that went to an address. */
function comingBack(emailAddress: string) {
  const name =
    server.mails
      .find((mail) => toOf(mail) === emailAddress)
      ?.messageId?.slice(1)
      .split('@')[0] ?? '';
  return (bounceType: 'Transient' | 'Permanent') =>
    takeFeedback(notifier, {
      source: 'aws.ses',
      detail: {
        bounce: { bounceType, bouncedRecipients: [{ emailAddress }] },
        mail: { tags: { [MAIL_TAG]: [name] } },
      },
    });
}
/** Lets the hours go by on the clock that the notifier reads. */
function pass(millis: number): void {
  const now = Date.now() + millis;
  vi.useFakeTimers({ toFake: ['Date'], now });
}
const unsent = async () => {
  const { waiting, givenUp } = await countUnsent(hub.table);
  const counts = (of: typeof waiting) => of.map(({ why, count }) => [why, count]);
  return { waiting: counts(waiting), givenUp: counts(givenUp) };
};

describe('a mail that the server does not take yet', () => {
  it('for a wrong password waits, holds up nobody, and comes once the password is right, once', async () => {
    const subjects = [await submitted(hub, 'need'), await submitted(hub, 'need')];
    const wrong = { ...notifier, mailer: withPassword('wrong') };
    for (const subject of subjects) await tellLast(wrong, subject);
    expect(await unsent()).toEqual({ waiting: [['sender', 2]], givenUp: [] });
    pass(HOUR);
    await tryWaiting(notifier);
    expect(told()).toEqual([applicant, applicant]);
    expect(await unsent()).toEqual({ waiting: [], givenUp: [] });
    for (const subject of subjects) await tellLast(notifier, subject);
    await tryWaiting(notifier);
    expect(server.mails).toHaveLength(2);
  });

  it('is left alone until it is due, and is tried less and less often while the password stays wrong', async () => {
    const subject = await submitted(hub, 'need');
    const tries: number[] = [];
    const wrong = { ...notifier, mailer: { send: counted(tries, withPassword('wrong')) } };
    await tellLast(wrong, subject);
    for (let hour = 0; hour < 48; hour++) {
      await tryWaiting(wrong);
      pass(HOUR);
    }
    expect(tries.length).toBeGreaterThan(6);
    expect(tries.length).toBeLessThan(16);
  });

  it('comes before it is due when another one shows that the server takes mail again', async () => {
    const wrong = { ...notifier, mailer: withPassword('wrong') };
    await tellLast(wrong, await submitted(hub, 'need'));
    for (let hour = 0; hour < 24; hour++) {
      pass(HOUR);
      await tryWaiting(wrong);
    }
    await tellLast(wrong, await submitted(hub, 'need'));
    pass(HOUR / 2);
    await tryWaiting(notifier);
    expect(told()).toEqual([applicant, applicant]);
  });

  it('is given up after days, kept, and sent when an operator asks for it', async () => {
    const subject = await submitted(hub, 'need');
    const wrong = { ...notifier, mailer: withPassword('wrong') };
    await tellLast(wrong, subject);
    pass(4 * DAY);
    await tryWaiting(wrong);
    expect((await unsent()).givenUp).toEqual([]);
    pass(2 * DAY);
    await tryWaiting(wrong);
    expect(await unsent()).toEqual({ waiting: [], givenUp: [['sender', 1]] });
    await tryWaiting(notifier);
    expect(server.mails).toEqual([]);
    await mailsAgain(notifier, asking('given-up'));
    expect(told()).toEqual([applicant]);
    expect(await unsent()).toEqual({ waiting: [], givenUp: [] });
  });

  it('is sent again alone, with those of its case, or with those of its reason: the others stay', async () => {
    const [first, second] = [await submitted(hub, 'need'), await submitted(hub, 'need')];
    const other = { name: '某某', phone: '027-00001234', email: 'other@example.org' };
    const third = await submitted(hub, 'need', { contact: other });
    const wrong = { ...notifier, mailer: withPassword('wrong') };
    for (const subject of [first, second]) await tellLast(wrong, subject);
    pass(6 * DAY);
    await tryWaiting(wrong);
    server.refused.set(other.email, 550);
    await tellLast(notifier, third);
    server.refused.clear();
    expect((await unsent()).givenUp.toSorted()).toEqual([
      ['recipient', 1],
      ['sender', 2],
    ]);
    const some = (some: MailFilter) => mailsAgain(notifier, { ...asking('given-up'), some });
    const subjects = () => server.mails.map(({ subject = '' }) => /\w{10}/.exec(subject)?.[0]);

    await some({ caseId: first.id });
    expect(subjects()).toEqual([first.id]);
    await some({ why: 'recipient' });
    expect(subjects()).toEqual([first.id, third.id]);
    const [last] = await mailsGivenUp(hub.table, 10);
    await some({ name: 'no such mail' });
    expect(subjects()).toEqual([first.id, third.id]);
    await some({ name: last?.name });
    expect(subjects()).toEqual([first.id, third.id, second.id]);
    expect(await unsent()).toEqual({ waiting: [], givenUp: [] });
  });

  it('while a server is away is first tried by the stream, then waits', async () => {
    const away = { ...notifier, mailer: createMailer('hub@example.org', 'smtp', { smtpUrl: 'smtp://127.0.0.1:1' }) };
    const subject = await submitted(hub, 'need');
    await expect(tellLast(away, subject)).rejects.toMatchObject({ code: 'ESOCKET' });
    await tellLast(away, subject, Date.now() - HOUR);
    expect((await unsent()).waiting).toEqual([['server', 1]]);
    await mailsAgain(notifier, asking('waiting'));
    expect(told()).toEqual([applicant]);
  });

  it('for a mailbox that is full waits alone: the others have their mail', async () => {
    server.refused.set(applicant, 452);
    const full = await submitted(hub, 'need');
    await tellLast(notifier, full, Date.now() - HOUR);
    await tellLast(
      notifier,
      await submitted(hub, 'need', { contact: { name: '某某', phone: '027-00001234', email: 'other@example.org' } }),
    );
    expect(told()).toEqual(['other@example.org']);
    pass(HOUR);
    await tryWaiting(notifier);
    expect((await unsent()).waiting).toEqual([['put-off', 1]]);
    server.refused.clear();
    pass(HOUR);
    await tryWaiting(notifier);
    expect(told()).toEqual(['other@example.org', applicant]);
  });

  it('is not sent any more once somebody has answered what it asked', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const wrong = { ...notifier, mailer: withPassword('wrong') };
    await tellLast(wrong, subject);
    expect((await unsent()).waiting).toEqual([['sender', 2]]);
    await answer(hub, subject);
    await mailsAgain(notifier, asking('waiting'));
    expect(server.mails).toEqual([]);
    expect((await unsent()).waiting).toEqual([]);
  });

  it('that went out though the function was killed before it wrote that down goes out again under the same Message-ID', async () => {
    const subject = await submitted(hub, 'need');
    await tellLast({ ...notifier, mailer: withPassword('wrong') }, subject);
    const table = interceptTable(notifier.table, (command) => {
      if (/^TransactWrite/.test(command)) throw new Error('the function was killed');
    });
    await mailsAgain({ ...notifier, table }, asking('waiting'));
    await mailsAgain(notifier, asking('waiting'));
    expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect((await unsent()).waiting).toEqual([]);
  });
});

describe('a mail that is tried again at once', () => {
  it('holds up those behind it for two minutes where one mailbox takes none now, for ten where the server is away', async () => {
    const subject = await submitted(hub, 'need', {
      contact: { name: '某某', phone: '027-00001234', email: 'grey@example.org' },
    });
    server.refused.set('grey@example.org', 450);
    const away = { ...notifier, mailer: createMailer('hub@example.org', 'smtp', { smtpUrl: 'smtp://127.0.0.1:1' }) };
    const ago = (minutes: number) => Date.now() - minutes * MINUTE;
    await expect(tellLast(notifier, subject, ago(1))).rejects.toMatchObject({ responseCode: 450 });
    await expect(tellLast(away, subject, ago(9))).rejects.toThrow('ECONNREFUSED');
    expect((await unsent()).waiting).toEqual([]);
    await tellLast(notifier, subject, ago(3));
    expect((await unsent()).waiting).toEqual([['put-off', 1]]);
    server.refused.clear();
    await mailsAgain(notifier, asking('waiting'));
    pass(HOUR);
    await tryWaiting(notifier);
    expect(told()).toEqual(['grey@example.org']);
  });
});

describe('a mail whose address the server refuses', () => {
  it('is given up at once also where its case changes while it is told of it', async () => {
    const email = 'refused@example.org';
    const subject = await submitted(hub, 'need', { contact: { name: '某某', phone: '027-00001234', email } });
    await tellLast({ ...notifier, mailer: withPassword('wrong') }, subject);
    server.refused.set(email, 550);
    const member = MemberId.parse('hub-lead');
    let isChanged = false;
    const table = interceptTable(notifier.table, async (_, input) => {
      if (isChanged || !JSON.stringify(input).includes('mail-undelivered')) return;
      isChanged = true;
      await noteUnreached(hub.table, subject.id, member, { why: 'bounced', isNews: true });
    });
    await mailsAgain({ ...notifier, table }, asking('waiting'));
    expect(isChanged).toBe(true);
    expect(await unsent()).toEqual({ waiting: [], givenUp: [['recipient', 1]] });
    expect((await readCaseFile(hub.table, subject.id))?.events.map(({ type }) => type)).toContain('mail-undelivered');
  });

  it('is given up at once, and kept: sent again when somebody says so', async () => {
    server.refused.set(applicant, 550);
    const subject = await submitted(hub, 'need');
    await tellLast(notifier, subject);
    expect(await unsent()).toEqual({ waiting: [], givenUp: [['recipient', 1]] });
    server.refused.clear();
    pass(DAY);
    await tryWaiting(notifier);
    expect(server.mails).toEqual([]);
    await mailsAgain(notifier, asking('given-up'));
    expect(told()).toEqual([applicant]);
  });
});

describe('an applicant’s address that the server refuses', () => {
  const events = async ({ id }: Pick<Case, 'id'>) =>
    (await readCaseFile(hub.table, id))?.events.map(({ type }) => type) ?? [];
  const email = 'gone@example.org';
  const submit = () => submitted(hub, 'need', { contact: { name: '某某', phone: '027-00001234', email } });

  it('is told in its case, once, and to the coordinators; no more mail goes there until one of them says that it is right', async () => {
    server.refused.set(email, 550);
    const first = await submit();
    await tellLast(notifier, first);
    expect(await events(first)).toEqual(['submitted', 'mail-undelivered']);
    await tellLast(notifier, first);
    expect(told()).toEqual(['hub-coordinator@example.org', 'hub-lead@example.org']);
    expect(server.mails.map(({ subject }) => subject).join()).toContain('邮件无法送达申请方');
    expect(server.mails[0]?.text).not.toContain(email);

    // the server would take it now, but nobody has said that the address is right: another case’s coordinators hear of it too
    server.refused.clear();
    const second = await submit();
    await tellLast(notifier, second);
    expect(told()).not.toContain(email);
    expect(await events(second)).toEqual(['submitted', 'mail-undelivered']);

    await resumeMail(hub, second.id, by('hub-lead'));
    expect(await events(second)).toEqual(['submitted', 'mail-undelivered', 'mail-resumed']);
    await tellLast(notifier, second);
    expect(told()).toContain(email);
    expect(server.mails.at(-1)?.text).toContain('/track/');
    await tellLast(notifier, await submit());
    expect(told().filter((to) => to === email)).toHaveLength(2);
  });
});

describe('a member’s address to which mail about a case does not go', () => {
  const unreached = async ({ id }: Pick<Case, 'id'>) =>
    ((await readCaseFile(hub.table, id))?.events ?? []).flatMap((event) =>
      event.type === 'member-unreached' ? [[event.whose, event.party, event.why]] : [],
    );
  const asked = async (kind: 'need' | 'grant', stage: string) => {
    const subject = await aCaseIn(hub, kind, stage);
    server.mails.length = 0;
    await tellLast(notifier, subject);
    return subject;
  };
  const sent = () => server.mails.map(toOf).toSorted();

  it('is told in the case, once, and to coordinators and who leads the member', async () => {
    await openProgramme(hub, { id: 'fund' });
    server.refused.set('funder-reviewer@example.org', 550);
    const subject = await asked('grant', 'reviewing');
    const whom = [['funder-reviewer', 'river-foundation', 'refused']];
    expect(await unreached(subject)).toEqual(whom);
    server.mails.length = 0;
    await tellLast(notifier, subject);
    expect(sent()).toEqual(['funder-approver@example.org', 'hub-coordinator@example.org', 'hub-lead@example.org']);
    expect(server.mails.map(({ subject: line }) => line).join()).toContain('邮件无法送达一位经办人');
    const back = await answerWith(hub, subject, { outcome: 'changes-requested', reason: '请补充' });
    await tellLast(notifier, await broughtTo(hub, back, 'reviewing'));
    expect(await unreached(subject)).toEqual(whom);
    // no more mail goes there, and the next case of theirs says so too
    server.refused.clear();
    expect(await unreached(await asked('grant', 'reviewing'))).toEqual(whom);
    expect(sent()).not.toContain('funder-reviewer@example.org');
  });

  it('is told to who leads the party, where it is the coordinator’s own', async () => {
    server.refused.set('hub-coordinator@example.org', 550);
    const subject = await asked('need', 'verifying');
    expect(await unreached(subject)).toEqual([['hub-coordinator', 'hub', 'refused']]);
    server.mails.length = 0;
    await tellLast(notifier, subject);
    expect(sent()).toEqual(['hub-lead@example.org']);
    // nor is it tried to tell them of it
    expect((await unsent()).givenUp).toEqual([['recipient', 1]]);
  });

  it('is told again when it came back again after mail had gone there, and also where the mailbox was full', async () => {
    const subject = await asked('need', 'verifying');
    const comesBack = comingBack('hub-lead@example.org');
    await comesBack('Transient');
    expect(await unreached(subject)).toEqual([['hub-lead', 'hub', 'given-up']]);
    for (const _ of [1, 2]) {
      await mailsAgain(notifier, asking('given-up'));
      await comesBack('Permanent');
    }
    expect(await unreached(subject)).toEqual([
      ['hub-lead', 'hub', 'given-up'],
      ['hub-lead', 'hub', 'bounced'],
      // it had been sent there again, since somebody said that the address is right
      ['hub-lead', 'hub', 'bounced'],
    ]);
  });
});

describe('a mail to an applicant that is given up, though nobody says that the address is wrong', () => {
  const undelivered = async ({ id }: Pick<Case, 'id'>) =>
    ((await readCaseFile(hub.table, id))?.events ?? []).filter(({ type }) => type === 'mail-undelivered');
  const aboutCase = ({ id }: Pick<Case, 'id'>) => server.mails.filter(({ subject }) => subject?.includes(id));

  it('after days is told in its case and to the coordinators, and the next mail is sent', async () => {
    server.refused.set(applicant, 452);
    const subject = await submitted(hub, 'need');
    await tellLast(notifier, subject, Date.now() - HOUR);
    pass(6 * DAY);
    await tryWaiting(notifier);
    expect(await undelivered(subject)).toMatchObject([{ why: 'given-up', by: { type: 'workflow' } }]);
    await tellLast(notifier, subject);
    expect(aboutCase(subject)).toHaveLength(2);
    expect(
      aboutCase(subject)
        .map(({ text }) => text)
        .join(),
    ).toContain('多次尝试');
    server.refused.clear();
    await tellLast(notifier, await submitted(hub, 'need'));
    expect(told()).toContain(applicant);
  });

  it('by SES, for a full mailbox, is told as well; that the address does not exist is news after that', async () => {
    const subject = await submitted(hub, 'need');
    await tellLast(notifier, subject);
    const comesBack = comingBack(applicant);
    await comesBack('Transient');
    expect(await undelivered(subject)).toMatchObject([{ why: 'given-up' }]);
    expect((await unsent()).givenUp).toEqual([['put-off', 1]]);
    await mailsAgain(notifier, asking('given-up'));
    await comesBack('Transient');
    expect(await undelivered(subject)).toHaveLength(1);
    await mailsAgain(notifier, asking('given-up'));
    await comesBack('Permanent');
    expect(await undelivered(subject)).toMatchObject([{ why: 'given-up' }, { why: 'bounced' }]);
  });
});

describe('the mail server, looked at when the stack starts', () => {
  const greeting = async (password: string, mailFrom = 'hub@example.org') => {
    const lines: string[] = [];
    const smtpUrl = server.url.replace('//', `//hub:${password}@`);
    await greetMailServer(hub.table, { smtpUrl, mailFrom }, (line) => lines.push(line));
    return lines.join();
  };

  it('is said to let us in, or not with that password, and nothing is sent', async () => {
    expect(await greeting('right')).toContain('it lets us in');
    expect(await greeting('wrong')).toMatch(/IT DOES NOT LET US IN \(.*535/);
    expect(server.mails).toEqual([]);
  });

  it('is said to take nothing from a sender that is not ours, also where it says so of the first recipient alone', async () => {
    server.refusedSenders.add('hub@example.org');
    expect(await greeting('right')).toMatch(/IT DOES NOT LET US IN \(.*not your address/);
    server.refusedSenders.clear();
    server.refused.set('hub@example.org', 554);
    expect(await greeting('right')).toContain('IT DOES NOT LET US IN');
    // no mailbox has that name, which is no matter for who only sends
    server.refused.set('hub@example.org', 550);
    expect(await greeting('right')).toContain('it lets us in');
  });
});

describe('what a stream lost, or set aside', () => {
  it('is told again by its period, longer than the stream keeps it, and what was mailed is not mailed twice', async () => {
    const [mailed, lost] = [await submitted(hub, 'need'), await submitted(hub, 'need')];
    await tellLast(notifier, mailed);
    expect(server.mails).toHaveLength(1);
    const since = instant(Date.parse(mailed.submittedAt));
    expect(await tellSince(hub.table, since)).toBeGreaterThanOrEqual(2);
    for (const letter of await lettersOf(hub)) {
      if (letter.type === 'tell-again') await tellAgain(notifier, letter);
    }
    const about = server.mails.map(({ subject = '' }) => subject);
    for (const { id } of [mailed, lost]) expect(about.filter((subject) => subject.includes(id))).toHaveLength(1);
  });
});

function counted(tries: number[], { send }: Notifier['mailer']): Notifier['mailer']['send'] {
  return (mail) => {
    tries.push(Date.now());
    return send(mail);
  };
}
