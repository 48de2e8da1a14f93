import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../functions/api/app.ts';
import { operations } from '../../functions/api/areas.ts';
import { apiRoot } from '../../functions/api/operation.ts';
import { memberRoutes, openRoutes as signInRoutes } from '../../functions/console/areas.ts';
import { createSite } from '../../functions/site/app.tsx';
import { linkRoutes, openRoutes } from '../../functions/site/routes.ts';
import type { ActingMember } from '../../shared/answering/acting.ts';
import { nameStandIn, standInBoard } from '../../shared/answering/stand-ins.ts';
import { planImport, startImport } from '../../shared/case/import.ts';
import { enterOrganization } from '../../shared/case/keep-organization.ts';
import { secretOf } from '../../shared/case/track.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { type Kind, kinds, MemberId } from '../../shared/domain/ids.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { referPerson } from '../../shared/persons/referrals.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { carryOn } from '../engine/carry-on.ts';
import { answerWith, broughtTo, openProgramme, person, submitted, taskOf } from '../factory/hub.ts';
import { noFiles } from '../fake/no-files.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';
import { enterOutsiders, removeMember } from './route-by-role-people.ts';
import { type Door, people, rows } from './route-by-role-table.ts';

const all = {
  api: Object.values(operations).map(({ method, path }) => `${method} ${path}`),
  console: [...signInRoutes, ...memberRoutes].map(({ method, path }) => `${method} ${path}`),
  site: [...openRoutes, ...linkRoutes].map(({ method, path }) => `${method} ${path}`),
} satisfies Record<Door, string[]>;

let stand: ConsoleStand;
let api: ReturnType<typeof createApi>;
let site: ReturnType<typeof createSite>;
const readers = new Map<string, Reader>();
const places = new Map<string, string>();

const stages = { need: 'approving', grant: 'reviewing', insurance: 'binding' } as const satisfies Record<Kind, string>;

beforeAll(async () => {
  stand = await startConsole();
  const { hub } = stand;
  await enterOutsiders(hub.table);
  await openProgramme(hub, { id: 'fund' });
  const put = (kind: Kind, subject: Case) => {
    places.set(`case ${kind}`, subject.id).set(`task ${kind}`, taskOf(subject));
  };
  for (const kind of kinds) {
    const own = await submitted(hub, kind, {}, { member: person('org-manager') });
    put(kind, await broughtTo(hub, own, stages[kind]));
  }
  // by a link the applicant is asked something
  for (const kind of ['need', 'insurance'] as const) {
    const screened = await broughtTo(hub, await submitted(hub, kind), kind === 'need' ? 'verifying' : 'approving');
    const asked = await answerWith(hub, screened, { outcome: 'changes-requested', reason: '请补充' });
    const waiting = await carryOn(hub, asked.id);
    places.set(`link ${kind}`, await secretOf(hub, waiting)).set(`linked task ${kind}`, taskOf(waiting));
  }
  const other = await submitted(hub, 'need');
  places.set('link other', await secretOf(hub, other));
  const sheet = new TextEncoder().encode('hospital,item\nOne,Masks');
  places.set('import', (await planImport(hub, person('hub-coordinator'), sheet)).id);
  const job = await planImport(hub, person('hub-coordinator'), new TextEncoder().encode('hospital,item\nTwo,Masks'));
  const started = await startImport(hub, { member: person('hub-coordinator'), door: 'console' }, job.id);
  places.set('job', started.id);
  places.set('referral', await referPerson(hub, referral(), { type: 'member', member: person('hub-lead') }, 'console'));
  const body = { name: '示例医院', place: { province: '示例省' } };
  places.set('organization', (await enterOrganization(hub, body, { member: person('hub-lead'), door: 'console' })).id);
  await nameAgain();
  api = createApi({ hub, issuer: 'http://issuer.test', verify: async (token) => MemberId.parse(token) });
  site = createSite({ hub, incoming: noFiles });
  for (const { signsInAs: who } of Object.values(people)) {
    if (who === '') continue;
    const reader = await stand.as(who);
    // a page that everybody has, with the token of their forms
    await reader.get('/console/sign-ins');
    readers.set(who, reader);
  }
  await removeMember(hub.table);
});
afterAll(() => stand.stop());

/** Somebody whom the hub refers to the funder. */
function referral() {
  return {
    to: person('funder-approver').party,
    circumstance: 'older-person',
    area: '江北区',
    help: '需要有人送药',
    person: { name: '某某' },
    consent: { version: presentConsent, how: 'spoken', by: 'person' },
  };
}

/** The approver names a colleague, anew where that was revoked. */
async function nameAgain(): Promise<void> {
  const acting: ActingMember = { type: 'member', member: person('funder-second-approver') };
  const { table } = stand.hub;
  const { standIns, colleagues } = await standInBoard(table, acting);
  const [colleague] = colleagues;
  if (standIns.some(({ id }) => id === places.get('stand-in')) || !colleague) return;
  const [from, to] = [addDays(localDate(Date.now()), 10), addDays(localDate(Date.now()), 11)];
  places.set('stand-in', await nameStandIn(table, { standIn: colleague.id, from, to }, acting, 'console'));
}

/** The address of a route for one kind of case: what stands in its places is really there, unless the row says otherwise. */
function addressOf(path: string, kind: Kind): string {
  return path
    .replace(/\/cases\/(\{id\}|:id)/, `/cases/${places.get(`case ${kind}`)}`)
    .replace(
      /\/tasks\/(\{id\}|:task)/,
      `/tasks/${places.get(path.startsWith('/track') ? `linked task ${kind}` : `task ${kind}`)}`,
    )
    .replace(/\/programmes\/(\{id\}|:id)/, '/programmes/fund')
    .replace(/\/referrals\/(\{id\}|:id)/, `/referrals/${places.get('referral')}`)
    .replace(/\/organizations\/(\{id\}|:id)/, `/organizations/${places.get('organization')}`)
    .replace(/\/stand-ins\/(\{id\}|:id)/, `/stand-ins/${places.get('stand-in')}`)
    .replace(/\/jobs\/(\{id\}|:id)/, `/jobs/${places.get('job')}`)
    .replace(/\/(imports?)\/(\{id\}|:id)/, `/$1/${places.get('import')}`)
    .replace(/\/track\/(\{secret\}|:secret)/, `/track/${places.get(`link ${kind}`)}`)
    .replace(':fingerprint/:name', 'x/app.css')
    .replace(':fingerprint', 'x')
    .replace(':kind', kind)
    .replace(/\{\w+\}|:\w+/g, 'nobody');
}

function allowed(status: number, location: string | null, gone: boolean): boolean {
  if (location?.startsWith('/console/sign-in?')) return false;
  return ![401, 403, 404].includes(status) || (gone && status === 404);
}

const signIn = new Set(signInRoutes.map(({ path }): string => path));

/** What a form sends: nothing that a handler could carry out, but enough for it to be asked. */
async function fieldsFor(path: string, who: string): Promise<Record<string, string>> {
  const mine = path === '/console/party' && who !== '' ? await membershipsOf(stand.hub.table, MemberId.parse(who)) : [];
  const kind = kinds.find((one) => path === `/console/cases/${places.get(`case ${one}`)}`);
  const task = (kind && places.get(`task ${kind}`)) ?? '';
  return {
    // what can be carried out of a referral only once it was accepted
    outcome: path.includes('/referrals/') ? 'done' : 'nonsense',
    task,
    party: mine[0]?.party ?? '',
    row: '1',
    reason: '核对号码',
    'withdraw.reason': 'x'.repeat(3000),
  };
}

async function askConsole(method: string, path: string, who: string, gone: boolean): Promise<boolean> {
  // signing in and out is everybody's, and nobody's session ends by it here
  const reader = (signIn.has(path) ? undefined : readers.get(who)) ?? stand.open();
  const seen = method === 'get' ? await reader.get(path) : await reader.post(path, await fieldsFor(path, who));
  return allowed(seen.status, signIn.has(path) ? null : (seen.location ?? null), gone);
}

/** A stand-in is revoked, a consent withdrawn, an import run and a job stopped by an empty body; nothing else carries out what it gets. */
function jsonFor(path: string): string {
  if (
    path.startsWith('/stand-ins/') ||
    path.startsWith('/jobs/') ||
    path.endsWith('/run') ||
    (path.startsWith('/referrals/') && path.endsWith('/withdrawal'))
  )
    return '{}';
  return path.startsWith('/referrals/') ? '{"outcome":"done"}' : '{"outcome":"nonsense"}';
}

async function ask(door: Door, method: string, path: string, who: string, gone: boolean): Promise<boolean> {
  if (door === 'console') return askConsole(method, path, who, gone);
  const headers = { 'content-type': door === 'api' ? 'application/json' : 'application/x-www-form-urlencoded' };
  const body = method === 'post' ? { body: door === 'api' ? jsonFor(path) : 'outcome=nonsense' } : {};
  const app = door === 'api' ? api : site;
  const response = await app.request(`http://hub.test${door === 'api' ? apiRoot : ''}${path}`, {
    method: method.toUpperCase(),
    headers: { ...headers, ...(who !== '' && { authorization: `Bearer ${who}` }) },
    ...body,
  });
  return allowed(response.status, response.headers.get('location'), gone);
}

const cells = rows.reduce((sum, row) => sum + (row.may ? Object.keys(people).length : 2), 0);

describe(`who may do what, ${rows.length} rows of ${cells} cells`, () => {
  it('has a row for every route of every door, and no other', () => {
    for (const door of ['api', 'console', 'site'] as const) {
      const known = rows.filter((row) => row.door === door).map((row) => row.route);
      expect([...new Set(known)].sort()).toEqual([...all[door]].sort());
    }
  });

  it.each(rows.filter((row) => row.may !== undefined))('$door $route ($kind)', async (row) => {
    const [method = '', path = ''] = row.route.split(' ');
    const found: string[] = [];
    for (const [name, { signsInAs }] of Object.entries(people)) {
      if (path.includes('/stand-ins/')) await nameAgain();
      if (await ask(row.door, method, addressOf(path, row.kind), signsInAs, row.gone === true)) found.push(name);
    }
    expect(found.sort()).toEqual((row.may ?? []).flat().sort());
  });

  it.each(rows.filter((row) => row.may === undefined))(
    '$door $route ($kind): its own link, and no other',
    async (row) => {
      const [method = '', path = ''] = row.route.split(' ');
      const own = addressOf(path, row.kind);
      expect(await ask(row.door, method, own, '', row.gone === true)).toBe(true);
      const wrong = own.replace(/\/track\/.{12}/, (start) => `${start.slice(0, -1)}${start.endsWith('A') ? 'B' : 'A'}`);
      expect(await ask(row.door, method, wrong, '', false)).toBe(false);
    },
  );

  /** Who has no part in any of these cases; an operator sees none at all. */
  const strangers = ['other-manager', 'other-funder-approver', 'other-coordinator', 'other-insurer', 'operator'];
  const queries = [
    '',
    '?kind=need',
    '?kind=grant',
    '?kind=insurance',
    '?q=江城第一医院',
    '?text=江城',
    '?stage=approving',
  ];

  it.each(strangers)('no list, search or file shows %s a case that is none of theirs', async (who) => {
    const ids = [...places].flatMap(([place, id]) => (place.startsWith('case ') ? [id] : []));
    expect(ids).toHaveLength(kinds.length);
    const reader = readers.get(who) ?? (await stand.as(who));
    const seen = new Map<string, string>();
    for (const route of all.console.filter((one) => one.startsWith('get ') && !one.includes(':')))
      for (const query of queries) {
        const path = `${route.slice(4)}${query}`;
        if (!signIn.has(route.slice(4))) seen.set(path, (await reader.get(path)).html);
      }
    for (const route of all.api.filter((one) => one.startsWith('get ') && !one.includes('{')))
      for (const query of queries) {
        const path = `${route.slice(4)}${query}`;
        seen.set(`api ${path}`, (await stand.api('GET', path, { as: who })).text);
      }
    const batch = await reader.post('/console/insurance/batch.csv', { reason: '核对' });
    seen
      .set('batch', batch.html)
      .set('api batch', (await stand.api('POST', '/insurance-batch', { as: who, body: { reason: '核对' } })).text);
    expect(seen.size).toBeGreaterThan(100);
    const leaks = [...seen].filter(([, text]) => ids.some((id) => text.includes(id)));
    expect(leaks.map(([path]) => path)).toEqual([]);
    // those who have part in them do find them there
    const own = await (await stand.as('hub-lead')).get('/console/cases?q=江城第一医院');
    for (const id of ids) expect(own.html).toContain(id);
  });

  it('a link of one case answers no question of another', async () => {
    const task = places.get('task need') ?? '';
    const other = places.get('link other') ?? '';
    expect(await ask('api', 'post', `/track/${other}/tasks/${task}/decision`, '', false)).toBe(false);
    expect(await ask('site', 'post', `/track/${other}/tasks/${task}`, '', false)).toBe(false);
  });
});
