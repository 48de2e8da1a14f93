import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { kindApis } from '../../functions/kinds/api.ts';
import { notify } from '../../functions/notify/notify.ts';
import type { Notifier } from '../../functions/notify/send-once.ts';
import { createSite } from '../../functions/site/app.tsx';
import { cover } from '../../functions/stages/cover/cover.ts';
import { secretOf } from '../../shared/case/track.ts';
import { mailboxHash } from '../../shared/case/undelivered.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { CASE_NUMBER, type CaseId, type Kind, MemberId, newCaseId, taskIdFor } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { invite } from '../../shared/people/invite.ts';
import { confirmAddress, registerOrganization } from '../../shared/people/organization.ts';
import { referPerson } from '../../shared/persons/referrals.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { listAddresses } from '../../shared/store/addresses.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { markUndeliverable } from '../../shared/store/undeliverable.ts';
import { Created } from '../engine/api-stand.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { aNotifier } from '../engine/notifier.ts';
import { aCaseIn, answerWith, aVolunteer, inputs, openProgramme, person } from '../factory/hub.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { noFiles } from '../fake/no-files.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

/** Somebody about whom is asked. */
interface Asked {
  readonly email: string;
  readonly phone: string;
  readonly organization: string;
  readonly volunteers: readonly ReturnType<typeof aVolunteer>[];
}
/** What a door gives: its answer, and what it asks of the table, which is how long it takes. */
interface Given {
  readonly status: number;
  readonly text: string;
  readonly calls: unknown;
}
type Ask = (asked: Asked) => Promise<Given>;

/** Somebody who registered an organization of their own, as anybody can. */
const stranger = MemberId.parse('stranger');
/** The same, who uses the console. */
const atConsole = MemberId.parse('stranger-at-console');

let stand: ConsoleStand;
let server: MailServer;
let notifier: Notifier;
let site: ReturnType<typeof createSite>;
/** Known by everything by which somebody can be, and nobody. */
let known: Asked;
let unknown: Asked;

/** What somebody sends in somebody's name. */
function request(kind: Kind, { email, phone, organization, volunteers }: Asked): object {
  const contact = { name: '某某', phone, email };
  return inputs[kind]({ contact, organization, ...(kind === 'insurance' && { volunteers }) });
}

/** An answer without what is each request's own, and without the very words that were asked. */
function plain(text: string, { email, phone, organization, volunteers }: Asked): string {
  const words = [email, phone, organization, ...volunteers.flatMap((one) => Object.values(one))];
  return words
    .reduce((rest, word) => rest.replaceAll(word, 'ASKED'), text)
    .replaceAll(new RegExp(`${CASE_NUMBER}-[\\w-]{22}`, 'g'), 'LINK')
    .replaceAll(new RegExp(`\\b(${CASE_NUMBER}|R[0-9A-HJKMNP-TV-Z]{9})\\b`, 'g'), 'NUMBER')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.Z]*/g, 'THEN')
    .replaceAll(/"(id|hash|draft|invitation)":"[^"]+"/g, '"$1":"OWN"')
    .replaceAll(/name="(csrf|once|draft)" value="[^"]*"/g, 'TOKEN')
    .replaceAll(/[\w.]*\*+[\w@.]*/g, 'MASKED');
}

async function given(asked: Asked, ask: () => Promise<{ readonly status: number; readonly text: string }>) {
  const [{ status, text }, calls] = await commandsDuring(stand.hub.table, ask);
  return { status, text: plain(text, asked), calls };
}

async function mailed(id: CaseId): Promise<void> {
  for (const event of (await readCaseFile(stand.hub.table, id))?.events ?? []) await notify(notifier, event);
}

/** Sends a request, lets the workflow and the mails go their way, and looks at the case by its link. */
async function sentAndSeen(
  kind: Kind,
  asked: Asked,
  look: (secret: string) => Promise<{ status: number; text: string }>,
) {
  const made = await stand.api('POST', kindApis[kind].submit.path, { body: request(kind, asked) });
  const { id, trackingUrl } = Created.parse(JSON.parse(made.text));
  await mailed(id);
  await stand.carryOn(id);
  await mailed(id);
  await hubIsKnown();
  return given(asked, () => look(trackingUrl.split('/track/')[1] ?? ''));
}
/** A page reads who the hub is once a minute, whoever looks: that is done before calls are counted. */
const hubIsKnown = () => site.request('http://hub.test/');
const byApi = (secret: string) => stand.api('GET', `/track/${secret}`);
const byPage = async (secret: string) => {
  const response = await site.request(`http://hub.test/track/${secret}`);
  return { status: response.status, text: await response.text() };
};

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  [stand, server] = [await startConsole(), await startMailServer()];
  const { hub } = stand;
  notifier = await aNotifier(hub, server);
  site = createSite({ hub, incoming: noFiles });
  await openProgramme(hub, { id: 'fund' });
  const people = () => [aVolunteer(), aVolunteer()];
  known = { email: 'office@known.example', phone: '027-6000 0001', organization: '江城第二医院', volunteers: people() };
  unknown = {
    email: 'office@never.example',
    phone: '027-6000 0002',
    organization: '江城第九医院',
    volunteers: people(),
  };
  const { email, phone, organization } = known;
  // an organization has confirmed the address, has cases, insured people, is invited, and somebody with the number was referred
  const manager = await registerOrganization(hub, MemberId.parse('known-manager'), {
    organization,
    email,
    name: '某某',
  });
  const [address] = await listAddresses(hub.table, manager.party);
  const link = { party: manager.party, id: address?.hash ?? '', version: 1 };
  await confirmAddress(hub, manager.id, letterSecret(await deriveKey(hub.macKeyId, 'letter'), 'address', link));
  for (const kind of ['need', 'grant'] as const)
    await aCaseIn(hub, kind, kind === 'need' ? 'verifying' : 'reviewing', {
      organization,
      contact: { name: '某某', phone, email },
    });
  const active = await aCaseIn(hub, 'insurance', 'active', { organization, volunteers: known.volunteers });
  await cover(hub.table, active.id);
  await invite(hub, person('hub-lead'), { email, language: 'zh', roles: ['coordinator'] });
  const lead = { type: 'member', member: person('hub-lead') } as const;
  await referPerson(hub, referral(known), lead, 'console');
  for (const who of [stranger, atConsole])
    await registerOrganization(hub, who, { organization: '路人小组', email: `${who}@example.org`, name: '某某' });
});
afterAll(async () => {
  await stand.stop();
  await server.stop();
});

const referral = ({ phone }: Asked) => ({
  to: 'river-foundation',
  circumstance: 'bereaved',
  area: '青山区',
  help: '需要有人陪伴',
  person: { name: '某某', phone },
  consent: { version: presentConsent, how: 'spoken', by: 'person' },
});
const proof = { shown: '电话核对' };
const answers = ({ email, phone, organization }: Asked) => ({
  organization,
  'contact.name': '某某',
  'contact.phone': phone,
  'contact.email': email,
});
const filledIn = {
  organizationType: 'hospital',
  'place.province': '江城省',
  'place.city': '江城市',
  'place.district': '青山区',
  'lines.0.item': '外科口罩',
  'lines.0.quantity': '500',
  'lines.0.unit': '只',
  urgency: 'normal',
  careTier: 'general',
  'delivery.address': '某路 1 号',
  purpose: '油费',
  'budget.0.description': '油费',
  'budget.0.amount': '1000',
};
const asStranger =
  (method: string, path: string, body?: (asked: Asked) => unknown): Ask =>
  (asked) =>
    given(asked, () => stand.api(method, path, { as: stranger, ...(body && { body: body(asked) }) }));

const byForm =
  (page: string, path: string, fields: (asked: Asked) => Readonly<Record<string, string>>): Ask =>
  async (asked) => {
    const reader = await stand.as(atConsole);
    await reader.get(page);
    return given(asked, async () => {
      const seen = await reader.post(path, fields(asked));
      return { status: seen.status, text: `${seen.location} ${seen.html}` };
    });
  };

/** A form of a draft, filled in with who is asked about, and kept or sent. */
const byDraft =
  (kind: 'need' | 'grant', action: 'save' | 'send'): Ask =>
  async (asked) => {
    const reader = await stand.as(atConsole);
    const page = await reader.get(`/console/drafts/new/${kind}${kind === 'grant' ? '?programme=fund' : ''}`);
    const [, path = ''] = /action="(\/console\/drafts\/[a-z0-9]{10})"/.exec(page.html) ?? [];
    const carried = [...page.html.matchAll(/name="(version|kind|programme|once)" value="([^"]*)"/g)];
    const fields = Object.fromEntries(carried.map(([, name = '', value = '']) => [name, value]));
    return given(asked, async () => {
      const typed = { ...fields, ...filledIn, ...answers(asked), consent: presentConsent };
      const seen = await reader.post(path, { ...typed, step: action === 'send' ? 'check' : 'who', action });
      const location = action === 'send' ? seen.location?.replace(/[^/]+$/, '') : seen.location;
      return { status: seen.status, text: `${location} ${seen.html.replaceAll(path, '')}` };
    });
  };

/** Somebody comes to the console with an account at the issuer that is nobody's here, under the address that is asked about. */
const bySignIn: Ask = async (asked) => {
  readers += 1;
  const reader = stand.open();
  const guest = `comer-${readers}`;
  stand.issuer.says(guest, { name: '某某', email: asked.email, verifiedEmail: asked.email });
  return given(asked, async () => {
    const begun = await reader.get(`/console/sign-in?${new URLSearchParams({ return: `/console?q=${asked.email}` })}`);
    const state = new URL(begun.location ?? '').searchParams.get('state') ?? '';
    const back = await reader.get(`/console/callback?${new URLSearchParams({ state, code: guest })}`);
    const first = await reader.get('/console');
    const form = await reader.get('/console/organization/new');
    return {
      status: first.status,
      text: [begun.status, back.status, back.location, first.html, form.html].join(' ').replaceAll(guest, 'GUEST'),
    };
  });
};

/** An application that came back to its applicant, of whose reviewers one has declared an interest; they give another contact. */
const byAnswer: Ask = async (asked) => {
  const own = { ...unknown, email: 'first@never.example', organization: '江城第三医院' };
  const { id } = await aCaseIn(stand.hub, 'grant', 'reviewing', request('grant', own));
  const secret = await secretOf(stand.hub, (await readCase(stand.hub.table, id)) ?? expect.fail(id));
  await stand.api('POST', `/cases/${id}/interests`, { as: 'many-roles', body: { reason: 'money' } });
  const reviewed = (await readCase(stand.hub.table, id)) ?? expect.fail(id);
  await answerWith(stand.hub, reviewed, { outcome: 'changes-requested', reason: '请补充' });
  const task = taskIdFor(await stand.carryOn(id));
  const { email, phone } = asked;
  const changes = { contact: { name: '某某', phone, email } };
  return given(asked, () =>
    stand.api('POST', `/track/${secret}/tasks/${task}/decision`, { body: { outcome: 'resubmitted', changes } }),
  );
};

let readers = 0;
/** Every door at which somebody without a right says who somebody is. */
const doors: Readonly<Record<string, Ask>> = {
  'a need': (asked) => given(asked, () => stand.api('POST', '/needs', { body: request('need', asked) })),
  'an application': (asked) => given(asked, () => stand.api('POST', '/grants', { body: request('grant', asked) })),
  'a request for insurance': (asked) =>
    given(asked, () => stand.api('POST', '/insurance-requests', { body: request('insurance', asked) })),
  'a need, by its link': (asked) => sentAndSeen('need', asked, byApi),
  'an application, by its link': (asked) => sentAndSeen('grant', asked, byApi),
  'a request for insurance, by its link': (asked) => sentAndSeen('insurance', asked, byApi),
  'a need, on its page': (asked) => sentAndSeen('need', asked, byPage),
  'an application, on its page': (asked) => sentAndSeen('grant', asked, byPage),
  'a request for insurance, on its page': (asked) => sentAndSeen('insurance', asked, byPage),
  'a roster that is looked through': (asked) =>
    given(asked, () => {
      const { volunteers, coverFrom, coverTo } = inputs.insurance({ volunteers: asked.volunteers });
      return stand.api('POST', '/roster-reviews', { body: { volunteers, coverFrom, coverTo } });
    }),
  'the link of a case, asked for again': (asked) =>
    given(asked, () =>
      stand.api('POST', '/link-requests', { body: { caseId: newCaseId('need'), email: asked.email } }),
    ),
  'a request as an organization of one’s own': asStranger('POST', '/needs', (asked) => request('need', asked)),
  'a draft': asStranger('POST', '/drafts', (asked) => ({ kind: 'insurance', answers: answers(asked) })),
  'an address that is to be one’s own': asStranger('POST', '/addresses', ({ email }) => ({ email })),
  'an invitation': asStranger('POST', '/invitations', ({ email }) => ({ email, roles: ['applicant'], language: 'zh' })),
  'a referral': asStranger('POST', '/referrals', referral),
  'an import': asStranger(
    'POST',
    '/imports',
    ({ organization, phone }) => `机构,电话,物资,数量\n${organization},${phone},口罩,1\n`,
  ),
  ...Object.fromEntries(
    (['/person-requests', '/person-requests/file', '/person-requests/erasure', '/person-requests/proof'] as const).map(
      (path) => [path, asStranger('POST', path, ({ email, phone }) => ({ mail: email, phone, ...proof }))],
    ),
  ),
  'the form of an invitation': byForm('/console/members', '/console/members', ({ email }) => ({
    email,
    roles: 'applicant',
    language: 'zh',
  })),
  'the form of an address': byForm('/console/requests', '/console/requests/addresses', ({ email }) => ({ email })),
  'the form of a referral': byForm('/console/referrals/new', '/console/referrals/new', ({ phone }) => ({
    'consent.how': 'spoken',
    'consent.by': 'person',
    to: 'river-foundation',
    circumstance: 'bereaved',
    area: '青山区',
    help: '需要有人陪伴',
    'person.name': '某某',
    'person.phone': phone,
  })),
  'the form of a person’s request': byForm('/console/requests', '/console/person-requests', ({ email, phone }) => ({
    mail: email,
    phone,
    ...proof,
  })),
  'the form of a draft of a need that is kept': byDraft('need', 'save'),
  'the form of a draft of a need that is sent': byDraft('need', 'send'),
  'the form of a draft of an application that is sent': byDraft('grant', 'send'),
  'the sign-in of somebody with the address': bySignIn,
  'an answer that brings the address': byAnswer,
  // whose colleague the known one is
  'an invitation that is accepted with somebody’s address': async (asked) => {
    readers += 1;
    const [manager] = await membershipsOf(stand.hub.table, MemberId.parse('known-manager'));
    const guest = `guest-${readers}`;
    const email = `${guest}@example.org`;
    const made = await invite(stand.hub, manager ?? expect.fail('nobody'), {
      email,
      language: 'zh',
      roles: ['applicant'],
    });
    const secret = letterSecret(await deriveKey(stand.hub.macKeyId, 'letter'), 'invitation', made);
    const reader = await stand.as(guest);
    await reader.get(`/console/invitations/${secret}`);
    return given(asked, async () => {
      const fields = { name: '某某', email: asked.email, language: 'zh' };
      const seen = await reader.post(`/console/invitations/${secret}`, fields);
      return {
        status: seen.status,
        text: [secret, email, guest, known.organization].reduce((rest, own) => rest.replaceAll(own, ''), seen.html),
      };
    });
  },
  'registration of an organization': async (asked) => {
    readers += 1;
    const reader = await stand.as(`newcomer-${readers}`);
    await reader.get('/console/organization/new');
    return given(asked, async () => {
      const { email, organization } = asked;
      const seen = await reader.post('/console/organization/new', { email, organization, name: '某某' });
      return { status: seen.status, text: `${seen.location} ${seen.html}` };
    });
  },
};

describe('whoever has no right learns the same of somebody who is known and of nobody', () => {
  it.each(Object.keys(doors))('by %s: the same answer, and the same work', async (name) => {
    const ask = doors[name] ?? expect.fail(name);
    const [first, second] = [await ask(known), await ask(unknown)];
    expect(first).toEqual(second);
    // it was asked, and not only refused for how it was written
    const asked = name.includes('accepted') ? [422] : name.includes('draft of') ? [303] : [200, 201, 303, 403];
    expect(asked).toContain(first.status);
    // asked once more, which tells nothing either
    expect((await ask(known)).status).toBe((await ask(unknown)).status);
  });

  it('on the page of an application in the name of somebody who decides about it', async () => {
    const look = (email: string) => sentAndSeen('grant', { ...unknown, email }, byPage);
    expect(await look('funder-reviewer@example.org')).toEqual(await look('funder-nobodyatall@example.org'));
  });

  it('on the page of an application whose only judge it names: it is not said that it was handed over', async () => {
    const look = async (email: string) => {
      const asked = { ...unknown, email, volunteers: [aVolunteer()] };
      const subject = await aCaseIn(stand.hub, 'insurance', 'binding', request('insurance', asked));
      await mailed(subject.id);
      await hubIsKnown();
      return given(asked, async () => byPage(await secretOf(stand.hub, subject)));
    };
    expect(await look('insurer@example.org')).toEqual(await look('nobody@never.example'));
  });

  it('on the page of a request to an address at which mail has not arrived, or was called junk', async () => {
    const email = 'junk@known.example';
    await markUndeliverable(stand.hub.table, await mailboxHash(stand.hub, email), instant(Date.now()));
    const look = (to: string) => sentAndSeen('need', { ...unknown, email: to }, byPage);
    expect(await look(email)).toEqual(await look('mail@never.example'));
  });
});
