import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendLetter } from '../../functions/notify/letter.ts';
import { notify } from '../../functions/notify/notify.ts';
import { createSite } from '../../functions/site/app.tsx';
import { askForLink } from '../../shared/case/revoke-link.ts';
import { secretOf } from '../../shared/case/track.ts';
import { PartyId } from '../../shared/domain/ids.ts';
import type { Party } from '../../shared/domain/party.ts';
import { refusalText } from '../../shared/i18n/errors.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { readParty, saveParty } from '../../shared/store/parties.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { aNotifier, lettersOf } from '../engine/notifier.ts';
import { policedTable } from '../engine/policed-table.ts';
import { submitted } from '../factory/hub.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { noFiles } from '../fake/no-files.ts';

const contact = {
  phones: ['027-00000001', '027-00000002转8'],
  wechat: 'jiangcheng-demo',
  email: 'hub@example.org',
  address: '江城区示范路1号',
  addressEn: '1 Model Road, Rivertown',
  hours: '8:00–20:00',
};
const city: Party = { id: PartyId.parse('hub'), type: 'hub', name: '江城协调中心', nameEn: 'Rivertown Hub', contact };
const county: Party = {
  id: PartyId.parse('county'),
  type: 'hub',
  name: '河县协调中心',
  contact: { phones: ['0713-0000009'] },
};
/** An installation whose hub has given no contact. */
const silent: Party = { id: PartyId.parse('silent'), type: 'hub', name: '无名中心' };

let stand: HubStand;
let server: MailServer;
let hub: Hub;
beforeAll(async () => {
  [stand, server] = [await startHub(), await startMailServer()];
  ({ hub } = stand);
  for (const party of [city, county, silent]) await saveParty(hub.table, party);
});
afterAll(async () => {
  await stand.stop();
  await server.stop();
});

const page = async (path: string, at: Hub = hub) => {
  const response = await createSite({
    hub: { ...at, table: await policedTable(at.table, 'site') },
    incoming: noFiles,
  }).request(`http://hub.test${path}`);
  return { status: response.status, html: await response.text() };
};
const newsOf = async (at: Hub) => {
  const { id } = await submitted(at, 'need');
  const file = await readCaseFile(hub.table, id);
  const event = file?.events.at(-1);
  if (!event) throw new Error('nothing happened');
  server.mails.length = 0;
  await notify(await aNotifier(hub, server), event);
  return server.mails[0]?.text ?? '';
};
const said = '有疑问或着急时，请联系江城协调中心：电话 027-00000001；电话 027-00000002转8；微信 jiangcheng-demo；';

describe('how to reach the hub', () => {
  it('stands on every page of the site, with numbers that a telephone dials', async () => {
    for (const path of [
      '/',
      '/privacy',
      '/needs/new',
      '/insurance/new',
      '/programmes',
      '/track/again',
      '/track/asked',
    ]) {
      const { html } = await page(path);
      expect(html, path).toContain('请联系江城协调中心：');
      expect(html, path).toContain('<a href="tel:02700000002">027-00000002转8</a>');
      expect(html, path).toContain('微信 jiangcheng-demo');
    }
    const { html: english } = await page('/?lang=en');
    expect(english).toContain('address 1 Model Road, Rivertown');
    expect(english).not.toContain('示范路');
    expect(english).toMatch(/Contact Rivertown Hub: telephone <a href="tel:02700000001">/);
  });

  it('stands on the pages that say that something went wrong', async () => {
    const { status, html } = await page('/nowhere');
    expect(status).toBe(404);
    expect(html).toContain('tel:02700000001');
  });

  it('is that of the hub which has the case, on its page and on the one to print', async () => {
    const subject = await submitted({ ...hub, hub: county.id }, 'need');
    const secret = await secretOf(hub, subject);
    for (const path of [`/track/${secret}`, `/track/${secret}/sent`]) {
      const { html } = await page(path);
      expect(html.slice(html.indexOf('<main'), html.indexOf('</main')), path).toContain('tel:07130000009');
      expect(html, path).not.toContain('tel:02700000001');
    }
  });

  it('stands in the mails to the applicant, in theirs about the link too', async () => {
    expect(await newsOf(hub)).toContain(said);
    expect(await newsOf({ ...hub, hub: county.id })).toContain('河县协调中心：电话 0713-0000009');
    const subject = await submitted(hub, 'need');
    await askForLink(hub, { caseId: subject.id, email: subject.contact?.email ?? '', language: 'zh' });
    server.mails.length = 0;
    const notifier = await aNotifier(hub, server);
    for (const letter of await lettersOf(hub)) await sendLetter(notifier, letter);
    expect(server.mails.map(({ text }) => text)).toEqual([expect.stringContaining(said)]);
  });

  it('is said by nobody where the hub has given none: no page or mail tells people to telephone', async () => {
    const at = { ...hub, hub: silent.id };
    for (const path of ['/', '/needs/new', '/track/asked', '/nowhere'])
      expect((await page(path, at)).html, path).not.toMatch(/有疑问或着急|tel:|打电话给/);
    // that the hub may telephone them is no such thing
    expect(await newsOf(at)).not.toMatch(/有疑问或着急|打电话给(?!您)/);
    for (const language of ['zh', 'en'] as const)
      expect(refusalText(language, 'too-many-requests', { minutes: 3 })).not.toMatch(/电话|telephone/);
  });

  it('is public, and kept as it was entered', async () => {
    expect((await readParty(hub.table, city.id))?.contact).toEqual(contact);
  });
});
