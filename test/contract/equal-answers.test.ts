import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presentConsent } from '../../shared/domain/consent.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import type { Table } from '../../shared/store/table.ts';
import { Created } from '../engine/api-stand.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { submissionOf } from '../engine/walk.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';
import { fieldsOf, need, type SiteStand, secretIn, startSite } from './site-stand.ts';

/** What is answered and what is asked of the table for it, which is how long it takes, without the very words that were asked. */
async function measured(table: Table, asked: string, ask: () => Promise<{ status: number; text: string }>) {
  const [{ status, text }, calls] = await commandsDuring(table, ask);
  return { status, text: text.replaceAll(asked, ''), calls };
}

const NO_CASE = 'N000000000';

let site: SiteStand;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

describe('whoever has no link', () => {
  let secret: string;
  const wrong = () => [
    secret.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
    secret.replace(/^N.{9}/, NO_CASE),
    secret.replace(/-.*/, '-AAAAAAAAAAAAAAAAAAAAAA'),
  ];

  beforeAll(async () => {
    const check = await site.post('/needs/new', { ...need, step: 'check' });
    secret = secretIn((await site.post('/needs/new', { ...fieldsOf(check.html), action: 'send' })).location);
    await site.carryOn(secret);
  });

  it.each([
    ['GET', ''],
    ['GET', '/changes'],
    ['GET', '/withdraw'],
    ['GET', '/sent'],
    ['POST', '/withdraw'],
    ['POST', '/amounts'],
  ])(
    'learns by %s /track/…%s neither in words nor in time whether there is such a case: none is read',
    async (method, page) => {
      for (const each of wrong()) {
        const seen = await measured(site.hub.table, each, async () => {
          const { status, html } = await site.send(`/track/${each}${page}`, { method });
          return { status, text: html };
        });
        expect(seen).toMatchObject({ status: 404, calls: ['UpdateItemCommand'] });
        expect(seen.text).toContain('没有找到');
        expect(seen.text).not.toContain(secret.slice(0, 10));
      }
    },
  );

  it('learns nothing by asking for a link again: the same is done and said for whatever number and address', async () => {
    const asked = [
      [secret.slice(0, 10), 'li@example.org'],
      [secret.slice(0, 10), 'somebody-else@example.org'],
      [NO_CASE, 'li@example.org'],
    ] as const;
    const seen: unknown[] = [];
    for (const [number, email] of asked) {
      const [{ status, location, html }, calls] = await commandsDuring(site.hub.table, () =>
        site.post('/track/again', { number, email }),
      );
      seen.push({ status, location, html, calls });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(seen[0]).toMatchObject({ status: 303, location: '/track/asked' });
  });
});

describe('a member of another party', () => {
  let stand: ConsoleStand;
  let id: string;
  beforeAll(async () => {
    stand = await startConsole();
    const made = await stand.api('POST', '/needs', { body: submissionOf('need') });
    id = Created.parse(JSON.parse(made.text)).id;
    await stand.carryOn(CaseId.parse(id));
  });
  afterAll(() => stand.stop());

  it.each([
    '',
    '/number',
    '/link-revocation',
    '/consent',
    '/interest',
    '/interest/retraction',
    '/audit',
    '/withdrawal',
    '/amounts',
  ])('learns by the console’s pages of a case (%s) neither in words nor in work whether there is one', async (page) => {
    const reader = await stand.as('other-funder-approver');
    const seen: unknown[] = [];
    for (const each of [id, NO_CASE]) {
      for (const ask of [reader.get, reader.post]) {
        seen.push(
          await measured(stand.hub.table, each, async () => {
            const { status, html } = await ask(`/console/cases/${each}${page}`);
            return { status, text: html };
          }),
        );
      }
    }
    const [get, post, getNone, postNone] = seen;
    expect(getNone).toEqual(get);
    expect(postNone).toEqual(post);
  });

  it.each([
    ['GET', '', undefined],
    ['GET', '/suggestions', undefined],
    ['GET', '/roster', undefined],
    ['GET', '/audit', undefined],
    ['GET', '/interests', undefined],
    ['POST', '/withdrawal', { reason: '重复' }],
    ['POST', '/amounts', { lines: [{ line: 'L1', quantity: 3 }] }],
    ['POST', '/interests', { reason: 'works-there' }],
    ['POST', '/roster/disclosure', { reason: '核对' }],
    ['POST', '/consent', { version: presentConsent, how: 'spoken', on: '2020-02-03' }],
    ['POST', '/link', {}],
    ['POST', '/link-revocation', {}],
    ['POST', '/interests/nobody/retraction', {}],
  ] as const)('learns nothing by the API’s %s /cases/…%s either', async (method, path, body) => {
    const ask = (each: string) =>
      measured(stand.hub.table, each, () =>
        stand.api(method, `/cases/${each}${path}`, { as: 'other-funder-approver', ...(body && { body }) }),
      );
    expect(await ask(NO_CASE)).toEqual(await ask(id));
  });
});
