import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../shared/store/table.ts';
import {
  type Fields,
  fieldsOf,
  need,
  type Seen,
  type SiteStand,
  secretIn,
  startSite,
  who,
} from '../contract/site-stand.ts';
import { oddPart, oddText } from './odd-values.ts';
import { finishing, fuzz, lastTry, patience } from './settings.ts';
import { storedAfterSweeping } from './swept.ts';

let site: SiteStand;
let known: Item[];
/** the addresses that take forms, with what a browser would send there */
let doors: readonly (readonly [path: string, fields: Fields])[];

const stored = () => storedAfterSweeping(site.hub.table);

async function sent(fields: Fields): Promise<string> {
  const check = await site.post('/needs/new', { ...fields, step: 'check' });
  return secretIn((await site.post('/needs/new', { ...fieldsOf(check.html), action: 'send' })).location);
}

const volunteer = {
  'volunteers.0.name': '陈晓',
  'volunteers.0.identityNumber': '110101199001011237',
  'volunteers.0.phone': '13900000001',
};

beforeAll(async () => {
  site = await startSite();
  const programme = await site.programme();
  const [fresh, changes, moving] = [await sent(need), await sent(need), await sent(need)];
  await site.carryOn(fresh);
  await site.carryOn(changes);
  await site.answer(changes, 'hub-coordinator', { outcome: 'changes-requested', reason: '请补充。' });
  await site.carryOn(moving);
  const task = /action="(\/track\/[^"]*\/tasks\/[^"]*)"/.exec((await site.get(`/track/${moving}`)).html)?.[1];
  const grant = {
    ...who,
    purpose: '租车',
    'budget.0.description': '租车',
    'budget.0.amount': '3000',
    'answers.people': '300',
  };
  doors = [
    ['/needs/new', need],
    [`/grants/new?programme=${programme}`, grant],
    ['/insurance/new', { ...who, activity: '送菜', coverFrom: '2099-01-01', coverTo: '2099-01-20', ...volunteer }],
    ['/track', { link: fresh }],
    [`/track/${fresh}/amounts`, { 'amounts.1.quantity': '30' }],
    [`/track/${fresh}/withdraw`, { reason: '' }],
    ['/track/again', { number: fresh.slice(0, 10), email: 'li@example.org' }],
    [`/track/${changes}/changes`, fieldsOf((await site.get(`/track/${changes}/changes`)).html)],
    [task ?? `/track/${moving}/tasks/${moving.slice(0, 10)}-3`, { outcome: 'confirmed' }],
  ];
  known = await stored();
});
afterAll(() => site.stop());
afterEach(async () => {
  await lastTry();
  known = await stored();
});

const actions = fc.constantFrom(
  'send',
  'send',
  'send',
  '',
  'continue',
  'back',
  'send',
  'add',
  'remove:0',
  'remove:x',
  'lang:en',
  'lang:xx',
  'change:who',
  'change:__proto__',
  'upload',
  'leave-out',
);
const steps = fc.constantFrom('who', 'what', 'lines', 'cover', 'volunteers', 'check', '', '__proto__', 'x');
const names = fc.constantFrom(
  'once',
  'lang',
  'reviewed',
  'lines.99999.item',
  'lines.-1.item',
  'lines.0.item.x',
  'volunteers.0.name',
  '__proto__',
  'constructor.prototype',
  'file',
  'outcome',
  'amounts.0.enough',
);

/** A few of a form's fields with other contents, others added, others gone. */
const touched = fc.record({
  values: fc.array(fc.tuple(fc.nat(), oddText), { maxLength: 4 }),
  more: fc.array(fc.tuple(names, oddText), { maxLength: 2 }),
  gone: fc.array(fc.nat(), { maxLength: 1 }),
});

const meddling: typeof touched = fc.oneof(
  touched.map(() => ({ values: [], more: [], gone: [] })),
  touched,
);

function meddled(
  fields: Fields,
  { values, more, gone }: typeof meddling extends fc.Arbitrary<infer T> ? T : never,
): Record<string, string> {
  const all = Object.keys(fields);
  const copy: Record<string, string> = { ...fields };
  for (const [at, value] of values) copy[all[at % all.length] ?? 'x'] = value;
  for (const at of gone) delete copy[all[at % all.length] ?? 'x'];
  return { ...copy, ...Object.fromEntries(more) };
}

function bodyFor(how: string, fields: Record<string, string>, bytes: Uint8Array<ArrayBuffer>): RequestInit {
  if (how === 'form') return { body: new URLSearchParams(fields) };
  if (how === 'json') return { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } };
  if (how === 'bytes') return { body: bytes, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  if (how === 'torn') return { body: bytes, headers: { 'content-type': 'multipart/form-data; boundary=x' } };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value.toWellFormed());
  form.append('file', new Blob([bytes]), 'roster.xlsx');
  return { body: form };
}

const ways = fc.constantFrom('form', 'form', 'form', 'form', 'file', 'json', 'bytes', 'torn');

/** Markup that somebody sent must not be markup on a page. */
function assertInert({ status, html, headers }: Seen): void {
  expect(status).toBeLessThan(500);
  expect(html).not.toMatch(/<script>alert|<img src=x|onerror=alert\(1\)>|href="javascript:/);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'/);
  const location = headers.get('location');
  if (location) expect(location).toMatch(/^\/(?!\/)/);
  expect(headers.get('set-cookie') ?? '').not.toMatch(/(^|,\s*)x=1/);
}

const caseCount = (items: readonly Item[]) => items.filter(({ sk }) => sk === 'CASE').length;

/** how often each form gave each status */
const given = new Map<string, number>();
afterAll(() => console.info(JSON.stringify(Object.fromEntries(given))));

describe('every form of the site', () => {
  it(
    'never fails, shows what was typed as text, leaves the table as it was unless it leads on, and then acts once',
    async () => {
      await fuzz(
        fc.asyncProperty(
          fc.nat(1000),
          meddling,
          actions,
          steps,
          ways,
          fc.uint8Array({ maxLength: 300 }),
          fc.uuid(),
          finishing(async (at, change, action, step, how, bytes, once) => {
            const [path, fields] = doors[at % doors.length] ?? ['/', {}];
            const all = meddled({ ...fields, once, step, action }, change);
            const request = (): RequestInit => ({ method: 'POST', ...bodyFor(how, all, new Uint8Array(bytes)) });
            const got = await site.send(path, request());
            assertInert(got);
            const place = path.replace(/[A-Z0-9]{10}-[\w-]{22}/, ':secret');
            given.set(`${place} ${got.status}`, (given.get(`${place} ${got.status}`) ?? 0) + 1);
            const now = await stored();
            if (got.status !== 303) {
              expect(now).toEqual(known);
              return;
            }
            expect(caseCount(now) - caseCount(known)).toBeLessThanOrEqual(1);
            known = now;
            const again = await site.send(path, request());
            assertInert(again);
            if (all.once === once) expect(caseCount(await stored())).toBe(caseCount(known));
            known = await stored();
          }),
        ),
        0.7,
      );
    },
    patience,
  );

  it(
    'is on a page that can be asked for in every odd way without failing or storing anything',
    async () => {
      const pages = fc.constantFrom(
        '',
        'needs/new',
        'grants/new',
        'insurance/new',
        'programmes',
        'track',
        'privacy',
        'assets',
        'console',
        'x',
      );
      const query = fc.array(fc.tuple(fc.constantFrom('lang', 'programme', 'done', 'x'), oddPart), { maxLength: 2 });
      const methods = fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND');
      await fuzz(
        fc.asyncProperty(
          methods,
          pages,
          fc.array(oddPart, { maxLength: 2 }),
          query,
          fc.string(),
          finishing(async (method, page, parts, asked, cookie) => {
            const search = asked.map(([name, value]) => `${name}=${value}`).join('&');
            const path = `/${[page, ...parts].join('/')}${search && `?${search}`}`;
            const headers = new Headers({ 'accept-language': 'en' });
            try {
              headers.set('cookie', `lang=${cookie}`);
            } catch {
              // not what a header can carry
            }
            assertInert(await site.send(path, { method, headers }));
            expect(await stored()).toEqual(known);
          }),
        ),
        0.3,
      );
    },
    patience,
  );
});
