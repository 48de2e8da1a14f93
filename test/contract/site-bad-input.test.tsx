import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsOf, need, type SiteStand, secretIn, startSite } from './site-stand.ts';

let site: SiteStand;
let secret: string;
let programme: string;
beforeAll(async () => {
  site = await startSite();
  programme = await site.programme();
  secret = secretIn((await site.post('/needs/new', { ...need, action: 'send' })).location);
  await site.carryOn(secret);
});
afterAll(() => site.stop());

const form = 'application/x-www-form-urlencoded';

/** Every address that takes a form. */
function doors(): string[] {
  return [
    '/needs/new',
    `/grants/new?programme=${programme}`,
    '/insurance/new',
    '/track',
    `/track/${secret}/changes`,
    `/track/${secret}/withdraw`,
    `/track/${secret}/amounts`,
    `/track/${secret}/tasks/${secret.slice(0, 10)}-3`,
  ];
}

describe('every door that takes a form', () => {
  test('refuses what is not a form, is cut in a character or is too large, in the reader’s language', async () => {
    const before = await site.count();
    for (const door of doors()) {
      const send = (type: string | undefined, body: string | Uint8Array<ArrayBuffer>) =>
        site.send(door, {
          method: 'POST',
          body,
          headers: { 'accept-language': 'en', ...(type && { 'content-type': type }) },
        });
      const half = await send(form, new Uint8Array([...Buffer.from('organization='), 0xe5, 0xa7]));
      expect([door, half.status]).toEqual([door, 400]);
      expect(half.html).toContain('could not be read');
      expect((await send(form, 'organization=%E5%A7')).status).toBe(400);
      expect((await send('application/json', '{}')).status).toBe(415);
      expect((await send('multipart/form-data; boundary=x', 'nonsense')).status).toBe(400);
      const large = await send(form, `note=${'a'.repeat(10 * 1024 * 1024)}`);
      expect(large.status).toBe(413);
      expect(large.html).toContain('too large');
    }
    expect(await site.count()).toBe(before);
  });

  test('answers other methods with those it takes', async () => {
    const put = await site.send('/needs/new', { method: 'PUT', body: 'x' });
    expect(put.status).toBe(405);
    expect(put.headers.get('allow')).toContain('POST');
    expect((await site.send('/needs/new', { method: 'HEAD' })).status).toBe(200);
    expect((await site.send('/programmes', { method: 'DELETE' })).status).toBe(405);
  });

  test('never fails on any fields, and stores nothing of what it refuses', async () => {
    const before = await site.count();
    const names = fc.oneof(
      fc.constantFrom(
        'action',
        'step',
        'once',
        'lang',
        'outcome',
        'reviewed',
        'volunteers.packed',
        'lines.0.item',
        'link',
      ),
      fc.constantFrom(
        'lines.9999.quantity',
        'lines.-1.item',
        'lines.0.__proto__',
        '__proto__',
        'constructor',
        'budget.0.amount',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const values = fc.oneof(
      fc.constantFrom(
        'continue',
        'add',
        'remove:NaN',
        'remove:99999',
        'change:nowhere',
        'lang:xx',
        'lang:en',
        'leave-out',
      ),
      fc.constantFrom('upload', 'back', 'confirmed', 'reported', '1e9', '-1', '9'.repeat(30), '0\tx\ty\tz\n1\t\t\t'),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(doors().length - 1),
        fc.array(fc.tuple(names, values), { maxLength: 6 }),
        async (at, fields) => {
          const body = fields
            .map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('='))
            .join('&');
          const { status } = await site.send(doors()[at] ?? '/', {
            method: 'POST',
            body,
            headers: { 'content-type': form },
          });
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
    expect(await site.count()).toBe(before);
  });
});

test('what looks like HTML in any field is shown as it was typed, on every page', async () => {
  const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`;
  const fields = {
    ...Object.fromEntries(
      Object.entries(need).map(([name, value]) => [name, /item|name|address/.test(name) ? evil : value]),
    ),
    organization: evil,
    note: evil,
    'lines.0.specification': evil,
    'delivery.recipient': evil,
    'place.province': evil.slice(0, 30),
  };
  const check = await site.post('/needs/new', { ...fields, step: 'check' });
  const done = await site.post('/needs/new', { ...fields, action: 'send' });
  const track = await site.get(`/track/${secretIn(done.location)}`);
  const changes = await site.post('/needs/new', { ...fields, 'contact.phone': evil });
  for (const page of [check, track, changes]) {
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).not.toContain('<img src=x');
    expect(page.html).toContain('&lt;script&gt;');
  }
  expect(fieldsOf(changes.html)['contact.phone']).toBe(evil);
});

test('a pasted link of any form leads to its case; a number alone says why it does not', async () => {
  for (const link of [
    `http://hub.test/track/${secret}`,
    secret,
    ` https://hub.test/track/${secret}/sent `.replace('/sent', '/'),
    `/track/${secret}?lang=en`,
  ]) {
    expect((await site.post('/track', { link })).location).toBe(`/track/${secret}`);
  }
  const number = await site.post('/track', { link: secret.slice(0, 10) });
  expect(number.status).toBe(422);
  expect(number.html).toContain('只凭编号看不到申请');
  const elsewhere = await site.post('/track', { link: 'https://evil.test/' });
  expect(elsewhere.status).toBe(422);
});

describe('the site', () => {
  test('tells every browser that nothing inline runs and nobody frames it', async () => {
    for (const path of ['/', '/needs/new', '/nothing', `/track/${secret}`]) {
      const page = await site.get(path);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.html).not.toMatch(/<script(?![^>]*\bsrc=)|\sstyle="|\son\w+="/);
    }
  });

  test('is served over HTTPS only once it was', async () => {
    expect((await site.get('/')).headers.get('strict-transport-security')).toBeNull();
    const secure = await site.get('/', { 'x-forwarded-proto': 'https' });
    expect(secure.headers.get('strict-transport-security')).toContain('max-age');
  });

  test('speaks the language of the address, then the cookie, then the browser, then Chinese', async () => {
    const en = 'Ask for supplies';
    expect((await site.get('/')).html).not.toContain(en);
    expect((await site.get('/', { 'accept-language': 'en-GB,zh;q=0.5' })).html).toContain(en);
    expect((await site.get('/', { 'accept-language': 'zh', cookie: 'lang=en' })).html).toContain(en);
    expect((await site.get('/?lang=zh', { cookie: 'lang=en' })).html).not.toContain(en);
    expect((await site.get('/?lang=xx', { 'accept-language': 'fr' })).html).not.toContain(en);
  });

  test('has a page for what is not there, in both languages', async () => {
    const page = await site.get('/nothing?lang=en');
    expect(page.status).toBe(404);
    expect(page.html).toContain('Not found');
    expect((await site.get('/nothing')).html).toContain('没有找到');
  });

  test('serves its stylesheet for a year, its mark and its robots file', async () => {
    const path = /href="(\/assets\/[^"]+\.css)"/.exec((await site.get('/')).html)?.[1] ?? '';
    expect((await site.get(path)).headers.get('cache-control')).toContain('immutable');
    expect((await site.get('/assets/old/app.css')).headers.get('cache-control')).toBe('no-store');
    expect((await site.get('/favicon.svg')).headers.get('content-type')).toBe('image/svg+xml');
    expect((await site.get('/robots.txt')).html).toContain('Disallow: /track');
  });

  test('lists open programmes with what is left of them', async () => {
    const list = await site.get('/programmes?lang=en');
    expect(list.html).toContain('Transport fund');
    const one = await site.get(`/programmes/${programme}`);
    expect(one.html).toContain('600,000 元（总预算 600,000 元）');
    expect(one.html).toContain('多少人受益？');
  });

  test('says what personal data is used for', async () => {
    expect((await site.get('/privacy')).html).toContain('证件号码');
  });
});

test('a page that is not there leads to no other host, whatever its address', async () => {
  for (const address of [
    '//elsewhere.example/x',
    '///elsewhere.example',
    '/\\elsewhere.example/x',
    '/%2F/elsewhere.example',
  ]) {
    const { html, status } = await site.get(address);
    expect([address, status]).toEqual([address, 404]);
    const leading = [...html.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, to = '']) => to);
    expect(leading.length).toBeGreaterThan(5);
    for (const to of leading) expect(new URL(to, 'http://hub.test').host).toBe('hub.test');
  }
});
