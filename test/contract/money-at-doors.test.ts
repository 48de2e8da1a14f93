import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { type CaseId, MemberId } from '../../shared/domain/ids.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import { listOffers } from '../../shared/store/offers.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { demoProgramme, exampleOf, submissionOf, walker } from '../engine/walk.ts';
import { day } from '../factory/hub.ts';
import { type ConsoleStand, type Seen, startConsole } from './console-stand.ts';
import { fieldsOf, problemsIn, type SiteStand, secretIn, startSite, who } from './site-stand.ts';

let site: SiteStand;
let desk: ConsoleStand;
let api: ApiStand;
let walk: ReturnType<typeof walker>;
let fund: string;
beforeAll(async () => {
  [site, desk, api] = await Promise.all([startSite(), startConsole(), startApi()]);
  const [manager] = await membershipsOf(desk.hub.table, MemberId.parse('programme-manager'));
  if (!manager) throw new Error('nobody publishes');
  fund = (await createProgramme(desk.hub, demoProgramme({ questions: [] }), manager)).id;
  await api.ok('POST', '/programmes', z.unknown(), { as: 'programme-manager', body: demoProgramme() });
  walk = walker(api);
});
afterAll(() => Promise.all([site.stop(), desk.stop(), api.stop()]));

/** Two lines, each within its bound, whose sum is beyond that of any amount. */
const huge = [
  { description: '救护车', amount: 60_000_000_000 },
  { description: '方舱', amount: 60_000_000_000 },
];
const typed = {
  'budget.0.description': '救护车',
  'budget.0.amount': '999,999,999',
  'budget.1.description': '方舱',
  'budget.1.amount': '999999999',
};
const path = '/console/new/grant';
/** Each way of writing a decimal comma, and what else can be read in two ways. */
const ambiguous = ['3000,50', '1,2,3', '3.000', '1,5', '500-1000'];

describe('a budget whose lines are each within bounds and whose sum is not', () => {
  it('is a problem of the budget at the API, and of changes to it', async () => {
    const sent = await api.call('POST', '/grants', { body: submissionOf('grant', { budget: huge }) });
    const problem = { code: 'sum-too-big' };
    expect(sent).toMatchObject({ status: 422, body: { errors: [{ pointer: '/budget', ...problem }] } });
    const walked = await walk.at('grant', 'changes-requested');
    const again = await walk.answer('grant', walked, { outcome: 'resubmitted', changes: { budget: huge } });
    expect(again).toMatchObject({ status: 422, body: { errors: [{ pointer: '/changes/budget', ...problem }] } });
  });

  it('is told to the applicant at the budget, with everything that was typed', async () => {
    const id = await site.programme({ questions: [] });
    const fields = { ...who, purpose: '运货', ...typed, action: 'send' };
    const refused = await site.post(`/grants/new?programme=${id}`, fields);
    expect(refused.status).toBe(422);
    expect(problemsIn(refused.html)).toEqual(['预算：合计不能大于 1,000,000,000.00']);
    expect(fieldsOf(refused.html)).toMatchObject({ ...who, purpose: '运货', ...typed });
  });

  it('is told to a coordinator who types it in, and to an applicant who changes theirs', async () => {
    const reader = await desk.as('hub-coordinator');
    await reader.get(`${path}?programme=${fund}`);
    const entered = await reader.post(path, { ...who, language: 'zh', programme: fund, purpose: '运货', ...typed });
    expect([entered.status, problemsIn(entered.html)]).toEqual([422, ['预算：合计不能大于 1,000,000,000.00']]);
    expect(entered.html).toContain('value="999,999,999"');

    const id = await site.programme({ questions: [] });
    const one = { 'budget.0.description': '车', 'budget.0.amount': '100' };
    const done = await site.post(`/grants/new?programme=${id}`, { ...who, purpose: '运货', ...one, action: 'send' });
    const secret = secretIn(done.location);
    await site.carryOn(secret);
    await site.answer(secret, 'funder-reviewer', { outcome: 'changes-requested', reason: '请补充' });
    const changes = await site.get(`/track/${secret}/changes`);
    const refused = await site.post(`/track/${secret}/changes`, { ...fieldsOf(changes.html), ...typed });
    expect([refused.status, problemsIn(refused.html)]).toEqual([422, ['预算：合计不能大于 1,000,000,000.00']]);
    expect(fieldsOf(refused.html)).toMatchObject(typed);
  });
});

describe('an amount of money that can be read in two ways', () => {
  /** An application of an organization without e-mail, for which the hub answers. */
  const entered = async (): Promise<CaseId> => {
    const [member] = await membershipsOf(desk.hub.table, MemberId.parse('hub-coordinator'));
    const contact = { name: '周队长', phone: '027-00005678' };
    const { subject } = await submitCase(desk.hub, 'grant', { body: submissionOf('grant', { contact }), member });
    await desk.carryOn(subject.id);
    return subject.id;
  };
  const taken = async (id: CaseId, person: string, body: object): Promise<void> => {
    const task = (await readCaseFile(desk.hub.table, id))?.tasks.find(({ status }) => status === 'open');
    const got = await desk.api('POST', `/tasks/${task?.id}/decision`, { as: person, body });
    expect(got.status).toBe(200);
    await desk.carryOn(id);
  };
  /** What the page says when the outcome is answered with these fields; the case stays where it is. */
  const answered = async (
    person: string,
    id: CaseId,
    outcome: string,
    fields: Record<string, string>,
    path = `/console/cases/${id}`,
  ) => {
    const reader = await desk.as(person);
    const { html } = await reader.get(`/console/cases/${id}`);
    const task = new RegExp(`name="task" value="(${id}-\\d+x?)"`).exec(html)?.[1] ?? '';
    const named = Object.entries(fields).map(([name, value]) => [`${outcome}.${name}`, value]);
    const before = await readCase(desk.hub.table, id);
    const seen = await reader.post(path, { task, outcome, ...Object.fromEntries(named) });
    expect((await readCase(desk.hub.table, id))?.version).toBe(before?.version);
    return seen;
  };

  it.each(ambiguous)('is refused where it was typed, at each door of a grant: %s', async (amount) => {
    const programme = await site.programme({ questions: [] });
    const line = { 'budget.0.description': '油费', 'budget.0.amount': amount };
    const sent = await site.post(`/grants/new?programme=${programme}`, {
      ...who,
      purpose: '运货',
      ...line,
      action: 'send',
    });
    expect([sent.status, problemsIn(sent.html)]).toEqual([422, ['第 1 行 金额：请填写金额，例如 3000 或 3,000.50']]);

    const reader = await desk.as('hub-coordinator');
    await reader.get(`${path}?programme=${fund}`);
    const fields = { ...who, language: 'zh', programme: fund, purpose: '运货', ...line };
    const entered = await reader.post(path, fields);
    expect([entered.status, problemsIn(entered.html).join()]).toEqual([422, expect.stringContaining('金额')]);

    const manager = await desk.as('programme-manager');
    await manager.get('/console/programmes/new');
    const terms = { name: '资助', purpose: '支持', closesOn: '2099-12-31', reportDueDays: '30' };
    const money = { budget: amount, ceiling: amount, secondApprovalAbove: amount };
    const published = await manager.post('/console/programmes/new', { ...terms, ...money });
    expect([published.status, problemsIn(published.html)]).toMatchObject([422, { length: 3 }]);
  });

  it.each(ambiguous)('is refused at the desk, in what is approved, paid and reported: %s', async (amount) => {
    const id = await entered();
    await taken(id, 'funder-reviewer', exampleOf('grant', 'recommended'));
    const approved = await answered('funder-approver', id, 'approved', { amount });
    expect([approved.status, problemsIn(approved.html).join()]).toEqual([422, expect.stringContaining('金额')]);
    await taken(id, 'funder-approver', exampleOf('grant', 'approved'));
    await taken(id, 'hub-coordinator', exampleOf('grant', 'accepted'));
    const paid = await answered('funder-finance', id, 'paid', { paidOn: day(0), reference: 'P1', amount });
    expect([paid.status, problemsIn(paid.html).join()]).toEqual([422, expect.stringContaining('金额')]);
    await taken(id, 'funder-finance', { outcome: 'paid', paidOn: day(0), reference: 'P1' });
    const reported = await answered('hub-coordinator', id, 'reported', { summary: '都用于油费', spent: amount });
    expect([reported.status, problemsIn(reported.html).join()]).toEqual([422, expect.stringContaining('支出')]);
  });

  it('is refused at the desk in what came back, is asked to be waived or corrected, where none at all means all of it', async () => {
    const id = await entered();
    await taken(id, 'funder-reviewer', exampleOf('grant', 'recommended'));
    await taken(id, 'funder-approver', exampleOf('grant', 'approved'));
    await taken(id, 'hub-coordinator', exampleOf('grant', 'accepted'));
    await taken(id, 'funder-finance', { outcome: 'paid', paidOn: day(0), reference: 'P1' });
    const isRefused = ({ status, html }: Seen, amount: string): void => {
      expect([status, problemsIn(html)]).toEqual([422, [expect.stringContaining('请填写金额')]]);
      expect(html).toContain(`value="${amount}"`);
    };
    const entry = { entry: 'E1', on: day(0), reference: 'P2', reason: '抄错' };
    const corrects = (amount: string, path?: string) =>
      answered('funder-finance', id, 'entry-corrected', { ...entry, amount }, path);
    for (const amount of ambiguous) isRefused(await corrects(amount, `/console/cases/${id}/beside`), amount);
    await taken(id, 'hub-coordinator', { outcome: 'reported', summary: '都用于油费', spent: 100 });
    await taken(id, 'funder-approver', { outcome: 'report-accepted' });
    for (const amount of ambiguous) {
      const back = { amount, returnedOn: day(0), reference: 'R1' };
      isRefused(await answered('funder-finance', id, 'returned', back), amount);
      isRefused(await answered('funder-finance', id, 'waiver-asked', { amount, reason: '已用于口罩' }), amount);
      isRefused(await corrects(amount), amount);
    }
  });

  it('is refused as the number of an offer', async () => {
    const donor = await desk.as('other-funder-approver');
    await donor.get('/console/offers');
    for (const amount of ambiguous) {
      const fields = { title: '护目镜一批', itemGroup: 'eye-face-protection', amount, areas: '江城省' };
      const { status, html } = await donor.post('/console/offers', fields);
      expect([amount, status, problemsIn(html).length]).toEqual([amount, 422, 1]);
      expect(html).toContain(`value="${amount}"`);
    }
    expect(await listOffers(desk.hub.table)).toEqual([]);
  });
});
