import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { memberRoutes, openRoutes } from '../../functions/console/areas.ts';
import { mayEver } from '../../shared/answering/acting.ts';
import { memberActing } from '../../shared/answering/member-acting.ts';
import { planImport } from '../../shared/case/import.ts';
import { type Kind, kinds, MemberId } from '../../shared/domain/ids.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import type { Item } from '../../shared/store/table.ts';
import { type ConsoleStand, type Reader, type Seen, startConsole } from '../contract/console-stand.ts';
import { fieldsOf } from '../contract/site-stand.ts';
import { enterPeople } from '../engine/people.ts';
import { aCaseIn, openProgramme, person, submitted } from '../factory/hub.ts';
import { oddPart, oddText } from './odd-values.ts';
import { finishing, fuzz, lastTry, patience } from './settings.ts';
import { storedAfterSweeping } from './swept.ts';

/** One of each role, and somebody who is a member of nothing. */
const people = [
  ...['org-applicant', 'org-manager', 'funder-reviewer', 'funder-approver', 'funder-finance', 'programme-manager'],
  ...['other-funder-approver', 'hub-coordinator', 'hub-lead', 'insurer', 'auditor', 'operator', 'nobody-at-all'],
] as const;

let stand: ConsoleStand;
let known: Item[];
const readers = new Map<string, Reader>();
/** the pages that each may enter, those of cases more often */
const pages = new Map<string, string[]>();
/** what stands in the places of paths: whatever there is, of each sort */
const places = {
  cases: ['N000000000'],
  import: [''],
  programmes: ['fund'],
  kind: kinds.map(String),
  member: ['funder-reviewer', 'org-applicant', 'hub-coordinator'],
};

const stored = () => storedAfterSweeping(stand.hub.table);

async function oneOf(kind: Kind, stage: string): Promise<void> {
  const subject = await aCaseIn(stand.hub, kind, stage);
  places.cases.push(subject.id);
}

beforeAll(async () => {
  stand = await startConsole();
  const { hub } = stand;
  await openProgramme(hub, { id: 'fund' });
  const stages = [
    ['need', 'verifying'],
    ['need', 'approving'],
    ['need', 'in-transit'],
    ['grant', 'reviewing'],
    ['grant', 'disbursing'],
    ['insurance', 'approving'],
    ['insurance', 'binding'],
  ] as const;
  for (const [kind, stage] of stages) await oneOf(kind, stage);
  const own = await submitted(hub, 'need', {}, { member: person('org-manager') });
  places.cases.push(own.id);
  const sheet = new TextEncoder().encode('hospital,item\nOne,Masks');
  places.import = [(await planImport(hub, person('hub-coordinator'), sheet)).id];
  for (const who of people) {
    readers.set(who, await stand.as(who));
    const [member] = await membershipsOf(hub.table, MemberId.parse(who));
    const acting = member && (await memberActing(hub.table, member));
    const may = memberRoutes.filter(({ method, action }) => method === 'get' && acting && mayEver(acting, action));
    pages.set(who, [
      ...may.map(({ path }) => path),
      '/console/organization/new',
      ...Array(4).fill('/console/cases/:id'),
    ]);
  }
  known = await stored();
});
afterAll(() => stand.stop());
afterEach(async () => {
  await lastTry();
  known = await stored();
});

const isPlace = (name: string): name is keyof typeof places => Object.hasOwn(places, name);

/** A route's address with real things, or odd ones, in its places. */
function addressOf(path: string, at: number, odd: string | undefined): string {
  const name = path.includes(':kind') ? 'kind' : (/^\/console\/(\w+)\/:/.exec(path)?.[1] ?? '');
  const real = places[isPlace(name) ? name : 'member'];
  return path.replace(/:\w+/g, () => odd ?? real[at % real.length] ?? 'x');
}

interface FoundForm {
  readonly action: string;
  readonly fields: Record<string, string>;
}

/** The forms of a page with what a browser would send, but for signing out and changing sides. */
function formsOn(html: string): FoundForm[] {
  return html.split('<form').flatMap((form) => {
    const action = /^[^>]*action="([^"]*)"/.exec(form)?.[1] ?? '';
    if (!action.startsWith('/console') || !/^[^>]*method="post"/.test(form) || /\/console\/(sign-|party)/.test(action))
      return [];
    const { csrf: _, ...fields } = fieldsOf(`<main${form.split('</form>')[0]}`);
    return [{ action, fields }];
  });
}

/** Markup that somebody sent must not be markup on a page, and nothing leads out of the console. */
function assertInert({ status, html, headers, location }: Seen): void {
  expect(status).toBeLessThan(500);
  expect(html).not.toMatch(/<script>alert|<img src=x|onerror=alert\(1\)>|href="javascript:/);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  expect(headers.get('cache-control')).toBeTruthy();
  if (location) expect(location).toMatch(/^\/(?!\/)/);
  expect(headers.get('set-cookie') ?? '').not.toMatch(/(^|,\s*)x=1/);
}

const forms = [...memberRoutes, ...openRoutes.filter(({ path }) => path.includes('organization'))].filter(
  ({ method, path }) => method === 'post' && path !== '/console/sign-ins',
);
const names = fc.constantFrom(
  ...['outcome', 'task', 'reason', 'party', 'row', 'action', 'key', 'lang', 'csrf', 'amount', 'version', 'email'],
  ...['roles', '__proto__', 'lines.0.item', 'withdraw.reason', 'shown', 'standIn', 'from', 'to', 'file', 'name'],
);
const meddling = fc.record({
  values: fc.array(fc.tuple(fc.nat(), oddText), { maxLength: 3 }),
  more: fc.array(fc.tuple(names, oddText), { maxLength: 3 }),
  gone: fc.array(fc.nat(), { maxLength: 1 }),
});
const actions = fc.constantFrom('send', 'send', 'save', 'continue', 'add', 'remove:0', 'back', 'change:who', undefined);

/** how often each form gave each status */
const given = new Map<string, number>();
afterAll(() => console.info(JSON.stringify(Object.fromEntries([...given].sort()))));

const caseCount = (items: readonly Item[]) => items.filter(({ sk }) => sk === 'CASE').length;
const readerOf = (who: string): Reader => readers.get(who) ?? stand.open();

/** Puts right what a form may do to the people themselves, so that those after it are who they are again. */
async function settle(who: string): Promise<void> {
  await enterPeople(stand.hub.table);
  const { location } = await readerOf(who).get('/console/sign-ins');
  if (location?.startsWith('/console/sign-in?')) readers.set(who, await stand.as(who));
  known = await stored();
}

describe('every form of the console, for every role,', () => {
  it('is not found where its address names what is longer than any key of the table', async () => {
    const routes = memberRoutes.filter(({ path }) => path.includes(':'));
    for (const { method, path } of routes)
      for (const who of people) {
        const reader = readerOf(who);
        const address = addressOf(path, 0, '%F0%9F%91%A9'.repeat(600));
        const got = method === 'get' ? await reader.get(address) : await reader.post(address, {});
        assertInert(got);
        expect(got.status).toBeGreaterThanOrEqual(400);
      }
    expect(await stored()).toEqual(known);
  });

  it(
    'never fails, shows what was typed as text, stores nothing when it refuses, and acts once',
    async () => {
      await fuzz(
        fc.asyncProperty(
          fc.constantFrom(...people),
          fc.constantFrom(...forms),
          fc.nat(10_000),
          fc.option(oddPart, { nil: undefined, freq: 8 }),
          meddling,
          actions,
          fc.boolean(),
          finishing(async (who, { path }, at, odd, { values, more, gone }, action, asFile) => {
            const reader = readerOf(who);
            const own = pages.get(who) ?? [];
            const page = await reader.get(addressOf(own[at % own.length] ?? '/console', at, undefined));
            assertInert(page);
            const shown = formsOn(page.html);
            // one of the page's own forms, and now and then one that they were never shown
            const found = odd === undefined ? shown[at % Math.max(1, shown.length)] : undefined;
            const { action: address, fields } = found ?? { action: addressOf(path, at, odd), fields: {} };
            const all = Object.keys(fields);
            for (const [index, value] of values) fields[all[index % all.length] ?? 'reason'] = value;
            for (const index of gone) delete fields[all[index % all.length] ?? 'reason'];
            const sent = { ...fields, ...(action && { action }), ...Object.fromEntries(more) };
            const body = () => {
              if (!asFile) return sent;
              const form = new FormData();
              for (const [name, value] of Object.entries(sent)) form.append(name, value.toWellFormed());
              form.set('file', new Blob(['hospital,item\nOne,Masks']), 'x.csv');
              return form;
            };
            known = await stored();
            const got = await reader.post(address, body());
            assertInert(got);
            const cell = `${found ? new URL(address, 'http://x').pathname.replace(/[NGI][0-9A-Z]{9}/, ':id') : path} ${got.status}`;
            given.set(cell, (given.get(cell) ?? 0) + 1);
            const now = await stored();
            if (got.status !== 303) {
              expect(now).toEqual(known);
              return;
            }
            expect(caseCount(now) - caseCount(known)).toBeLessThanOrEqual(1);
            assertInert(await reader.post(address, body()));
            expect(caseCount(await stored()) - caseCount(known)).toBeLessThanOrEqual(1);
            await settle(who);
          }),
        ),
        0.8,
      );
    },
    patience,
  );

  it(
    'is on a page that can be asked for in every odd way without failing or storing anything',
    async () => {
      const all = [...memberRoutes, ...openRoutes].filter(
        ({ method, path }) => method === 'get' && !/sign|callback|assets/.test(path),
      );
      const query = fc.array(
        fc.tuple(
          fc.constantFrom(
            'text',
            'cursor',
            'stage',
            'kind',
            'from',
            'to',
            'lang',
            'return',
            'done',
            'go',
            'state',
            'case',
          ),
          oddPart,
        ),
        { maxLength: 3 },
      );
      known = await stored();
      await fuzz(
        fc.asyncProperty(
          fc.constantFrom(...people),
          fc.constantFrom(...all),
          fc.nat(10_000),
          fc.option(oddPart, { nil: undefined }),
          query,
          finishing(async (who, { path }, at, odd, asked) => {
            const search = asked.map(([name, value]) => `${name}=${value}`).join('&');
            assertInert(await readerOf(who).get(`${addressOf(path, at, odd)}${search && `?${search}`}`));
            expect(await stored()).toEqual(known);
          }),
        ),
        0.2,
      );
    },
    patience,
  );
});
