import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AnyAnswer, apiClient } from '../../cdk/cli/api-client.ts';
import { sendNeed } from './applicant.ts';
import { openAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { type Stand, startStand } from './stand.ts';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.close());

const lines = [{ item: '医用口罩', quantity: 100, unit: '只' }];
const linkIn = (text = '') => /https?:\/\/\S+/.exec(text)?.[0] ?? '';
const pathOf = (link: string) => {
  const { pathname, search } = new URL(link);
  return pathname + search;
};

async function signInAs(reader: Reader, sub: string) {
  await reader.turn(() => reader.page.locator(`button[name="sub"][value="${sub}"]`).click());
}

describe.each([
  {
    language: 'zh',
    guest: 'newcomer',
    invite: '发送邀请',
    sent: '邀请已发送',
    accept: '接受邀请',
    signIn: '登录',
    founder: 'founder',
    registerPage: '登记您的机构',
    register: '登记并发送确认邮件',
    confirmSubject: '【接力】请确认邮箱地址',
    confirm: '确认',
  },
  {
    language: 'en',
    guest: 'newcomer-en',
    invite: 'Send the invitation',
    sent: 'on its way',
    accept: 'Accept',
    signIn: 'Sign in',
    founder: 'founder-en',
    registerPage: 'Register your organization',
    register: 'Register and send the letter',
    confirmSubject: '[Jieli] Please confirm your mail address',
    confirm: 'Confirm',
  },
] as const)('in $language', ({ language, guest, invite, sent, accept, signIn, ...text }) => {
  it('a lead invites somebody by mail, who signs in and is a member then; removed, they are outside', async () => {
    const lead = await stand.reader({ language, viewport: 'phone' });
    await openAs(lead, 'programme-manager', '/console/members');
    await lead.fill({ email: `${guest}@mail.example`, language });
    await lead.page.locator('#invite input[name="roles"][value="reviewer"]').check();
    await lead.press(invite);
    expect(await lead.text()).toContain(sent);
    const [mail] = await stand.mails(`${guest}@mail.example`);
    expect(mail?.subject).not.toContain(guest);
    const invited = await stand.reader({ language, viewport: 'phone' });
    await invited.open(pathOf(linkIn(mail?.text)));
    expect(await invited.text()).toContain(`${guest}@mail.example`);
    await invited.follow(signIn);
    await signInAs(invited, guest);
    await invited.press(accept);
    expect(new URL(invited.page.url()).pathname).toBe('/console');
    await lead.open('/console/members');
    const row = lead.page.locator('tr', { hasText: `${guest}@example.org` });
    await row.locator('summary').last().click();
    await row.locator(`[name="reason-${guest}"]`).fill('换了工作');
    await lead.turn(() => row.locator('button.danger').click());
    await invited.open('/console/cases');
    expect(await invited.page.locator('nav').count()).toBe(0);
    await lead.close();
    await invited.close();
  });

  it('an applicant gets the private link again by case number and address, and makes one void', async () => {
    const email = `office-${language}@hospital.example`;
    const { id, link } = await sendNeed(stand, { organization: '示例医院', email, lines, language });
    const reader = await stand.reader({ language, viewport: 'phone' });
    await reader.open('/');
    await reader.turn(() => reader.page.locator('a[href="/track/again"]').first().click());
    await reader.fill({ number: id.toLowerCase(), email });
    await reader.turn(() => reader.page.locator('main button[type="submit"]').click());
    expect(new URL(reader.page.url()).pathname).toBe('/track/asked');
    const again = linkIn((await stand.mails(email))[0]?.text);
    expect(new URL(again).pathname).toBe(new URL(link).pathname);
    await reader.open(pathOf(again));
    await reader.turn(() => reader.page.locator('a[href$="/revocation"]').click());
    await reader.turn(() => reader.page.locator('main button.danger').click());
    await reader.open(new URL(link).pathname);
    expect(await reader.page.locator('a[href^="/track/again?case="]').count()).toBe(1);
    const fresh = linkIn((await stand.mails(email))[0]?.text);
    expect(new URL(fresh).pathname).not.toBe(new URL(link).pathname);
    await reader.open(pathOf(fresh));
    expect(await reader.heading()).toContain(id);
    await reader.close();
  });

  it('an organization confirms its address and finds its requests in one place', async () => {
    const email = `all-${language}@clinic.example`;
    const organization = language === 'zh' ? '示例诊所' : 'Riverside Clinic';
    const { id } = await sendNeed(stand, { organization, email, lines, language });
    const founder = await stand.reader({ language, viewport: 'phone' });
    await openAs(founder, text.founder, '/console');
    await founder.follow(text.registerPage);
    await founder.fill({ organization, email });
    await founder.press(text.register);
    const [mail] = await stand.mails(email);
    expect(mail?.subject).toBe(text.confirmSubject);
    await founder.open(pathOf(linkIn(mail?.text)));
    await founder.press(text.confirm);
    expect(await founder.text()).toContain(id);
    await founder.turn(() => founder.page.locator(`main a[href="/console/cases/${id}"]`).first().click());
    expect(await founder.text()).toContain('医用口罩');
    await founder.close();
  });
});

describe.each([
  {
    language: 'zh',
    person: 'funder-finance',
    home: '长河公益基金会',
    other: '江城应急协作中心',
    text: { accept: '接受邀请', acting: '当前身份', missing: '没有找到' },
  },
  {
    language: 'en',
    person: 'funder-second-approver',
    home: 'Long River Foundation',
    other: 'Rivertown Relief Hub',
    text: { accept: 'Accept', acting: 'Acting for', missing: 'Not found' },
  },
] as const)('a member of two parties, in $language', ({ language, person, home, other, text }) => {
  it('acts for one at a time, which every page shows, and for the other after one press in the party menu', async () => {
    const { id } = await sendNeed(stand, { organization: '示例医院', email: 'two@hospital.example', lines, language });
    const email = `${person}@mail.example`;
    const lead = apiClient(stand.url, await stand.token('hub-lead'));
    await lead.post('/invitations', { email, roles: ['coordinator'], language }, AnyAnswer);
    const reader = await stand.reader({ language, viewport: 'phone' });
    const { page } = reader;
    const menu = page.locator('details.who');
    const shown = () => menu.locator('summary .who-party').filter({ visible: true }).allInnerTexts();
    const switchTo = async (party: string) => {
      await menu.locator('summary').click();
      await reader.turn(() => menu.locator('button[name="party"]', { hasText: party }).click());
    };
    await openAs(reader, person);
    await reader.open(pathOf(linkIn((await stand.mails(email))[0]?.text)));
    expect(await shown()).toEqual([home]);
    await reader.press(text.accept);

    const shared = ['/console', '/console/cases', '/console/offers', '/console/stand-ins', '/console/sign-ins'];
    for (const address of [...shared, '/console/no-such-page', `/console/cases/${id}`]) {
      await reader.open(address);
      expect([address, await shown()]).toEqual([address, [home]]);
    }
    expect(await reader.text()).toContain(text.missing);
    expect(await page.locator('a[href="/console/import"]').count()).toBe(0);
    const stale = await reader.tab();
    await stale.open('/console/sign-ins');

    await menu.locator('summary').click();
    expect(await menu.innerText()).toMatch(new RegExp(`${text.acting}[:：] *${home}`));
    expect(await menu.locator('button[name="party"]').allInnerTexts()).toEqual([expect.stringContaining(other)]);
    await reader.turn(() => menu.locator('button[name="party"]').click());
    for (const address of [...shared, '/console/no-such-page', '/console/import', `/console/cases/${id}`]) {
      await reader.open(address);
      expect([address, await shown()]).toEqual([address, [other]]);
    }
    expect(await reader.heading()).toBe('示例医院');

    // what was drawn for the one party is not done for the other
    await stale.turn(() => stale.page.locator('main form button').first().click());
    expect(await stale.text()).toContain(other);
    expect(await stale.page.locator('details.who .who-party').innerText()).toBe(other);
    await stale.close();

    await switchTo(home);
    expect(await shown()).toEqual([home]);
    // a mail's link that is meant for the other party leads there
    await reader.open(`/console/cases/${id}`);
    await reader.turn(() => page.locator('main button[name="party"]', { hasText: other }).click());
    expect([await reader.heading(), await shown()]).toEqual(['示例医院', [other]]);
    await reader.close();
  });
});

it('what members of an organization type into one draft in two places at once is all there to choose from', async () => {
  const here = await stand.reader({ language: 'zh', viewport: 'phone' });
  const there = await stand.reader({ language: 'en', viewport: 'phone' });
  await openAs(here, 'org-manager', '/console/requests');
  await here.follow('提出物资需求');
  await here.fill({ 'contact.phone': '027-0000 7788' });
  await here.press('保存草稿');
  expect(await here.text()).toContain('草稿已保存');
  const draft = await here.page.locator('#drafts li a').first().getAttribute('href');
  await here.open(draft ?? '');
  await openAs(there, 'org-manager', draft ?? '');
  await there.fill({ 'contact.name': '门诊部' });
  await there.press('Save as a draft');
  await here.fill({ 'contact.name': '药剂科' });
  await here.press('保存草稿');
  expect(await here.heading()).toBe('同事刚刚修改了这份草稿');
  expect(await here.text()).toMatch(/门诊部.*药剂科/s);
  await here.press('用我的代替');
  await there.open(draft ?? '');
  expect(await there.page.locator('[name="contact.name"]').inputValue()).toBe('药剂科');
  for (const reader of [here, there]) await reader.close();
});
