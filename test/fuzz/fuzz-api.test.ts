import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from '../../functions/api/areas.ts';
import { openApiDocument } from '../../functions/api/openapi/document.ts';
import { draft, invitation, referral } from '../../functions/api/openapi/examples/people.ts';
import { personKey } from '../../shared/answering/person-key.ts';
import { MemberId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/store/table.ts';
import { type ApiStand, type Got, startApi } from '../engine/api-stand.ts';
import { demoProgramme, submissionOf, walker } from '../engine/walk.ts';
import { instanceOf } from './instances.ts';
import { garbled, mutated } from './mutations.ts';
import { oddPart, oddText } from './odd-values.ts';
import { finishing, fuzz, lastTry, patience } from './settings.ts';
import { storedAfterSweeping } from './swept.ts';

const Schemas = z.record(z.string(), z.record(z.string(), z.unknown()));
const Content = z.object({
  schema: z.record(z.string(), z.unknown()),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
});
const Described = z.object({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string().optional(), in: z.string().optional() })),
  requestBody: z.object({ content: z.record(z.string(), Content) }).optional(),
  security: z.array(z.record(z.string(), z.unknown())),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Described)),
  components: z.object({ schemas: Schemas }),
});

const document = Document.parse(
  JSON.parse(
    JSON.stringify(openApiDocument({ base: 'http://hub.test', issuer: 'http://issuer.test', now: Date.now() })),
  ),
);
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: operation.operationId,
    method: method.toUpperCase(),
    path: path.replace('/api/v1', ''),
    operation,
  })),
);
type Open = (typeof described)[number];
/** What needs no token: the document says so by a list of securities that is empty, or has one that asks for nothing. */
const needsNone = ({ operation: { security } }: (typeof described)[number]) =>
  security.length === 0 || security.some((one) => Object.keys(one).length === 0);
const open = described.filter(needsNone);
const staffOnly = described.filter((one) => !needsNone(one));
/** One of each role, and somebody who is a member of nothing. */
const people = [
  ...['org-applicant', 'org-manager', 'funder-reviewer', 'funder-approver', 'funder-finance', 'programme-manager'],
  ...['other-funder-approver', 'hub-coordinator', 'hub-lead', 'insurer', 'auditor', 'operator', 'nobody-at-all'],
] as const;

let api: ApiStand;
/** what stands in the places of paths */
let places: Record<string, string[]>;
/** the table after the last request that might have changed it */
let known: Item[];

const Made = z.object({ id: z.string() });

const stored = () => storedAfterSweeping(api.hub.table);

beforeAll(async () => {
  api = await startApi();
  const walk = walker(api);
  await api.ok('POST', '/programmes', z.unknown(), { as: 'funder-approver', body: demoProgramme() });
  const cases = await Promise.all([
    walk.at('need', 'verifying'),
    walk.at('need', 'in-transit'),
    walk.at('grant', 'changes-requested'),
    walk.at('grant', 'agreement'),
    walk.at('insurance', 'binding'),
  ]);
  const tasks = await Promise.all(cases.map((one) => walk.openTask(one).then(({ id }) => id)));
  const key = personKey(MemberId.parse('funder-reviewer'));
  const sent = { as: 'programme-manager', body: invitation().reviewer?.value };
  const invited = await api.ok('POST', '/invitations', Made, sent);
  const begun = await api.ok('POST', '/drafts', Made, { as: 'org-manager', body: draft().need?.value });
  const referred = await api.ok('POST', '/referrals', Made, { as: 'hub-lead', body: referral().older?.value });
  places = {
    members: [key],
    invitations: [invited.id],
    drafts: [begun.id],
    referrals: [referred.id],
    secret: [...cases.map(({ secret }) => secret), 'N000000000-AAAAAAAAAAAAAAAAAAAAAA'],
    id: [...tasks, 'rapid-response-fund'],
    case: cases.map(({ id }) => id),
  };
  known = await stored();
});
afterAll(() => api.stop());
afterEach(async () => {
  await lastTry();
  known = await stored();
});

/** A path with real things, or odd ones, in its places. */
function pathOf(path: string): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const placeholder = /^\{(\w+)\}$/.exec(part)?.[1];
    const area = path.split('/')[1] ?? '';
    const name = placeholder !== 'id' ? placeholder : area === 'cases' ? 'case' : area in places ? area : 'id';
    if (!name) return fc.constant(part);
    const real = fc.nat(100).map((at) => places[name]?.[at % (places[name]?.length ?? 1)] ?? '');
    return fc.oneof({ weight: 5, arbitrary: real }, { weight: 1, arbitrary: oddPart });
  });
  return fc.tuple(...parts).map((all) => all.join('/'));
}

const query = fc
  .array(fc.tuple(fc.constantFrom('lang', 'all', 'cursor', 'limit', 'x', '__proto__'), oddPart), { maxLength: 3 })
  .map((pairs) => (pairs.length > 0 ? `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}` : ''));

const visible = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
const plainHeaders = fc.record({ 'idempotency-key': fc.uuid() }, { requiredKeys: [] });
const oddHeaders = fc.record(
  {
    'idempotency-key': fc.oneof(visible, fc.uuid()),
    'accept-language': fc.oneof(visible, fc.constantFrom('zh', 'en', 'zh-CN;q=0.1,en;q=x', '*')),
    'content-encoding': fc.constantFrom('identity', 'gzip', 'br'),
    'content-length': fc.constantFrom('0', '99999999', '-1', 'x'),
    authorization: fc.oneof(visible, fc.constantFrom('Bearer', 'Bearer not-valid', 'Basic eDp5')),
    'jieli-party': visible,
    'x-forwarded-for': visible,
    'x-forwarded-proto': fc.constantFrom('https', 'javascript', ''),
    host: fc.constantFrom('evil.test', 'localhost'),
  },
  { requiredKeys: [] },
);

const headers: typeof oddHeaders = fc.oneof(
  { weight: 2, arbitrary: plainHeaders },
  { weight: 1, arbitrary: oddHeaders },
);

const types = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'text/plain',
      'application/problem+json',
      'application/json; charset=utf-16',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'text/csv',
      ',;/',
    ),
  },
);

/** What the document shows and its schema allows, and what is nearly that. */
function bodyOf({ name, operation }: Open): fc.Arbitrary<unknown> {
  const content = operation.requestBody?.content['application/json'];
  if (!content) return fc.constant(undefined);
  const shown = [content.example, ...Object.values(content.examples ?? {}).map(({ value }) => value)].filter(
    (value) => value !== undefined,
  );
  const kind = { submitNeed: 'need', submitGrant: 'grant', submitInsuranceRequest: 'insurance' } as const;
  const example: fc.Arbitrary<unknown> =
    name in kind
      ? fc.constant(name).map((one) => submissionOf(kind[one as keyof typeof kind]))
      : fc.constantFrom(...shown);
  const allowed = instanceOf(content.schema, document.components.schemas);
  const right = fc.oneof(example, allowed);
  return fc.oneof(
    { weight: 2, arbitrary: example },
    { weight: 2, arbitrary: allowed },
    { weight: 4, arbitrary: mutated(right) },
    { weight: 2, arbitrary: garbled(right) },
  );
}

function formWith(file: Uint8Array<ArrayBuffer> | string, fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (typeof file === 'string') form.append('file', file);
  else form.append('file', new Blob([file]), 'x.xlsx');
  return form;
}

const forms = fc
  .tuple(
    fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)),
      oddText,
    ),
    fc.record({ coverFrom: oddText, coverTo: oddText }, { requiredKeys: [] }),
  )
  .map(([file, fields]) => formWith(file, fields));

const caseCount = (items: readonly Item[]) => items.filter(({ sk }) => sk === 'CASE').length;

/** What holds of every answer, whatever was asked. */
async function judge(got: Got): Promise<void> {
  expect(got.status).toBeLessThan(500);
  expect(got.headers.get('x-content-type-options')).toBe('nosniff');
  expect(got.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  if (got.status < 400) return;
  const now = await stored();
  expect(now).toEqual(known);
}

/** how often each operation gave each status, to see that what is tried is more than one sort of refusal */
const given = new Map<string, Map<number, number>>();
function count(name: string, status: number): void {
  const statuses = given.get(name) ?? new Map<number, number>();
  given.set(name, statuses.set(status, (statuses.get(status) ?? 0) + 1));
}
afterAll(() => {
  for (const [name, statuses] of given) console.info(name, JSON.stringify(Object.fromEntries(statuses)));
});

describe('every operation that the document offers to everybody', () => {
  it('is found in the document: submissions, programmes, links and the document itself', () => {
    const mine = Object.keys(operations).filter((id) => operations[id]?.access !== 'token');
    expect(open.map(({ name }) => name).sort()).toEqual(mine.sort());
    expect(open.length).toBeGreaterThan(11);
  });

  it.each(open.map((one) => [one.name, one] as const))(
    '%s never fails, leaves the table as it was when it refuses, and does what it accepts exactly once',
    async (_, one) => {
      const body =
        one.method === 'POST'
          ? fc.oneof({ weight: 9, arbitrary: bodyOf(one) }, { weight: 1, arbitrary: forms })
          : fc.constant(undefined);
      await fuzz(
        fc.asyncProperty(
          pathOf(one.path),
          query,
          headers,
          types,
          body,
          finishing(async (path, asked, sent, type, content) => {
            const before = caseCount(known);
            const request = {
              body: content,
              headers: { ...sent, ...(content instanceof FormData ? {} : { 'content-type': type }) },
            };
            const got = await api.call(one.method, `${path}${asked}`, request);
            count(one.name, got.status);
            await judge(got);
            if (one.method !== 'POST' || got.status >= 400) return;
            known = await stored();
            const made = caseCount(known) - before;
            expect(made).toBe(one.name.startsWith('submit') ? 1 : 0);
            const key = sent['idempotency-key'];
            if (key === undefined || content instanceof FormData) return;
            // the same again, twice at once
            const again = await Promise.all([1, 2].map(() => api.call(one.method, `${path}${asked}`, request)));
            // a link that was made void opens nothing, not even the same again
            const same = one.name === 'revokeTrackedLink' ? 410 : got.status;
            for (const { status } of again) expect(status).toBe(same);
            expect(await stored()).toEqual(known);
          }),
        ),
        0.6 / open.length,
      );
    },
    patience,
  );

  it(
    'answers whatever method and address there may be with a status below 500, and stores nothing',
    async () => {
      const methods = fc.constantFrom('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'POST', 'PROPFIND', 'get');
      const addresses = fc
        .tuple(fc.constantFrom('', ...open.map(({ path }) => path)), fc.array(oddPart, { maxLength: 3 }))
        .map(([path, parts]) => [path.replace(/\{\w+\}/g, 'x'), ...parts].join('/'));
      await fuzz(
        fc.asyncProperty(
          methods,
          addresses,
          query,
          headers,
          finishing(async (method, path, asked, sent) => {
            await judge(await api.call(method, `${path || '/'}${asked}`, { headers: sent }));
          }),
        ),
        0.1,
      );
    },
    patience,
  );
});

describe('every operation that the document offers to members of parties', () => {
  it(
    'never fails and leaves the table as it was when it refuses, whoever asks',
    async () => {
      const asked = fc.constantFrom(...staffOnly).chain((one) =>
        fc.record({
          one: fc.constant(one),
          path: pathOf(one.path),
          body: one.method === 'POST' ? bodyOf(one) : fc.constant(undefined),
        }),
      );
      await fuzz(
        fc.asyncProperty(
          asked,
          fc.constantFrom(...people),
          query,
          plainHeaders,
          finishing(async ({ one, path, body }, as, search, sent) => {
            const got = await api.call(one.method, `${path}${search}`, {
              as,
              body,
              headers: { ...sent, 'content-type': 'application/json' },
            });
            count(`${one.name} as a member`, got.status);
            await judge(got);
            if (one.method === 'POST' && got.status < 400) known = await stored();
          }),
        ),
        0.3,
      );
    },
    patience,
  );
});
