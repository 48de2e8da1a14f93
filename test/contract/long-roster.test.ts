import { createHash } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowances } from '../../shared/domain/allowances.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { checkRoster } from '../../shared/kinds/insurance/roster/check-roster.ts';
import { checkCharacter } from '../../shared/kinds/insurance/roster/identity-number.ts';
import { addressHash } from '../../shared/secrets/address-hash.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { keys } from '../../shared/store/keys.ts';
import { batchPut } from '../../shared/store/table.ts';
import {
  type Fields,
  fieldsOf,
  problemsIn,
  type Seen,
  type SiteStand,
  secretIn,
  startSite,
  who,
} from './site-stand.ts';

vi.mock('../../shared/kinds/insurance/roster/check-roster.ts', { spy: true });

let site: SiteStand;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());
beforeEach(() => {
  vi.mocked(checkRoster).mockClear();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const path = '/insurance/new';
const today = localDate(Date.now());
const cover = { activity: '驾车', coverFrom: addDays(today, 5), coverTo: addDays(today, 30) };
/** Bytes that a page of a full roster may have: a telephone on a slow line has it in a few seconds. */
const MOST_BYTES = 60 * 1024;

/** An identity number that is right, another for each `seed` below 3,000. */
function identity(seed: number): string {
  const day = String(1 + (seed % 28)).padStart(2, '0');
  const month = String(1 + (Math.floor(seed / 28) % 12)).padStart(2, '0');
  const digits = `4201061985${month}${day}${String(100 + Math.floor(seed / 336)).padStart(3, '0')}`;
  return digits + checkCharacter(digits);
}

/** A roster with good rows, of which every seventeenth is followed by a bad one, until there are so many of them. */
function roster(good: number, bad: number): string {
  const rows = Array.from({ length: good }, (_, index) => {
    const row = `志愿者甲乙,${identity(index)},138${10_000_000 + index}`;
    return index % 16 === 0 && index / 16 < bad ? [row, '坏行甲,42010619900101123X,138'] : [row];
  });
  return ['姓名,身份证号码,手机号码', ...rows.flat()].join('\n');
}

async function post(page: Seen, fields: Fields, headers: Fields = {}, event: object = {}): Promise<Seen> {
  return site.post(path, { ...fieldsOf(page.html), ...fields }, headers, event);
}

async function uploaded(csv: string): Promise<Seen> {
  const first = await site.get(path);
  const second = await post(first, who);
  const third = await post(second, cover);
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...fieldsOf(third.html), action: 'upload' })) body.append(name, value);
  body.append('file', new File([csv], 'roster.csv'));
  return site.send(path, { method: 'POST', body });
}

const bytes = ({ html }: Seen) => Buffer.byteLength(html);
/** How often rows were reviewed. */
const reviews = () => vi.mocked(checkRoster).mock.calls.filter(([rows]) => rows.length > 0).length;
const keyIn = ({ html }: Seen) => fieldsOf(html)['volunteers.kept'] ?? '';

describe('a full roster', () => {
  it('of 1,600 good and 100 bad rows passes every step, and no page of it is long', async () => {
    const bad = await uploaded(roster(1600, 100));
    expect(bad.html).toContain('100 行有问题，1600 行没有问题');
    const left = await post(bad, { action: 'leave-out' });
    const who1 = await post(left, { action: 'change:who' });
    const check = await post(who1, { action: 'continue' });
    const english = await post(check, { action: 'lang:en' });
    const back = await post(english, { action: 'back' });
    const chinese = await post(back, { action: 'lang:zh' });
    const more = await post(chinese, { action: 'add' });
    const changed = await post(more, { action: 'change:volunteers' });
    const last = await post(changed, { action: 'continue' });
    for (const page of [bad, left, who1, check, english, back, chinese, more, changed, last])
      expect(bytes(page)).toBeLessThan(MOST_BYTES);
    expect(last.html).toContain('请核对后提交');
    expect(last.html).toContain('1600 人 · 查看名单');
    expect(last.html).toContain('100 行 · 这些人没有投保');
    const done = await post(last, { action: 'send' });
    const subject = await site.carryOn(secretIn(done.location));
    expect(subject.kind === 'insurance' && subject.roster).toMatchObject({ count: 1600, leftOut: 100 });
  });

  it('is not reviewed again at steps that change neither its rows nor its days', async () => {
    const page = await uploaded(roster(40, 0));
    expect(reviews()).toBe(1);
    const check = await post(page, { action: 'continue' });
    const back = await post(await post(check, { action: 'lang:en' }), { action: 'back' });
    const again = await post(back, { action: 'continue' });
    expect(reviews()).toBe(1);
    // other days may be another age
    const days = await post(again, { action: 'change:cover' });
    const other = await post(days, { coverFrom: addDays(today, 6) });
    const asked = await post(other, { action: 'change:volunteers', lang: 'zh' });
    expect(asked.html).toContain('40 人，全部通过核对');
    expect(reviews()).toBe(2);
    // whoever takes the case in checks once more
    expect((await post(other, { action: 'send' })).status).toBe(303);
  });

  it('is mended where it stands: of the rows only what is wrong is in the page', async () => {
    const bad = await uploaded(roster(100, 2));
    expect(Object.keys(fieldsOf(bad.html)).filter((name) => /^volunteers\.\d/.test(name))).toEqual([
      'volunteers.1.identityNumber',
      'volunteers.1.phone',
      'volunteers.18.identityNumber',
      'volunteers.18.phone',
    ]);
    const mended = await post(bad, {
      'volunteers.1.identityNumber': identity(2000),
      'volunteers.1.phone': '13900000001',
      'volunteers.18.identityNumber': identity(5),
      'volunteers.18.phone': '13900000002',
    });
    // row 7 of the sheet has the sixth number: the heading and a bad row stand before it
    expect(problemsIn(mended.html)).toEqual(['第 20 行 证件号码：与第 8 行重复']);
    const removed = await post(mended, { action: 'remove:18' });
    expect(removed.html).toContain('101 人，全部通过核对');
    expect((await post(removed, { action: 'continue' })).html).toContain('101 人 · 查看名单');
  });

  it('goes on in two tabs from what each shows', async () => {
    const bad = await uploaded(roster(60, 2));
    const left = await post(bad, { action: 'leave-out' });
    const removed = await post(bad, { action: 'remove:1' });
    expect(left.html).toContain('60 人 · 查看名单');
    expect(removed.html).toContain('1 行有问题，60 行没有问题');
    expect((await post(left, { action: 'lang:zh' })).html).toContain('2 行 · 这些人没有投保');
    expect((await post(bad, { action: 'continue' })).html).toContain('2 行有问题，60 行没有问题');
  });

  it('stays when a later step goes wrong, and is sent then', async () => {
    const check = await post(await uploaded(roster(50, 0)), { action: 'continue' });
    const { consent: _, ...without } = fieldsOf(check.html);
    const refused = await site.post(path, { ...without, action: 'send' });
    expect(refused.status).toBe(422);
    const wrong = await post(check, { action: 'change:who' });
    const still = await post(wrong, { organization: '' });
    expect(still.status).toBe(422);
    const right = await post(still, { organization: who.organization ?? '' });
    expect(right.html).toContain('50 人 · 查看名单');
    const done = await post(right, { action: 'send' });
    expect(await post(right, { action: 'send' })).toMatchObject({ location: done.location });
    const subject = await site.carryOn(secretIn(done.location));
    expect(subject.kind === 'insurance' && subject.roster.count).toBe(50);
  });

  it('is read with its own key alone, which stands in no address', async () => {
    const check = await post(await uploaded(roster(50, 0)), { action: 'continue' });
    const key = keyIn(check);
    expect(key).toMatch(/^[\w-]{32}$/);
    expect(check.html.replaceAll(`value="${key}"`, '')).not.toContain(key);
    const other = `${key.slice(0, -1)}${key.endsWith('A') ? 'E' : 'A'}`;
    for (const action of ['change:volunteers', 'send', 'back'])
      for (const wrong of [other, 'x', 'FORM-ROSTER']) {
        const page = await post(check, { 'volunteers.kept': wrong, action });
        expect(page.status).toBe(422);
        expect(problemsIn(page.html)).toEqual(['名单文件：名单只暂存一天，现在已找不到，请重新上传。其他内容都还在']);
        expect(page.html).not.toContain('甲');
        expect(fieldsOf(page.html)).toMatchObject({ organization: who.organization, activity: '驾车' });
      }
  });

  it('is gone after its day: that is said, the rest of the form is there, and another one can be given', async () => {
    const bad = await uploaded(roster(50, 1));
    const check = await post(bad, { action: 'leave-out' });
    const later = Date.now() + 25 * 3_600_000;
    vi.spyOn(Date, 'now').mockReturnValue(later);
    for (const [page, action] of [
      [bad, 'continue'],
      [check, 'send'],
      [check, 'back'],
      [check, 'lang:zh'],
    ] as const) {
      const gone = await post(page, { action });
      expect(problemsIn(gone.html)).toEqual(['名单文件：名单只暂存一天，现在已找不到，请重新上传。其他内容都还在']);
      expect(fieldsOf(gone.html)).toMatchObject({ organization: who.organization, activity: '驾车' });
    }
    const body = new FormData();
    const gone = await post(check, { action: 'send' });
    for (const [name, value] of Object.entries({ ...fieldsOf(gone.html), action: 'upload' })) body.append(name, value);
    body.append('file', new File([roster(50, 0)], 'roster.csv'));
    const again = await site.send(path, { method: 'POST', body });
    expect(again.html).toContain('50 人，全部通过核对');
  });

  it('lies sealed, for a day, under a hash of its key', async () => {
    const page = await uploaded(roster(45, 0));
    const name = createHash('sha256').update(keyIn(page)).digest('base64url');
    const { client, name: TableName } = site.hub.table;
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: `FORM-ROSTER#${name}` } },
      }),
    );
    expect(Items).toHaveLength(2);
    for (const { sealed, ...open } of Items) {
      const lying = `${JSON.stringify(open)} ${Buffer.from(sealed?.M?.box?.B ?? '').toString()}`;
      for (const secret of [identity(3), '志愿者甲乙', keyIn(page)]) expect(lying).not.toContain(secret);
      expect(sealed?.M?.box?.B?.length).toBeGreaterThan(500);
      expect(Number(open.expires?.N)).toBeLessThanOrEqual(Date.now() / 1000 + 86_400);
    }
  });

  it('of an address that sent too many rows is looked through no more, and stays', async () => {
    const from = { requestContext: { http: { sourceIp: '198.51.100.77' } } };
    const check = await post(await uploaded(roster(40, 0)), { action: 'continue' });
    const door = 'roster-rows/address';
    const name = addressHash(await deriveKey(site.hub.macKeyId, 'limit'), '198.51.100.77');
    const limit = keys.limit(door, name, Math.floor(Date.now() / 86_400_000));
    await batchPut(site.hub.table, [{ ...limit, entity: 'limit', day: allowances[door].day }]);
    const refused = await post(check, { action: 'continue' }, {}, from);
    expect(refused.status).toBe(429);
    expect(refused.html).toContain('40 人 · 查看名单');
    expect((await post(refused, { action: 'send' })).status).toBe(303);
  });
});

describe('the changes of a request', () => {
  /** A request that is to be changed, and the page on which a file of 60 good rows and a bad one was read. */
  async function changing() {
    const check = await post(await uploaded(roster(40, 0)), { action: 'continue' });
    const secret = secretIn((await post(check, { action: 'send' })).location);
    await site.carryOn(secret);
    await site.answer(secret, 'hub-coordinator', { outcome: 'changes-requested', reason: '名单不对' });
    const at = `/track/${secret}/changes`;
    const body = new FormData();
    const form = await site.get(at);
    for (const [name, value] of Object.entries({ ...fieldsOf(form.html), action: 'upload' })) body.append(name, value);
    body.append('file', new File([roster(60, 1)], 'roster.csv'));
    return { secret, at, read: await site.send(at, { method: 'POST', body }) };
  }

  it('take a long roster in steps too', async () => {
    const { secret, at, read } = await changing();
    expect(read.html).toContain('1 行有问题，60 行没有问题');
    const left = await site.post(at, { ...fieldsOf(read.html), action: 'leave-out' });
    expect(left.html).toContain('60 人，全部通过核对');
    const gone = await site.post(at, { ...fieldsOf(left.html), 'volunteers.kept': 'other', action: 'send' });
    expect(problemsIn(gone.html)).toEqual(['名单文件：名单只暂存一天，现在已找不到，请重新上传。其他内容都还在']);
    await site.post(at, { ...fieldsOf(left.html), action: 'send' });
    const subject = await site.carryOn(secret);
    expect(subject.kind === 'insurance' && subject.roster).toMatchObject({ count: 60, leftOut: 1 });
  });

  it('come back with all rows where whoever sends them has to wait', async () => {
    const { secret, at, read } = await changing();
    const limit = keys.limit('act/case', CaseId.parse(secret.slice(0, 10)), Math.floor(Date.now() / 86_400_000));
    await batchPut(site.hub.table, [{ ...limit, entity: 'limit', day: allowances['act/case'].day }]);
    const waits = await site.post(at, { ...fieldsOf(read.html), action: 'send' });
    expect(waits.status).toBe(429);
    expect(waits.html).toContain('1 行有问题，60 行没有问题');
    expect(bytes(waits)).toBeLessThan(MOST_BYTES);
  });
});
