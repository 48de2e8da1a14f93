import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { handle } from 'hono/aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createApi } from '../../functions/api/app.ts';
import { type OperationId, operations } from '../../functions/api/areas.ts';
import * as people from '../../functions/api/openapi/examples/people.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { storedIn } from '../engine/contents.ts';
import { operationOf } from '../engine/published.ts';
import { demoProgramme, exampleOf, submissionOf, walker } from '../engine/walk.ts';

const Colleague = z.object({ id: z.string(), you: z.boolean() });

const recordNamed = (name: string) => ({
  name,
  type: 'other',
  place: { province: '江城省', city: '江城市', district: '柳岸区' },
});

let api: ApiStand;
/** Paths of operations with everything in them that has to be there. */
let places: Record<string, string>;
beforeAll(async () => {
  api = await startApi();
  const walk = walker(api);
  await api.ok('POST', '/programmes', z.unknown(), { as: 'funder-approver', body: demoProgramme() });
  // without mail: a coordinator may do all that its applicant may
  const contact = { name: '刘主任', phone: '027-00001234' };
  const [asked, granted, changes, listed] = [
    await walk.at('need', 'verifying', { contact }),
    await walk.at('grant', 'disbursing'),
    await walk.at('grant', 'changes-requested'),
    await walk.at('insurance', 'binding'),
  ];
  const sheet = new TextEncoder().encode('hospital,item\nOne,Masks');
  const planned = await api.ok('POST', '/imports', z.object({ id: z.string() }), { as: 'hub-lead', body: sheet });
  const begun = await api.call('POST', `/imports/${planned.id}/run`, { as: 'hub-lead', body: {} });
  expect(begun.status).toBe(202);
  const Made = z.object({ id: z.string() });
  const [draft, referral, invitation] = [
    await api.ok('POST', '/drafts', Made, { as: 'org-manager', body: people.draft().need?.value }),
    await api.ok('POST', '/referrals', Made, { as: 'hub-coordinator', body: people.referral().older?.value }),
    await api.ok('POST', '/invitations', Made, {
      as: 'hub-lead',
      body: { email: 'invited@example.org', roles: ['coordinator'] },
    }),
  ];
  const record = (name: string) => api.ok('POST', '/organizations', Made, { as: 'hub-lead', body: recordNamed(name) });
  const [organization, other] = [await record('江城第九医院'), await record('柳岸街道办事处')];
  const saying = { about: other.id, says: 'other', reason: '电话核实' };
  await api.ok('POST', `/organizations/${organization.id}/sayings`, z.unknown(), { as: 'hub-lead', body: saying });
  const { members } = await api.ok('GET', '/members', z.object({ members: z.array(Colleague) }), { as: 'hub-lead' });
  places = {
    drafts: draft.id,
    referrals: referral.id,
    invitations: invitation.id,
    organizations: organization.id,
    sayings: other.id,
    members: members.find(({ you }) => !you)?.id ?? '',
    cases: asked.id,
    grants: granted.id,
    rosters: listed.id,
    tasks: (await walk.openTask(asked)).id,
    programmes: 'rapid-response-fund',
    imports: planned.id,
    jobs: planned.id,
    track: changes.secret,
    trackedTasks: (await walk.openTask(changes)).id,
  };
  // that a link was opened is kept once a day
  await api.call('GET', `/track/${changes.secret}`);
});
afterAll(() => api.stop());

/** Who may do it: what is refused then is refused for what was sent. */
const as: Partial<Record<OperationId, string>> = {
  actBeside: 'funder-approver',
  publishProgramme: 'funder-approver',
  closeProgramme: 'funder-approver',
  makeOffer: 'funder-approver',
  discloseRoster: 'insurer',
  takeInsuranceBatch: 'insurer',
  askForAddress: 'org-manager',
  releaseAddress: 'org-manager',
  beginDraft: 'org-manager',
  saveDraft: 'org-manager',
  removeDraft: 'org-manager',
  sendDraft: 'org-manager',
  answerReferral: 'funder-approver',
};

const doors = Object.keys(operations).filter((id): id is OperationId => operations[id]?.method === 'post');

function pathOf(id: OperationId): string {
  const { path } = operationOf(id);
  const tracked = path.startsWith('/track');
  const placeOf = (before: string): string => {
    if (id === 'discloseRoster') return 'rosters';
    if (id === 'actBeside') return 'grants';
    return tracked && before === 'tasks' ? 'trackedTasks' : before;
  };
  return path.replace(/(\w+)\/\{\w+\}/g, (_, before: string) => `${before}/${places[placeOf(before)]}`);
}

async function send(id: OperationId, body: unknown, headers: Record<string, string> = {}) {
  const person = operationOf(id).access === 'token' ? (as[id] ?? 'hub-lead') : undefined;
  return api.call('POST', pathOf(id), { body, headers, ...(person && { as: person }) });
}

/** The same for the same value, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, node: unknown) =>
    typeof node === 'object' && node !== null && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  );
}

/** Every item of the table, counts of knocks left out, by its key with a hash of it: nothing refused may be kept. */
async function stored(): Promise<string[]> {
  const items = await storedIn(api.hub.table);
  return items.map(
    (item) => `${item.pk} ${item.sk} ${createHash('sha256').update(canonical(item)).digest('hex').slice(0, 8)}`,
  );
}

const Answered = z.object({ statusCode: z.number(), body: z.string() });
const text = (value: string) => new TextEncoder().encode(value);
const json = { 'content-type': 'application/json' };
const takesNothing = new Set<OperationId>(['closeProgramme']);
/** These say all in their path, and take no fields as an answer. */
const takesNoFields = new Set<OperationId>([
  'sendLink',
  'resumeMail',
  'runImport',
  'cancelJob',
  'retryJob',
  'revokeLink',
  'revokeTrackedLink',
  'resendInvitation',
  'withdrawInvitation',
]);
const takesFile = new Set<OperationId>(['planImport']);

/** What nobody may send anywhere, and what may be said to it. */
const bad: readonly (readonly [string, unknown, Record<string, string>, readonly number[]])[] = [
  ['no JSON', '{"outcome":', json, [400]],
  ['half a character', new Uint8Array([...text('{"reason":"'), 0xe6, 0xb1, ...text('"}')]), json, [400]],
  ['half a character, as the gateway hands it on', '{"reason":"\ufffd"}', json, [400]],
  ['more than 4 MB', JSON.stringify({ reason: 'x'.repeat(4 * 1024 * 1024) }), json, [413]],
  ['a hundred thousand lists in one another', '['.repeat(100_000), json, [400]],
  ['a million values', `[${'{},'.repeat(1_000_000)}0]`, json, [413]],
  ['a text where fields belong', '"hello"', json, [422]],
  ['a list where fields belong', '[]', json, [422]],
  ['nothing where fields belong', 'null', json, [422]],
  ['fields that there are not', '{"surprise":1}', json, [422]],
  [
    'a field named like the machinery',
    '{"__proto__":{"outcome":"verified"},"constructor":{"prototype":{}}}',
    json,
    [422],
  ],
  ['a form', 'outcome=verified', { 'content-type': 'application/x-www-form-urlencoded' }, [415]],
  ['JSON that says it is compressed', '{}', { ...json, 'content-encoding': 'gzip' }, [415]],
];

describe('every door', () => {
  it.each(bad)('refuses %s in the reader’s language, and keeps nothing of it', async (_, body, headers, statuses) => {
    const before = await stored();
    for (const id of doors) {
      if (takesNothing.has(id)) continue;
      const got = await send(id, body, { ...headers, 'accept-language': 'en' });
      const allowed = takesFile.has(id) ? [413, 415] : statuses;
      expect({ id, status: got.status }).toEqual({ id, status: allowed.find((status) => status === got.status) });
      expect(got.headers.get('content-type')).toBe('application/problem+json');
      expect(got.body).toMatchObject({ status: got.status, detail: expect.stringMatching(/^[\x20-\x7e“”’]+$/) });
    }
    expect(await stored()).toEqual(before);
  });

  it('never fails on whatever JSON is sent, and keeps nothing of what it refuses', async () => {
    const before = await stored();
    const ids = doors.filter(
      (id) => !takesNothing.has(id) && !takesNoFields.has(id) && !takesFile.has(id) && !id.startsWith('withdraw'),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ids), fc.json({ maxDepth: 4 }), async (id, body) => {
        const { status } = await send(id, body, json);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
    expect(await stored()).toEqual(before);
  });

  it('never fails on an example with one thing in it changed', async () => {
    const targets = [
      ['submitNeed', submissionOf('need')],
      ['submitGrant', submissionOf('grant')],
      ['submitInsuranceRequest', submissionOf('insurance')],
      ['decideTrackedTask', exampleOf('grant', 'resubmitted')],
    ] as const;
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(
        '',
        '<script>alert(1)</script>',
        '=HYPERLINK("x")',
        '\u0000',
        '\ud800',
        '１２',
        '2020-02-30',
        -1,
        1e308,
        0.5,
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...targets), fc.nat(), odd, async ([id, example], place, value) => {
        const spots: (() => void)[] = [];
        const copy = structuredClone(example);
        const visit = (node: object) => {
          for (const [key, child] of Object.entries(node)) {
            spots.push(() => Object.assign(node, { [key]: value }));
            if (typeof child === 'object' && child !== null) visit(child);
          }
        };
        visit(copy);
        spots[place % spots.length]?.();
        const { status } = await send(id, copy);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 250 },
    );
  });

  it('shows HTML and formulas as the text they were, as JSON and nothing else', async () => {
    const note = '<img src=x onerror=alert(1)> =1+1';
    const got = await api.call('POST', '/needs', { body: submissionOf('need', { note, organization: '<b>X</b>' }) });
    expect(got).toMatchObject({ status: 201, body: { note, organization: '<b>X</b>' } });
    expect(got.headers.get('content-type')).toBe('application/json');
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('cache-control')).toBe('no-store');
  });
});

describe('what there is not', () => {
  it.each(['', '/', '/needs/', '/need', '/cases/x/y/z', '/__proto__', '/constructor'])(
    'an unknown path is a 404 problem: %j',
    async (path) => {
      expect(await api.call('GET', path)).toMatchObject({ status: 404, body: { code: 3001, title: '没有找到' } });
    },
  );

  it.each(['N000000000', 'x', '__proto__', 'N000000000-1', '%00', '..%2f..'])(
    'a case, task, programme or import called %s is not found',
    async (name) => {
      for (const path of ['cases', 'tasks', 'programmes', 'imports']) {
        expect((await api.call('GET', `/${path}/${name}`, { as: 'hub-lead' })).status).toBe(404);
      }
    },
  );

  it('a wrong method is told which are right', async () => {
    const expected = { '/needs': 'POST, OPTIONS', '/offers': 'GET, HEAD, POST, OPTIONS', '/me': 'GET, HEAD, OPTIONS' };
    for (const [path, allow] of Object.entries(expected)) {
      const got = await api.call('DELETE', path);
      expect({ status: got.status, allow: got.headers.get('allow') }).toEqual({ status: 405, allow });
      expect((await api.call('OPTIONS', path)).status).toBe(204);
    }
  });

  it('HEAD says what GET would, without saying it', async () => {
    const got = await api.call('HEAD', '/programmes');
    expect(got).toMatchObject({ status: 200, body: '' });
  });
});

describe('behind the HTTP API', () => {
  const event = (
    method: string,
    path: string,
    sent: { body?: string; headers?: Record<string, string>; base64?: boolean } = {},
  ) => ({
    version: '2.0',
    routeKey: '$default',
    rawPath: `/api/v1${path}`,
    rawQueryString: '',
    headers: { host: 'hub.test:3000', 'x-forwarded-proto': 'http', ...sent.headers },
    requestContext: { domainName: 'hub.test:3000', http: { method, path } },
    ...(sent.body !== undefined && { body: sent.body }),
    isBase64Encoded: sent.base64 === true,
  });

  it('takes text and base64, and gives links to where it was reached', async () => {
    const handler = handle(createApi({ hub: api.hub, issuer: 'http://issuer.test', verify: async () => undefined }));
    const body = JSON.stringify(submissionOf('need'));
    const sent = [
      { body, headers: json },
      { body: Buffer.from(body).toString('base64'), headers: json, base64: true },
    ];
    for (const one of sent) {
      const answer = Answered.parse(await handler(JSON.parse(JSON.stringify(event('POST', '/needs', one)))));
      expect(answer.statusCode).toBe(201);
      expect(JSON.parse(answer.body)).toMatchObject({
        trackingUrl: expect.stringMatching(/^http:\/\/hub\.test:3000\/track\//),
      });
    }
  });
});

describe('who may call', () => {
  const guarded = Object.entries(operations)
    .filter(([, { access }]) => access === 'token')
    .map(([id]) => id);

  it.each(guarded)('%s needs a token, and a member', async (id) => {
    const operation = Object.entries(operations).find(([known]) => known === id)?.[1];
    const path = pathOf(id as OperationId);
    const method = operation?.method.toUpperCase() ?? '';
    // each from a place of its own: whoever knocks so often is counted
    const address = `198.51.100.${guarded.indexOf(id) + 1}`;
    const nobody = await api.call(method, path, { address });
    expect(nobody.status).toBe(401);
    expect(nobody.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await api.call(method, path, { as: 'not-valid', address })).status).toBe(401);
    expect((await api.call(method, path, { headers: { authorization: 'Basic eDp5' }, address })).status).toBe(401);
    expect(
      (await api.call(method, path, { as: 'a-stranger', address, ...(method === 'POST' && { body: {} }) })).status,
    ).toBe(403);
    expect(
      (await api.call(method, path, { as: 'hub-lead', address, headers: { 'jieli-party': 'insurer' } })).status,
    ).toBe(403);
  });
});
