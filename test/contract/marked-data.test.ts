import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { madeUpIdentityNumber } from '../../functions/kinds/insurance/made-up-number.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { visitor } from '../crash/visitor.ts';
import { freePort } from '../e2e/free-port.ts';
import { marksIn } from '../engine/marks.ts';
import { demoProgramme, exampleOf, submissionOf } from '../engine/walk.ts';
import { mailed, marked, useConsole } from './marked-console.ts';
import { need, secretIn } from './site-stand.ts';

const DAY = 86_400_000;
const identityNumber = madeUpIdentityNumber(Date.now() - 40 * 365 * DAY, 7);

/** What is personal of the people of these tests, and is nowhere else in the project. */
const person = {
  name: '标记甲乙',
  phone: '13900077123',
  landline: '0270-8877665',
  mail: 'biaoji-7712@example.org',
  address: '标记路七十一号',
  recipient: '标记丙丁',
  volunteer: '标记戊己',
  identityNumber,
  note: '备注标记庚辛',
  purpose: '用途标记壬癸',
  reason: '理由标记子丑',
  report: '报告标记寅卯',
  refused: '拒收标记辰巳',
  crashed: '故障标记午未',
  imported: '导入标记申酉',
  importedPhone: '13900077456',
  ...marked,
};
const marks = Object.values(person);
/** Reasons of decisions that applicants are told. */
const told: readonly string[] = [person.reason, person.decided];

const Made = z.object({ id: z.string(), trackingUrl: z.string().optional() });
const Tracked = z.object({ stage: z.string(), openTask: z.object({ id: z.string() }).nullable() });

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Addresses that were asked for or led to, and what was answered to requests that were refused. */
const addresses: string[] = [];
const refusals: string[] = [];
let dataDir = '';
let whileRunning: ReturnType<typeof marksInFiles> = [];

/** Puts the marked people through every door there is. */
async function useEverything(stack: RunningStack): Promise<void> {
  const { cloud } = stack;
  const { url, clock } = cloud;
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    as?: string,
    type = 'application/json',
  ): Promise<Answer> => {
    const token = as && (await cloud.token(as));
    addresses.push(path);
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': type }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 400) refusals.push(text);
    return { status: response.status, text };
  };
  const ok = async (...sent: Parameters<typeof call>): Promise<string> => {
    const got = await call(...sent);
    if (got.status >= 300) throw new Error(`${sent[0]} ${sent[1]}: ${got.status} ${got.text}`);
    return got.text;
  };
  const made = async (path: string, body: object, as?: string) => {
    const { id, trackingUrl } = Made.parse(JSON.parse(await ok('POST', path, body, as)));
    await clock.advance(0);
    return { id, secret: trackingUrl?.split('/track/')[1] ?? '' };
  };
  /** The question that the case waits for, once it does. */
  const asked = (secret: string) =>
    vi.waitFor(
      async () => {
        await clock.advance(0);
        const { openTask } = Tracked.parse(JSON.parse(await ok('GET', `/track/${secret}`)));
        return openTask ?? expect.fail(`${secret.slice(0, 10)} waits for nobody`);
      },
      { timeout: 60_000, interval: 50 },
    );
  /** Answers what the case waits for, as a member or as the holder of its link. */
  const decide = async (secret: string, body: object, as?: string): Promise<void> => {
    const { id } = await asked(secret);
    await ok('POST', as ? `/tasks/${id}/decision` : `/track/${secret}/tasks/${id}/decision`, body, as);
    await clock.advance(0);
  };
  const contact = { name: person.name, phone: person.phone, email: person.mail };
  const delivery = { address: person.address, recipient: person.recipient, phone: person.landline };
  const { reason } = person;

  // a need by the API, changed, decided, reported
  const first = await made('/needs', submissionOf('need', { contact, delivery, note: person.note }));
  await decide(first.secret, { outcome: 'changes-requested', reason }, 'hub-coordinator');
  await decide(first.secret, { outcome: 'resubmitted', changes: { contact, delivery, note: person.note } });
  await decide(first.secret, { ...exampleOf('need', 'verified'), reason }, 'hub-coordinator');
  await decide(first.secret, { ...exampleOf('need', 'matched'), reason }, 'hub-coordinator');
  await decide(first.secret, { ...exampleOf('need', 'approved'), reason }, 'funder-approver');
  await decide(first.secret, { ...exampleOf('need', 'dispatched'), note: person.note, reason }, 'hub-coordinator');
  await decide(first.secret, exampleOf('need', 'confirmed'));
  await decide(first.secret, { outcome: 'reported', report: person.report });

  // entered on behalf, by the site's form, and by a sheet
  await made(
    '/needs',
    submissionOf('need', { contact, delivery, note: person.note, consent: undefined }),
    'hub-coordinator',
  );
  const site = visitor(url);
  const sent = await site.send(await site.open('/needs/new'), '/needs/new', {
    ...need,
    'contact.name': person.name,
    'contact.phone': person.phone,
    'contact.email': person.mail,
    'delivery.address': person.address,
    note: person.note,
    action: 'send',
  });
  addresses.push(sent.path, (await site.open(`/track/${secretIn(sent.path)}`)).path);
  const sheet = `机构,省,市,区,物资,数量,联系人,电话\n标记机构一,江城省,江城市,青山区,口罩,10,${person.imported},${person.importedPhone}\n标记机构二,江城省,江城市,青山区,口罩,${person.imported},${person.imported},x\n`;
  const plan = z
    .object({ id: z.string() })
    .parse(JSON.parse(await ok('POST', '/imports', sheet, 'hub-coordinator', 'text/csv')));
  await ok('POST', `/imports/${plan.id}/run`, {}, 'hub-coordinator');
  await clock.advance(0);
  expect(await ok('GET', `/jobs/${plan.id}`, undefined, 'hub-coordinator')).toContain('"state":"done"');

  // a grant with words of its own, rejected with a reason; one withdrawn with one
  await ok('POST', '/programmes', demoProgramme(), 'funder-approver');
  const applied = await made(
    '/grants',
    submissionOf('grant', { contact, purpose: person.purpose, answers: { beneficiaries: person.note } }),
  );
  await decide(applied.secret, { ...exampleOf('grant', 'recommended'), reason }, 'funder-reviewer');
  await decide(applied.secret, { outcome: 'rejected', reason }, 'funder-approver');
  const other = await made('/grants', submissionOf('grant', { contact, purpose: person.purpose }));
  await ok('POST', `/track/${other.secret}/withdrawal`, { reason });

  // volunteers, typed and as a file
  const volunteers = [{ name: person.volunteer, identityNumber, phone: person.phone }];
  const today = localDate(clock.now());
  const days = { coverFrom: addDays(today, 1), coverTo: addDays(today, 20) };
  await ok('POST', '/roster-reviews', { volunteers, ...days });
  const insured = await made('/insurance-requests', submissionOf('insurance', { contact, volunteers, ...days }));
  await decide(insured.secret, { ...exampleOf('insurance', 'approved'), reason }, 'hub-coordinator');
  await ok('GET', `/cases/${insured.id}/roster`, undefined, 'insurer');
  await ok('POST', '/insurance-batch', { reason }, 'insurer');
  await ok('POST', `/cases/${insured.id}/roster/disclosure`, { reason }, 'insurer');
  const open = await made('/needs', submissionOf('need', { contact }));
  await asked(open.secret);
  addresses.push(...(await useConsole(stack, { open: open.id, insured: insured.id })));
  await decide(insured.secret, exampleOf('insurance', 'bound'), 'insurer');

  // refused: fields that are wrong, a body that is none, people who may not, a path that is not there
  const wrong = { contact: { name: person.refused, phone: person.refused }, note: person.refused.repeat(600) };
  await call('POST', '/needs', submissionOf('need', wrong));
  await call('POST', '/needs', `{"note":"${person.refused}`);
  await call(
    'POST',
    '/insurance-requests',
    submissionOf('insurance', {
      volunteers: [{ name: person.refused, identityNumber: `${identityNumber}9`, phone: person.refused }],
    }),
  );
  await call('POST', `/track/${first.secret}/withdrawal`, { reason: person.refused });
  await call('GET', `/cases/${first.id}`, undefined, 'insurer');
  await call('POST', `/cases/${applied.id}/withdrawal`, { reason: person.refused }, 'insurer');

  // the table and the key service fail in ways that nobody expects
  for (const service of ['dynamodb', 'kms'] as const) {
    for (const code of ['ValidationException', 'InternalServerError']) {
      const mend = cloud.inject({
        service,
        error: { code, message: 'made up', status: code.startsWith('I') ? 500 : 400 },
        times: 30,
      });
      await call(
        'POST',
        '/needs',
        submissionOf('need', { contact: { ...contact, name: person.crashed }, note: person.crashed }),
      );
      await call('POST', '/insurance-requests', submissionOf('insurance', { contact, volunteers, ...days }));
      mend();
    }
  }
  await clock.advance(9 * DAY);
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'jieli-marked-'));
  const stack = await startStack({ port: await freePort(), dataDir, demo: false, say: () => undefined });
  try {
    await useEverything(stack);
    // as they lie while it runs, with whatever is written ahead
    whileRunning = marksInFiles();
  } finally {
    await stack.cloud.stop();
  }
}, 480_000);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Every file that the stack wrote, but its own code and the page of who signs in. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !/^(assembly|code|oidc)\//.test(relative(folder, path)));
}

/** Which marks lie in which file. */
function marksInFiles() {
  return filesOf(dataDir).map((path) => {
    // mail lies here too: to whom it goes, and the reason that is told to the applicant; see below
    const posted: readonly string[] = path.includes('cloud.db') ? [person.mail, ...told, ...mailed] : [];
    const sought = marks.filter((mark) => !posted.includes(mark));
    return { path: relative(dataDir, path), marks: marksIn(readFileSync(path), sought) };
  });
}

const Mail = z.object({
  message_id: z.string(),
  sender: z.string(),
  subject: z.string(),
  source: z.instanceof(Uint8Array),
});

describe('what is personal', () => {
  it('lies in no file that the stack wrote: table, stream, queues, executions, logs, anchors, while it runs and after', () => {
    for (const found of [whileRunning, marksInFiles()]) {
      expect(found.length).toBeGreaterThan(8);
      expect(found.filter((each) => each.marks.length > 0)).toEqual([]);
    }
  });

  it('is in no mail but for the address it goes to, and the reason of a decision, which its applicant is told', async () => {
    const database = new DatabaseSync(join(dataDir, 'cloud.db'));
    const mails = z.array(Mail).parse(database.prepare('SELECT message_id, sender, subject, source FROM mails').all());
    const names = z
      .array(z.object({ name: z.string() }))
      .parse(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%mail%'").all());
    const others = names.map(({ name }) => database.prepare(`SELECT * FROM "${name}"`).all());
    database.close();
    const kept = JSON.stringify(others, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
    expect(marksIn(Buffer.from(kept), marks)).toEqual([]);
    expect(mails.length).toBeGreaterThan(10);
    const bodies: string[] = [];
    for (const { source, ...envelope } of mails) {
      const { subject, text, html, from } = await simpleParser(Buffer.from(source));
      expect(marksIn(Buffer.from(JSON.stringify([envelope, subject, from])), marks)).toEqual([]);
      const body = marksIn(Buffer.from(JSON.stringify([text, html])), marks);
      expect(body.filter((mark) => !told.includes(mark))).toEqual([]);
      bodies.push(...body);
    }
    // what was typed did get there: a reason that an applicant is told shows it
    expect(new Set(bodies)).toEqual(new Set(told));
  });

  it('is in no address and in no answer that refuses something', () => {
    expect(refusals.length).toBeGreaterThan(8);
    expect(marksIn(Buffer.from(JSON.stringify(addresses)), marks)).toEqual([]);
    expect(refusals.filter((text) => marksIn(Buffer.from(text), marks).length > 0)).toEqual([]);
  });
});

describe('the search', () => {
  it('finds a mark in whatever form and wherever it is planted', () => {
    const forms: ((mark: string) => Buffer)[] = [
      (mark) => Buffer.from(mark),
      (mark) => Buffer.from(encodeURIComponent(mark)),
      (mark) => Buffer.from(mark, 'utf16le'),
      (mark) => Buffer.from(mark, 'utf16le').swap16(),
      (mark) => Buffer.from(Buffer.from(`{"name":"${mark}"}`).toString('base64')),
      (mark) => Buffer.from(Buffer.from(`ab ${mark}`).toString('base64url')),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...marks),
        fc.constantFrom(...forms),
        fc.string(),
        fc.string(),
        (mark, form, before, after) => {
          expect(marksIn(Buffer.concat([Buffer.from(before), form(mark), Buffer.from(after)]), marks)).toContain(mark);
        },
      ),
    );
  });
});
