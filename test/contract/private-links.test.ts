import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { sendLetter } from '../../functions/notify/letter.ts';
import { notify } from '../../functions/notify/notify.ts';
import type { Notifier } from '../../functions/notify/send-once.ts';
import { createSite } from '../../functions/site/app.tsx';
import { decideTask } from '../../shared/case/decide.ts';
import { revokeLink, sendLinkAgain } from '../../shared/case/revoke-link.ts';
import { openLink, secretOf } from '../../shared/case/track.ts';
import { allowances } from '../../shared/domain/allowances.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { newCaseId, PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { answerReferral, referPerson } from '../../shared/persons/referrals.ts';
import { marksOf } from '../../shared/store/case-item.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { keys } from '../../shared/store/keys.ts';
import { listMembers } from '../../shared/store/parties.ts';
import { sessionHash, startSession } from '../../shared/store/sessions.ts';
import { batchPut } from '../../shared/store/table.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { aNotifier, lettersOf } from '../engine/notifier.ts';
import { aCaseIn, answer, applicantOf, by, person, submitted, taskOf } from '../factory/hub.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { noFiles } from '../fake/no-files.ts';

let stand: HubStand;
let server: MailServer;
let hub: Hub;
let notifier: Notifier;
let site: ReturnType<typeof createSite>;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  [stand, server] = [await startHub(), await startMailServer()];
  ({ hub } = stand);
  site = createSite({ hub, incoming: noFiles });
  notifier = await aNotifier(hub, server);
});
afterEach(() => {
  server.mails.length = 0;
});
afterAll(async () => {
  await stand.stop();
  await server.stop();
});

const from = { door: 'site', address: '203.0.113.1' } as const;

describe('a private link that is opened', () => {
  it('names in the trail who opens it while signed in, and says “applicant” of everybody else', async () => {
    const subject = await submitted(hub, 'need');
    const path = `/track/${await secretOf(hub, subject)}`;
    const { id: member, party } = person('hub-coordinator');
    const [now, cookie, stale] = [Date.now(), 'c'.repeat(43), 's'.repeat(43)];
    const session = { member, party, startedAt: instant(now), askAgainAt: instant(now + 60_000), revision: 1 };
    await startSession(hub.table, sessionHash(cookie), { ...session, endsAt: instant(now + 60_000) });
    await startSession(hub.table, sessionHash(stale), { ...session, endsAt: instant(now - 1) });
    const open = (headers: Record<string, string>) => site.request(path, { headers });
    for (const sent of [{}, { cookie: `jieli-session=${stale}` }, { cookie: `jieli-session=${cookie}` }])
      expect((await open({ ...sent })).status).toBe(200);
    expect((await readTraces(hub.table, subject.id)).map(({ trace: { by, door } }) => ({ by, door }))).toEqual([
      { by: { type: 'applicant' }, door: 'site' },
      { by: { type: 'member', member, party }, door: 'site' },
    ]);
  });
});

describe('a referral', () => {
  const MARK = '甄秘密';
  const input = {
    to: 'river-foundation',
    circumstance: 'bereaved',
    area: '青山区',
    help: `${MARK}需要有人陪伴`,
    person: { name: MARK, phone: '027-0000 8888' },
    consent: { version: presentConsent, how: 'spoken', by: 'person' },
  };
  const coordinator = { type: 'member', member: person('hub-lead') } as const;
  const mailed = async () => {
    const seen = server.mails.length;
    for (const letter of await letters()) if (letter.type === 'referral') await sendLetter(notifier, letter);
    return server.mails.slice(seen);
  };

  it('tells those who may answer it that it waits, and that it ended; nothing of the person is in either mail', async () => {
    const id = await referPerson(hub, input, coordinator, 'console');
    const offered = await mailed();
    const answering = (await listMembers(hub.table, PartyId.parse('river-foundation'))).filter(({ roles }) =>
      roles.some((role) => role !== 'finance'),
    );
    expect(offered.flatMap(({ to }) => [to].flat().map((each) => each?.text)).sort()).toEqual(
      answering.map(({ email }) => email).sort(),
    );
    expect(offered[0]?.text).toContain(`https://hub.example.org/console/referrals/${id}
`);
    expect(offered[0]?.subject).toContain(id);
    await answerReferral(hub, id, 'withdrawn', coordinator, 'console');
    const withdrawn = await mailed();
    // the letter that it waits has been overtaken, and comes to nothing more
    expect(withdrawn).toHaveLength(answering.length);
    for (const mail of [...offered, ...withdrawn])
      expect(JSON.stringify(mail)).not.toMatch(/甄秘密|8888|青山区|丧亲|[Bb]ereaved/);
    expect(JSON.stringify(await letters())).not.toContain(MARK);
  });
});

let boxes = 0;
/** A need whose contact has a mailbox of their own: links are counted by mailbox. */
async function aNeed(): Promise<Case & { readonly box: string }> {
  boxes += 1;
  const box = `box${boxes}@example.org`;
  const subject = await submitted(hub, 'need', { contact: { name: '某某', phone: '027-0000 1234', email: box } });
  return { ...subject, box };
}

const letters = () => lettersOf(hub);

function ask(number: string, email: string, language = 'zh') {
  return site.request('http://hub.test/track/again', {
    method: 'POST',
    headers: { 'accept-language': language },
    body: new URLSearchParams({ number, email }),
  });
}

/** Asks at the door and does what the stream brings on. */
async function askAndSend(number: string, email: string) {
  const known = new Set((await letters()).map(({ id }) => id));
  const response = await ask(number, email);
  const posted = (await letters()).filter(({ id }) => !known.has(id));
  for (const letter of posted) await sendLetter(notifier, letter);
  return { response, posted };
}

const linkIn = (text: string | undefined) => /\/track\/([^?\s]+)/.exec(text ?? '')?.[1] ?? '';

describe('asking for a private link again', () => {
  it('mails it where case number and address belong together, whatever their spelling', async () => {
    const subject = await aNeed();
    const spelt = `${subject.id.slice(0, 4).toLowerCase()} ${subject.id.slice(4).replaceAll('0', 'o')}`;
    await askAndSend(spelt, subject.box.toUpperCase());
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]?.subject).toBe(`【接力】${subject.id} 的专属链接`);
    expect(linkIn(server.mails[0]?.text)).toBe(await secretOf(hub, subject));
    expect((await openLink(hub, linkIn(server.mails[0]?.text), from)).subject.id).toBe(subject.id);
  });

  it('answers the same, does the same and takes the same way, whether or not they do, and mails nobody else', async () => {
    const subject = await aNeed();
    const answers = [
      await askAndSend(subject.id, subject.box),
      await askAndSend(subject.id, 'stranger@example.org'),
      await askAndSend(newCaseId('need'), subject.box),
    ];
    expect(server.mails).toHaveLength(1);
    const seen = await Promise.all(
      answers.map(async ({ response, posted }) => ({
        status: response.status,
        location: response.headers.get('location'),
        headers: [...response.headers.keys()].sort(),
        body: await response.text(),
        posted: posted.map((letter) => Object.keys(letter).sort()),
      })),
    );
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(seen[0]).toMatchObject({ status: 303, location: '/track/asked' });
  });

  it('reads nothing of the case at the door: the time it takes cannot tell', async () => {
    const subject = await aNeed();
    const [, right] = await commandsDuring(hub.table, () => ask(subject.id, subject.box));
    const [, wrong] = await commandsDuring(hub.table, () => ask(subject.id, 'stranger@example.org'));
    expect(wrong).toEqual(right);
    expect(right).not.toEqual([]);
    expect(right.filter((name) => /Get|Query/.test(name))).toEqual([]);
  });

  it('stores neither link nor address', async () => {
    const subject = await aNeed();
    await askAndSend(subject.id, subject.box);
    const items = (await contentsOf(hub.table)).filter(({ entity }) => entity !== 'case');
    const text = JSON.stringify(items);
    expect(text).not.toContain(await secretOf(hub, subject));
    expect(text).not.toContain(subject.box);
  });

  it('mails the same Message-ID when the stream brings the letter twice', async () => {
    const subject = await aNeed();
    const { posted } = await askAndSend(subject.id, subject.box);
    for (const letter of posted) await sendLetter(notifier, letter);
    expect(server.mails).toHaveLength(1);
  });

  it('mails at most a few a day for one case and address, and answers as before', async () => {
    const subject = await aNeed();
    const responses = [];
    for (let time = 0; time < 6; time++) responses.push((await askAndSend(subject.id, subject.box)).response.status);
    expect(new Set(responses)).toEqual(new Set([303]));
    expect(server.mails.length).toBeGreaterThan(0);
    expect(server.mails.length).toBeLessThan(4);
  });

  it('leaves what a coordinator sends alone, when strangers have used up what is theirs together', async () => {
    const key = keys.limit('send-link/everybody', 'all', Math.floor(Date.now() / 86_400_000));
    const all = { ...key, entity: 'limit', day: allowances['send-link/everybody'].day };
    await batchPut(hub.table, [all]);
    const subject = await aNeed();
    await askAndSend(subject.id, subject.box);
    expect(server.mails).toHaveLength(0);
    const known = new Set((await letters()).map(({ id }) => id));
    await sendLinkAgain(hub, subject.id, by('hub-coordinator'));
    for (const letter of await letters()) if (!known.has(letter.id)) await sendLetter(notifier, letter);
    expect(server.mails).toHaveLength(1);
    await batchPut(hub.table, [{ ...all, day: 0 }]);
  });

  it('says what is wrong with a number or address that cannot be one, and keeps what was typed', async () => {
    const before = (await letters()).length;
    const response = await ask('N12', 'nobody', 'en');
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain('A case number has ten characters');
    expect(html).toContain('Enter an e-mail address');
    expect(html).toContain('value="N12"');
    expect(await letters()).toHaveLength(before);
  });
});

describe('revoking a private link', () => {
  it('makes it void at once: the old link answers 410 and says how to get another', async () => {
    const subject = await aNeed();
    const old = await secretOf(hub, subject);
    const page = await site.request(`http://hub.test/track/${old}/revocation`);
    expect(await page.text()).toContain('b***@example.org');
    const once = crypto.randomUUID();
    const revoke = () =>
      site.request(`http://hub.test/track/${old}/revocation`, { method: 'POST', body: new URLSearchParams({ once }) });
    const done = await revoke();
    expect([done.status, done.headers.get('location')]).toEqual([303, '/track/replaced']);
    const gone = await site.request(`http://hub.test/track/${old}`);
    expect(gone.status).toBe(410);
    expect(await gone.text()).toContain(`href="/track/again?case=${subject.id}"`);
    const after = await readCase(hub.table, subject.id);
    expect(after).toMatchObject({ linkVersion: 2, version: 2 });
    // the new one is for the mailbox only: whoever had the old one does not get it
    const next = after && (await secretOf(hub, after));
    expect(await (await site.request('http://hub.test/track/replaced')).text()).not.toContain(next);
    expect((await openLink(hub, next ?? '', from)).subject.id).toBe(subject.id);
    expect((await revoke()).status).toBe(410);
  });

  it('mails the new one to the contact', async () => {
    const subject = await aNeed();
    await revokeLink(hub, subject.id, by('hub-coordinator'));
    const event = (await readCaseFile(hub.table, subject.id))?.events.at(-1);
    expect(event).toMatchObject({ type: 'link-revoked', by: { type: 'member', member: 'hub-coordinator' } });
    if (!event) return;
    expect(marksOf(event).notify).toBe('yes');
    await notify(notifier, event);
    expect(server.mails.map((mail) => mail.subject)).toEqual([`【接力】物资需求 ${subject.id}：新的专属链接`]);
    expect((await openLink(hub, linkIn(server.mails[0]?.text), from)).subject.linkVersion).toBe(2);
  });

  it('shows the new one on the page where there is no address to mail it to', async () => {
    const subject = await submitted(hub, 'need', { contact: { name: '某某', phone: '027-0000 1234' } });
    const old = await secretOf(hub, subject);
    const done = await site.request(`http://hub.test/track/${old}/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ once: crypto.randomUUID() }),
    });
    const shown = done.headers.get('location') ?? '';
    expect(shown).toMatch(/\/sent$/);
    expect((await site.request(`http://hub.test${shown}`)).status).toBe(200);
  });

  it('takes the links along that it led to, and mails one', async () => {
    const subject = await aCaseIn(hub, 'need', 'approving');
    const { children } = await answer(hub, subject, { lines: [{ line: 'L1', quantity: 1 }] });
    const child = children[0] && (await readCase(hub.table, children[0]));
    if (!child) throw new Error('nothing was left over');
    const led = await secretOf(hub, child);
    await revokeLink(hub, subject.id, applicantOf(subject.id));
    await expect(openLink(hub, led, from)).rejects.toMatchObject({ code: 'link-revoked' });
    const event = (await readCaseFile(hub.table, child.id))?.events.at(-1);
    expect(event && marksOf(event).notify).toBeUndefined();
  });

  it('is for the applicant and the hub of the case; others find nothing', async () => {
    const subject = await aNeed();
    const other = await aNeed();
    await expect(revokeLink(hub, subject.id, applicantOf(other.id))).rejects.toMatchObject({ code: 'not-found' });
    for (const person of ['funder-approver', 'insurer'])
      await expect(revokeLink(hub, subject.id, by(person))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('loses nothing when somebody decides at the same moment', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await Promise.all([
      revokeLink(hub, subject.id, applicantOf(subject.id)),
      decideTask(hub, taskOf(subject), { outcome: 'verified' }, by('hub-coordinator')),
    ]);
    expect(await readCase(hub.table, subject.id)).toMatchObject({ stage: 'matching', linkVersion: 2 });
  });

  it('tells nobody that a link is void who never had it', async () => {
    const subject = await aNeed();
    await revokeLink(hub, subject.id, by('hub-coordinator'));
    const guessed = `${subject.id}-${'A'.repeat(22)}`;
    await expect(openLink(hub, guessed, from)).rejects.toMatchObject({ code: 'not-found' });
  });
});
