import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUpIdentityNumber } from '../../functions/kinds/insurance/made-up-number.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';
import { fileForm, giveFile } from './give-file.ts';
import { type Fields, fieldsOf, type Seen, type SiteStand, startSite, who } from './site-stand.ts';

const today = localDate(Date.now());
const cover = { coverFrom: addDays(today, 5), coverTo: addDays(today, 30) };
const number = madeUpIdentityNumber(Date.now(), 0);
const roster = `姓名,身份证号码,手机号码\n王小甲,${number},13900000003`;
const tooLarge = 'x'.repeat(5_000_000);
const farTooLarge = 'x'.repeat(20_000_000);
const TOO_LARGE = { zh: '文件太大：最多 4 MB', en: 'The file is too large: at most 4 MB' };
const sizes = [
  [tooLarge, 'zh'],
  [farTooLarge, 'en'],
] as const;

/** Whether the page can be used without scripts: the way to a file is in sight, and nothing sends one through the gateway. */
function choosesElsewhere(html: string): boolean {
  const inSight = html.replace(
    /<div data-scripted="[^"]*" hidden="">[\s\S]*?<\/div><p data-unscripted/,
    '<p data-unscripted',
  );
  return inSight.includes('value="choose-file"') && !inSight.includes('type="file"');
}

describe('the roster of the site’s form, without scripts', () => {
  const path = '/insurance/new';
  let site: SiteStand;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.stop());

  const post = (page: Seen, fields: Fields, language = 'zh') =>
    site.post(path, { ...fieldsOf(page.html), ...fields }, { 'accept-language': language });
  const at = (address: string, language = 'zh') => {
    const { pathname, search } = new URL(address, 'http://hub.test');
    return site.get(pathname + search, { 'accept-language': language });
  };

  /** The page that asks for the roster, everything before it answered. */
  async function rosterPage(language = 'zh'): Promise<Seen> {
    const first = await site.get(path, { 'accept-language': language });
    return post(await post(first, who, language), { activity: '驾车送货', ...cover }, language);
  }

  /** The page on which its file is chosen: what was typed goes there. */
  async function choosing(page: Seen, typed: Fields, language = 'zh'): Promise<Seen> {
    const led = await post(page, { ...typed, action: 'choose-file' }, language);
    expect(led.status).toBe(303);
    return at(led.location, language);
  }

  it('is chosen on a page of its own, which no scripts are needed for', async () => {
    const page = await rosterPage();
    expect(choosesElsewhere(page.html)).toBe(true);
    const chosen = await choosing(page, {});
    expect(chosen.headers.get('content-security-policy')).toContain(
      `form-action 'self' ${fileForm(chosen.html).action};`,
    );
    const read = await at(await giveFile(chosen.html, roster, '名单.csv'));
    expect(read.html).toContain('从文件读到 1 人');
    const checked = await post(read, { action: 'continue' });
    for (const shown of ['驾车送货', '王*甲']) expect(checked.html).toContain(shown);
  });

  it.each(sizes)(
    'answers a file that is too large in the reader’s language, with everything that was typed',
    async (content, language) => {
      const typed = { 'volunteers.0.name': '李手写', 'volunteers.0.phone': '13900000009', columnOfName: '名字列' };
      const chosen = await choosing(await rosterPage(language), typed, language);
      const refused = await at(await giveFile(chosen.html, content, 'a.csv'), language);
      expect([refused.status, refused.html.includes(TOO_LARGE[language])]).toEqual([422, true]);
      expect(fieldsOf(refused.html)).toMatchObject({ ...typed, ...who, activity: '驾车送货', ...cover });
      // and it goes on from there: another file
      const again = await choosing(refused, {}, language);
      const read = await at(await giveFile(again.html, roster.replace('姓名', '名字列'), 'a.csv'), language);
      expect(fieldsOf(read.html)).toMatchObject({ activity: '驾车送货', ...who });
      expect(read.html).toContain('王小甲');
    },
  );

  it('asks again where no file was chosen, and where the page is opened once more', async () => {
    const chosen = await choosing(await rosterPage(), {});
    const address = await giveFile(chosen.html, '', '');
    const empty = await at(address);
    expect([empty.status, empty.html.includes('请先选择文件')]).toEqual([422, true]);
    await giveFile(empty.html, roster, 'a.csv');
    expect((await at(address)).html).toContain('从文件读到 1 人');
    const anew = await at(address);
    expect([anew.status, fileForm(anew.html).fields.length > 0]).toEqual([200, true]);
  });

  it('has what was typed sealed, and opens for nobody who has not the address', async () => {
    const led = await post(await rosterPage(), { 'volunteers.0.name': '甄机密', action: 'choose-file' });
    const { Items } = await site.hub.table.client.send(new ScanCommand({ TableName: site.hub.table.name }));
    const stored = JSON.stringify(Items);
    expect(stored).toContain('typed-part');
    const name = led.location.split('/').at(-1) ?? '';
    for (const secret of ['甄机密', Buffer.from('甄机密').toString('base64'), name])
      expect(stored).not.toContain(secret);
    for (const other of [name.toUpperCase(), name.slice(0, -1), 'nobody'])
      expect((await at(`${path}/file/${other}`)).status).toBe(404);
    // nor at another form
    expect((await at(`/track/x/changes/file/${name}`)).status).toBe(404);
  });

  it('comes with changes that were asked for, too', async () => {
    const sent = await post(await rosterPage(), {
      action: 'continue',
      'volunteers.0.name': '王小甲',
      'volunteers.0.identityNumber': number,
      'volunteers.0.phone': '13900000003',
    });
    const { location } = await post(sent, { action: 'send' });
    const secret = /\/track\/([^/]+)\//.exec(location)?.[1] ?? expect.fail(sent.html);
    await site.carryOn(secret);
    await site.answer(secret, 'hub-coordinator', { outcome: 'changes-requested', reason: '请换名单' });
    const page = await site.get(`/track/${secret}/changes`);
    const form = { ...fieldsOf(page.html), activity: '改为搬运', reason: '这是新名单' };
    const led = await site.post(`/track/${secret}/changes`, { ...form, action: 'choose-file' });
    const refused = await at(await giveFile((await at(led.location)).html, tooLarge, 'a.csv'));
    expect([refused.status, refused.html.includes(TOO_LARGE.zh)]).toEqual([422, true]);
    expect(fieldsOf(refused.html)).toMatchObject({ activity: '改为搬运' });
    const again = await site.post(`/track/${secret}/changes`, { ...fieldsOf(refused.html), action: 'choose-file' });
    const read = await at(await giveFile((await at(again.location)).html, roster, 'a.csv'));
    expect(read.html).toContain('从文件读到 1 人');
  });
});

describe('the roster at a desk, without scripts', () => {
  let stand: ConsoleStand;
  beforeAll(async () => {
    stand = await startConsole();
  });
  afterAll(() => stand.stop());

  const typed = { activity: '社区值守', organization: '江畔救援队', ...cover };

  /** Presses the button that leads to the file, with what was typed. */
  async function choosing(reader: Reader, path: string, fields: Fields): Promise<string> {
    const led = await reader.post(path, { ...fields, action: 'choose-file' });
    expect(led.status).toBe(303);
    await reader.get(led.location ?? '');
    return led.location ?? '';
  }

  it.each(sizes)(
    'answers a file that is too large with everything a coordinator typed, and submits nothing',
    async (content, language) => {
      const reader = await stand.as('hub-coordinator', language);
      const form = await reader.get('/console/new/insurance');
      expect(choosesElsewhere(form.html)).toBe(true);
      await choosing(reader, '/console/new/insurance', typed);
      const refused = await reader.give(content);
      expect([refused.status, refused.html.includes(TOO_LARGE[language])]).toEqual([422, true]);
      expect(fieldsOf(refused.html)).toMatchObject(typed);
      await choosing(reader, '/console/new/insurance', fieldsOf(refused.html));
      const read = await reader.give(roster);
      expect(read.status).toBe(200);
      expect(fieldsOf(read.html)).toMatchObject(typed);
      expect(read.html).toContain(number);
    },
  );

  it('is taken up by nobody else, at no other form', async () => {
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/new/insurance');
    const place = await choosing(reader, '/console/new/insurance', typed);
    expect((await (await stand.as('hub-lead')).get(place)).status).toBe(404);
    expect((await reader.get(place.replace('insurance', 'need'))).status).toBe(404);
    expect((await reader.get(place)).status).toBe(200);
  });

  it('answers it with everything that stands in a draft, too', async () => {
    const reader = await stand.as('org-manager');
    let page = await reader.get('/console/drafts/new/insurance');
    const path = /<form id="application" method="post" action="([^"]+)"/.exec(page.html)?.[1] ?? expect.fail(page.html);
    page = await reader.post(path, { ...fieldsOf(page.html), ...who, action: 'continue' });
    page = await reader.post(path, { ...fieldsOf(page.html), activity: '社区值守', ...cover, action: 'continue' });
    await choosing(reader, path, fieldsOf(page.html));
    const refused = await reader.give(tooLarge);
    expect([refused.status, refused.html.includes(TOO_LARGE.zh)]).toEqual([422, true]);
    expect(fieldsOf(refused.html)).toMatchObject({ activity: '社区值守', ...cover });
  });
});
