import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import type { Fault } from '../../cdk/cli/audit/faults.ts';
import { type Report, verifyAudit } from '../../cdk/cli/audit/verify.ts';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { policiesOf } from '../../cdk/local/deployment/roles.ts';
import type { RecordedCall } from '../../cdk/local/iam/authorizer.ts';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import type { Blueprint } from '../../cdk/local/template/blueprint.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';
import { needsSheet } from '../../functions/api/openapi/examples/catalogue.ts';
import { madeUpIdentityNumber } from '../../functions/kinds/insurance/made-up-number.ts';
import { CaseId, PartyId, ProgrammeId } from '../../shared/domain/ids.ts';
import { addDays, instant, localDate } from '../../shared/domain/time.ts';
import { organizationKey } from '../../shared/store/case-item.ts';
import { indexKeys, keys } from '../../shared/store/keys.ts';
import { requestRecheck } from '../../shared/store/recheck.ts';
import { toItem, transact } from '../../shared/store/table.ts';
import { PROGRAMME } from '../crash/journeys.ts';
import { createLoad } from '../crash/load.ts';
import { visitor } from '../crash/visitor.ts';
import { freePort } from '../e2e/free-port.ts';
import { demoProgramme, submissionOf } from '../engine/walk.ts';
import { missing, type Observed, unneeded } from '../permissions/needed.ts';
import { need, secretIn, who } from './site-stand.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const Anything = z.object({}).loose();

/** Who asks, so that the people of a case that a job makes are found. */
const withContact = (sheet: string) =>
  sheet
    .split('\n')
    .map((line, row) => `${line}${row === 0 ? ',联系人,联系电话' : ',刘主任,027-00001234'}`)
    .join('\n');

/** Cases of all kinds from form to closing, and whatever else people and time do with the stack. */
async function useEverything({ cloud, table }: RunningStack): Promise<void> {
  const { clock, url } = cloud;
  const as = async (person: string) => apiClient(url, await cloud.token(person));
  const load = await createLoad({ url, token: cloud.token, random: () => 1, every: DAY });
  load.begin();
  const travelled = await load.end();
  const linked = travelled.find(({ journey }) => journey.name.includes('linked'));

  // the site: every form, private links with their links to other cases, and money that comes back
  const org = visitor(url);
  for (const path of ['/', '/programmes', `/programmes/${PROGRAMME}`, `/track/${linked?.secret}`]) await org.open(path);
  await org.send(await org.open('/needs/new'), '/needs/new', { ...need, action: 'send' });
  const form = `/grants/new?programme=${PROGRAMME}`;
  const applied = await org.send(await org.open(form), form, {
    ...who,
    organizationType: 'volunteer-group',
    'place.province': '江城省',
    purpose: '防护用品',
    'budget.0.description': '口罩',
    'budget.0.amount': '5000',
    'answers.beneficiaries': '300',
    action: 'send',
  });
  const today = localDate(clock.now());
  const days = { coverFrom: addDays(today, 1), coverTo: addDays(today, 30) };
  const typed = { ...who, step: 'volunteers', activity: '送菜', ...days, action: 'choose-file' };
  const choosing = await org.send(await org.open('/insurance/new'), '/insurance/new', typed);
  const people = `姓名,身份证号,手机号码\n王晓,${madeUpIdentityNumber(clock.now() - DAY, 0)},13900000003`;
  await org.give(choosing, 'a.csv', people);
  const insured = await org.send(await org.open('/insurance/new'), '/insurance/new', {
    ...who,
    activity: '送菜',
    coverFrom: addDays(today, 1),
    coverTo: addDays(today, 30),
    'volunteers.0.name': '王晓',
    'volunteers.0.identityNumber': madeUpIdentityNumber(clock.now() - DAY, 0),
    'volunteers.0.phone': '13900000003',
    action: 'send',
  });
  await clock.advance(0);

  // the console: signing in, lists, decisions, catalogue, import, the insurer's batch
  const grant = secretIn(applied.path);
  const decided = async (person: string, outcome: string, fields: Readonly<Record<string, string>>) => {
    const officer = visitor(url);
    await officer.signIn(person);
    const path = `/console/cases/${grant.slice(0, 10)}`;
    const page = await officer.open(path);
    const task = /name="task" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const given = Object.entries(fields).map(([name, value]) => [`${outcome}.${name}`, value]);
    await officer.send(page, path, { task, outcome, ...Object.fromEntries(given) });
    await clock.advance(0);
    return officer;
  };
  await decided('funder-reviewer', 'recommended', { score: '80', reason: '可以' });
  const approver = await decided('funder-approver', 'approved', { reason: '同意' });
  await org.send(await org.open(`/track/${grant}/withdraw`), `/track/${grant}/withdraw`, { reason: '不需要了' });
  await approver.open('/console/cases?kind=grant');
  await approver.send(await approver.open('/console/offers'), '/console/offers', {
    title: '手套',
    itemGroup: 'gloves',
    amount: '10',
  });
  const coordinator = visitor(url);
  await coordinator.signIn('hub-coordinator');
  for (const kind of ['need', 'grant', 'insurance']) await coordinator.open(`/console/cases?kind=${kind}`);
  for (const { id } of travelled) await coordinator.open(`/console/cases/${id}`);
  const chosen = await coordinator.open('/console/import');
  const plan = await coordinator.give(chosen, 'needs.csv', withContact(needsSheet(clock.now())));
  await coordinator.send(plan, /action="(\/console\/import\/\w+\/run)"/.exec(plan.html)?.[1] ?? '', {});
  const insurer = visitor(url);
  await insurer.signIn('insurer');
  await insurer.open('/console/insurance/batch');

  // an organization's own requests, a private link mailed again, and a person whose data is erased
  const manager = visitor(url);
  await manager.signIn('org-manager');
  await manager.open('/console/requests');
  await (await as('org-manager')).get('/cases', Anything);
  const asked = { number: grant.slice(0, 10), email: who['contact.email'] ?? '' };
  await org.send(await org.open('/track/again'), '/track/again', asked);
  const phone = who['contact.phone'] ?? '';
  const hubLead = visitor(url);
  await hubLead.signIn('hub-lead');
  const found = await hubLead.open('/console/person-requests');
  const erasure = { phone, shown: '来电核对', erase: grant.slice(0, 10) };
  await hubLead.send(found, '/console/person-requests/erasure', erasure);

  // the auditor: a trail, and what happened in a period
  const auditor = visitor(url);
  await auditor.signIn('auditor');
  await auditor.open(`/console/audit.csv?from=${today}&to=${today}`);
  await (await as('auditor')).get(`/audit?from=${today}&to=${today}`, Anything);

  // the API: lists of everybody, import, batch
  for (const person of ['hub-coordinator', 'funder-approver', 'insurer']) {
    for (const path of ['/tasks', '/cases']) await (await as(person)).get(path, Anything);
  }
  const hub = await as('hub-coordinator');
  const sheet = new TextEncoder().encode(needsSheet(clock.now()).replaceAll('江城第十医院', '江城第十一医院'));
  const { id } = await hub.upload('/imports', sheet, 'text/csv', z.object({ id: z.string() }));
  await hub.post(`/imports/${id}/run`, {}, Anything);
  await (await as('funder-approver')).post(`/programmes`, demoProgramme({ id: 'short-fund' }), Anything);
  await (await as('funder-approver')).post(`/programmes/short-fund/closure`, {}, Anything);
  // somebody who answers nothing below steps aside from all cases of an organization
  const lead = await as('hub-lead');
  await lead.post(`/cases/${travelled[0]?.id}/interests`, { reason: 'other', standing: true }, Anything);

  // the API ends what pages end: an address, a membership
  const own = await as('org-manager');
  const Asked = z.object({ id: z.string() });
  const { id: address } = await own.post('/addresses', { email: 'office@third-hospital.example' }, Asked);
  await own.post('/addresses/release', { address }, Anything);
  const Members = z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) });
  const funder = await as('programme-manager');
  const { members } = await funder.get('/members', Members);
  const leaving = members.find(({ name }) => name === 'Grace Second');
  await funder.post(`/members/${leaving?.id}/removal`, { reason: '换了工作' }, Anything);

  // an organization's addresses, and an interest in it, changed, and it has more cases than are looked at at once
  const whose = [indexKeys.ofOrganization(PartyId.parse('river-hospital-3')), organizationKey('江城第三人民医院')];
  await transact(
    table,
    whose.map((each) => requestRecheck(table, each, instant(clock.now()))),
  );

  // news that the relay has to set aside, and the sweep finds
  const mended = ['StartExecution', 'SendTaskSuccess'].map((operation) =>
    cloud.inject({ service: 'states', operation, times: 100_000, error: { code: 'ExecutionLimitExceeded' } }),
  );
  const nobody = apiClient(url);
  await nobody.post('/needs', submissionOf('need'), Anything);
  await nobody.post('/grants', submissionOf('grant', { programme: PROGRAMME }), Anything);
  await nobody.post('/insurance-requests', submissionOf('insurance'), Anything);
  const waiting = travelled.find(({ journey }) => journey.ends === 'verifying');
  const OpenTask = z.object({ openTask: z.object({ id: z.string() }) });
  const { openTask } = await hub.get(`/cases/${waiting?.id}`, OpenTask);
  await hub.post(`/tasks/${openTask.id}/decision`, { outcome: 'verified' }, Anything);
  await clock.advance(2 * HOUR);
  for (const mend of mended) mend();
  // an insurance request ended so long ago that its people are erased, and the data key has been used long enough
  const { client, name } = table;
  const ended = secretIn(insured.path);
  await org.send(await org.open(`/track/${ended}/withdraw`), `/track/${ended}/withdraw`, { reason: '取消' });
  await client.send(
    new UpdateItemCommand({
      TableName: name,
      Key: toItem({ ...keys.case(CaseId.parse(ended.slice(0, 10))) }),
      UpdateExpression: 'SET stageSk = :long',
      ExpressionAttributeValues: toItem({ ':long': `~withdrawn#2020-02-03T00:00:00.000Z#${ended.slice(0, 10)}` }),
    }),
  );
  const since = toItem({ ':then': new Date(clock.now() - 91 * DAY).toISOString() });
  const key = { TableName: name, Key: toItem({ ...keys.currentDataKey() }) };
  await client.send(
    new UpdateItemCommand({ ...key, UpdateExpression: 'SET since = :then', ExpressionAttributeValues: since }),
  );
  // a mail that the server does not take yet waits, and goes out later
  const paused = cloud.inject({
    service: 'ses',
    operation: 'SendEmail',
    times: 100_000,
    error: { code: 'SendingPausedException', message: 'Sending paused for this account.' },
  });
  await org.send(await org.open('/needs/new'), '/needs/new', { ...need, action: 'send' });
  await clock.advance(0);
  paused();
  // a programme of 0.1.0, whose figures the sweep counts
  await client.send(
    new UpdateItemCommand({
      TableName: name,
      Key: toItem({ ...keys.programme(ProgrammeId.parse(PROGRAMME)) }),
      UpdateExpression: 'REMOVE paid, returned',
    }),
  );
  // reminders, escalations, cover that ends, an agreement that nobody accepts
  await clock.advance(15 * DAY);
}

/** Who a role belongs to, as the template calls it. */
function ownerOf({ functions, stateMachines }: Blueprint, role: string): string {
  const owner = [...functions, ...stateMachines].find((each) => each.roleArn === role);
  return owner?.logicalId.replace(/[0-9A-F]{8}$/, '') ?? role;
}

let observed: Observed;
let blueprint: Blueprint;
/** What the policies of a stack allow, beside the calls that were decided by them. */
function observe(stack: Blueprint, calls: readonly RecordedCall[]): Observed {
  const { accountId, region, functions, stateMachines } = stack;
  const owners = new Map([...functions, ...stateMachines].map(({ roleArn, logicalId }) => [roleArn, logicalId]));
  return { accountId, region, owners, policies: policiesOf(stack), calls };
}

let failure: unknown;
const faults: Fault[] = [];
let audited: Report | undefined;

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'jieli-permissions-'));
  const stack = await startStack({ port: await freePort(), dataDir, demo: false, say: () => undefined });
  const { cloud } = stack;
  try {
    const at = { region: cloud.region, accountId: '123456789012', url: cloud.url, parameters: {} };
    blueprint = readTemplate(readAssembly(join(dataDir, 'assembly')), at);
    await useEverything(stack).catch((error: unknown) => {
      failure = error;
    });
    observed = observe(blueprint, cloud.calls());
    const bucket = cloud.outputs.AnchorBucket ?? '';
    audited = await verifyAudit(stack.table, new S3Client({}), bucket, (fault) => void faults.push(fault));
  } finally {
    await cloud.stop();
  }
  return () => rmSync(dataDir, { recursive: true, force: true });
  // a bound for what hangs: a busy machine takes minutes
}, 600_000);
afterAll(() => undefined);

describe('whatever people and time did', () => {
  it('is chained, and anchored outside the table', () => {
    expect(faults).toEqual([]);
    expect(audited?.entries).toBeGreaterThan(100);
    expect(audited?.anchors).toBe(audited?.entries);
  });
});

describe('the permissions in the template', () => {
  it('are all that the stack needs: no call was denied', () => {
    expect(missing(observed)).toEqual([]);
    if (failure) throw failure;
  });

  it('are no more than the stack needs: without any of them a call would have been denied', () => {
    if (failure) throw new Error('not everything was done', { cause: failure });
    expect(unneeded(observed)).toEqual([]);
  });

  it('belong to the functions and the state machines alone, each with a role of its own', () => {
    const owners = blueprint.roles.map(({ arn }) => ownerOf(blueprint, arn));
    expect(new Set(owners).size).toBe(blueprint.functions.length + blueprint.stateMachines.length);
    expect(owners.filter((owner) => owner.startsWith('arn:'))).toEqual([]);
  });
});
