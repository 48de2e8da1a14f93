import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compose } from '../../functions/notify/compose.ts';
import { recipientsOf } from '../../functions/notify/recipients.ts';
import { caseOfSecret } from '../../shared/secrets/private-link.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { demoProgramme, walker } from '../engine/walk.ts';
import { type SiteStand, secretIn, startSite, who } from './site-stand.ts';

let site: SiteStand;
let api: ApiStand;
let elsewhere: string;
let near: string;
beforeAll(async () => {
  [site, api] = await Promise.all([startSite(), startApi()]);
  elsewhere = await site.programme({
    name: '外省互助',
    areas: ['上海'],
    organizationTypes: ['volunteer-group'],
    questions: [],
  });
  near = await site.programme({ name: '本省医院资助', areas: ['湖北'], questions: [] });
  await site.programme({ name: '只给养老院', organizationTypes: ['care-home'], questions: [] });
});
afterAll(() => Promise.all([site.stop(), api.stop()]));

const budget = { 'budget.0.description': '油费', 'budget.0.amount': '3000' };
const rules = ['不在项目地区范围内（上海）', '机构类型不符合项目要求'];

describe('the rules of a programme that an application does not meet', () => {
  it('are told in the form as soon as it is known who applies, with the programmes that fit; it can be sent all the same', async () => {
    const path = `/grants/new?programme=${elsewhere}`;
    expect((await site.get(path)).html).not.toContain('不符合这个项目的条件');
    const next = await site.post(path, { ...who, action: 'continue', step: 'organization' });
    for (const told of [...rules, '不符合这个项目的条件', '本省医院资助']) expect(next.html).toContain(told);
    expect(next.html).not.toContain('只给养老院');
    const fits = await site.post(`/grants/new?programme=${near}`, { ...who, action: 'continue', step: 'organization' });
    expect(fits.html).not.toContain('不符合这个项目的条件');
    const sent = await site.post(path, { ...who, purpose: '运货', ...budget, action: 'send' });
    expect(sent.status).toBe(303);
  });

  it('stand on the private page and in the mail after screening, and what was looked up about others does not', async () => {
    const sent = await site.post(`/grants/new?programme=${elsewhere}`, {
      ...who,
      purpose: '再次运货',
      ...budget,
      action: 'send',
    });
    const secret = secretIn(sent.location);
    await site.carryOn(secret);
    const { html } = await site.get(`/track/${secret}`);
    for (const told of [...rules, '自动核对发现', '本省医院资助']) expect(html).toContain(told);
    expect(html).not.toContain('该机构在本项目已有');
    const id = caseOfSecret(secret);
    const file = id && (await readCaseFile(site.hub.table, id));
    const event = file?.events.find((one) => one.type === 'stage-changed' && one.on === 'screened');
    if (!file || !event) throw new Error('it was not screened');
    const told = await recipientsOf(site.hub.table, event, file.subject, undefined);
    const [applicant] = told.filter(({ as }) => as === 'applicant');
    const mail = applicant && compose(event, file.subject, undefined, applicant, 'https://hub.example.org/link');
    expect(mail?.subject).toContain('自动核对有发现');
    for (const rule of rules) expect(mail?.text).toContain(rule);
  });

  it('are in what the API says by the private link; an application that meets them is mailed nothing about it', async () => {
    await api.ok('POST', '/programmes', z.unknown(), {
      as: 'programme-manager',
      body: demoProgramme({ areas: ['上海'] }),
    });
    const walked = await walker(api).submit('grant');
    const Told = z.object({ screening: z.array(z.object({ code: z.string(), detail: z.string() })).optional() });
    const { screening } = await api.ok('GET', `/track/${walked.secret}`, Told);
    expect(screening?.map(({ code }) => code)).toEqual(['outside-area']);

    const sent = await site.post(`/grants/new?programme=${near}`, {
      ...who,
      purpose: '运货',
      ...budget,
      action: 'send',
    });
    const secret = secretIn(sent.location);
    const subject = await site.carryOn(secret);
    const file = await readCaseFile(site.hub.table, subject.id);
    const event = file?.events.find((one) => one.type === 'stage-changed' && one.on === 'screened');
    if (!file || !event) throw new Error('it was not screened');
    const told = await recipientsOf(site.hub.table, event, file.subject, undefined);
    expect(told.filter(({ as }) => as === 'applicant')).toEqual([]);
  });
});
