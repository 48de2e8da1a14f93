import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AuditView } from '../../functions/api/views/audit.ts';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { MemberId } from '../../shared/domain/ids.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { changeRoles, removeMember } from '../../shared/people/members.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { nameOf } from '../engine/people.ts';
import { demoProgramme, submissionOf } from '../engine/walk.ts';
import { taskOf } from '../factory/hub.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
let api: ApiStand;
let subject: Case;
/** Everything since the tests began, also when a day ends meanwhile. */
const period = `from=${localDate(Date.now())}&to=${addDays(localDate(Date.now()), 1)}`;

async function acting(hub: ConsoleStand['hub'], person: string) {
  const [member] = await membershipsOf(hub.table, MemberId.parse(person));
  if (!member) throw new Error(`${person} is a member of nothing`);
  return { type: 'member', member } as const;
}

/** A grant application on which the reviewer has given counsel. */
async function aGrant(hub: ConsoleStand['hub'], carryOn: (id: Case['id']) => Promise<unknown>): Promise<Case> {
  const manager = await acting(hub, 'funder-approver');
  await createProgramme(hub, demoProgramme(), manager.member);
  const { subject: made } = await submitCase(hub, 'grant', {
    body: submissionOf('grant', { organization: '=HYPERLINK("http://x")' }),
  });
  await carryOn(made.id);
  const task = taskOf({ ...made, entered: { at: made.submittedAt, version: 3 } });
  await decideTask(
    hub,
    task,
    { outcome: 'recommended', score: 90, reason: '=建议资助' },
    await acting(hub, 'funder-reviewer'),
  );
  return made;
}

beforeAll(async () => {
  [stand, api] = [await startConsole(), await startApi()];
  subject = await aGrant(stand.hub, stand.carryOn);
}, 60_000);
afterAll(async () => {
  await stand.stop();
  await api.stop();
});

/** Canonical JSON as anybody could write it from the description. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`)
    .join(',')}}`;
}

function assertVerifies({ entries }: Pick<AuditView, 'entries'>): void {
  const last = new Map<string, string>();
  for (const { chain, purpose, bound, hash } of entries) {
    expect(
      createHash('sha256')
        .update(`jieli ${purpose} 1\n${canonical(bound)}`)
        .digest('base64url'),
    ).toBe(hash);
    const before = last.get(chain);
    if (before) expect(bound.previous).toBe(before);
    last.set(chain, hash);
  }
}

describe('the audit trail of a case', () => {
  it('shows the lead and the auditor who saw and did what, in either language, and nobody else', async () => {
    await (await stand.as('hub-coordinator')).get(`/console/cases/${subject.id}`);
    const path = `/console/cases/${subject.id}/audit`;
    const lead = await (await stand.as('hub-lead')).get(path);
    expect(lead.status).toBe(200);
    expect(lead.html).toContain('查看：申请内容、联系人');
    // who only looked is named too
    expect(lead.html).toContain(nameOf('hub-coordinator'));
    // the funder's own counsel is not the hub's to read
    expect(lead.html).not.toContain('建议资助</blockquote>');
    const auditor = await (await stand.as('auditor', 'en')).get(path);
    expect(auditor.html).toContain('Seen: ');
    expect(auditor.html).toContain('建议资助</blockquote>');
    for (const person of ['hub-coordinator', 'funder-reviewer', 'insurer', 'operator']) {
      expect((await (await stand.as(person)).get(path)).status).toBeGreaterThanOrEqual(403);
    }
  });

  it('is there after what it shows: that somebody read it is its next entry', async () => {
    const auditor = await stand.as('auditor');
    await auditor.get(`/console/cases/${subject.id}/audit.json`);
    const { html } = await auditor.get(`/console/cases/${subject.id}/audit`);
    expect(html).toContain('导出：申请审计记录');
  });

  it('can be taken away by the auditor alone, as CSV without formulas and as JSON that verifies elsewhere', async () => {
    const auditor = await stand.as('auditor');
    const csv = await auditor.get(`/console/cases/${subject.id}/audit.csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.html).toContain("'=建议资助");
    const json = await auditor.get(`/console/cases/${subject.id}/audit.json`);
    const document = AuditView.omit({ nextCursor: true }).parse(JSON.parse(json.html));
    expect(document.entries.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(['event', 'trace']));
    assertVerifies(document);
    const lead = await stand.as('hub-lead');
    expect((await lead.get(`/console/cases/${subject.id}/audit.csv`)).status).toBe(403);
  });
});

describe('the audit of a period', () => {
  it('has everything in order: changes, views, sign-ins, and the export before', async () => {
    const auditor = await stand.as('auditor');
    await auditor.get(`/console/audit.csv?${period}`);
    const document = JSON.parse((await auditor.get(`/console/audit.json?${period}`)).html);
    const { entries } = AuditView.omit({ nextCursor: true }).parse(document);
    const types = entries.map(
      ({ bound }) => z.looseObject({ type: z.string() }).parse(bound.event ?? bound.trace).type,
    );
    expect(types).toEqual(expect.arrayContaining(['submitted', 'stage-changed', 'viewed', 'signed-in', 'exported']));
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
    assertVerifies({ entries });
  });

  it('says by name who did it, and to whom, as long as they are members', async () => {
    const { table } = stand.hub;
    const { member: lead } = await acting(stand.hub, 'programme-manager');
    await changeRoles(table, lead, 'funder-finance', { roles: ['finance', 'reviewer'] });
    await changeRoles(table, lead, 'many-roles', { roles: ['reviewer'] });
    await removeMember(table, lead, 'many-roles', { reason: '离职' });
    const auditor = await stand.as('auditor', 'en');
    const { html } = await auditor.get(`/console/audit.csv?${period}`);
    const rows = html.split('\n').filter((row) => row.includes(nameOf('programme-manager')));
    expect(rows.some((row) => row.includes(`${nameOf('funder-finance')} finance reviewer`))).toBe(true);
    expect(rows.some((row) => row.includes('many-roles reviewer'))).toBe(true);
    expect(html).not.toContain(nameOf('many-roles'));
  });

  it('says what is wrong with a period, and keeps what was typed', async () => {
    const auditor = await stand.as('auditor');
    const seen = await auditor.get('/console/audit.csv?from=2020-02-03&to=2020-02-01');
    expect(seen.status).toBe(422);
    expect(seen.html).toContain('结束日期不能早于开始日期');
    expect(seen.html).toContain('2020-02-03');
  });
});

describe('the audit by the API', () => {
  it('comes in pages that go on where the last one ended, without gap or repetition', async () => {
    const one = await aGrant(api.hub, (id) => api.carryOn(id));
    const found: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 50; pages++) {
      const path: string = `/audit?${period}&limit=3${cursor && `&cursor=${cursor}`}`;
      const page: AuditView = await api.ok('GET', path, AuditView, { as: 'auditor' });
      expect(page.entries.length).toBeLessThanOrEqual(3);
      found.push(
        ...page.entries.filter(({ chain }) => chain.startsWith('case/')).map(({ chain, seq }) => `${chain} ${seq}`),
      );
      // each page taken leaves an entry itself: the changes of cases end, the exports do not
      cursor = found.length >= 4 && page.entries.every(({ purpose }) => purpose === 'trace') ? null : page.nextCursor;
    }
    expect(found).toEqual([1, 2, 3, 4].map((version) => `case/${one.id} ${version}`));
  });

  it('is for auditors, of one case or of a period, as JSON or CSV', async () => {
    const { subject: made } = await submitCase(api.hub, 'need', { body: submissionOf('need') });
    const path = `/cases/${made.id}/audit`;
    assertVerifies(await api.ok('GET', path, AuditView, { as: 'auditor' }));
    const csv = await api.call('GET', `${path}?format=csv`, { as: 'auditor', headers: { 'accept-language': 'en' } });
    expect(csv.body).toContain('Hash of the one before');
    for (const as of ['hub-lead', 'hub-coordinator', 'operator']) {
      expect((await api.call('GET', path, { as })).status).toBe(403);
      expect((await api.call('GET', `/audit?${period}`, { as })).status).toBe(403);
    }
    expect((await api.call('GET', '/audit?from=2020-01-01&to=2021-01-01', { as: 'auditor' })).status).toBe(422);
  });
});
