import { expect, it, test } from 'vitest';
import { findCases } from '../../shared/case/find-cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { withFundedHub } from '../engine/funded-hub.ts';
import { person, submitted } from '../factory/hub.ts';

let hub: Hub;
withFundedHub((made) => {
  hub = made;
});

const find = (typed: string, who = 'hub-coordinator', cursor?: string) =>
  findCases(hub.table, { type: 'member', member: person(who) }, typed, cursor);
const names = async (typed: string, who?: string) =>
  (await find(typed, who)).cases.map(({ organization }) => organization);

test.each([
  ['a part of the name', '东湖区慈善总会', '湖区慈善'],
  ['traditional characters for simplified ones', '江夏区红十字总会', '區紅十字總會'],
  ['simplified ones for traditional ones', '漢陽區志願者', '汉阳区志愿'],
  ['the apostrophe of a keyboard for the one of a telephone', 'St John’s Relief', "john's rel"],
  ['another width and case', 'ＡＢＣ救援队', 'abc救援'],
  ['spaces and accents', 'Hôpital Müller', 'hopital  mul'],
])('an organization is found by %s', async (_how, organization, typed) => {
  await submitted(hub, 'need', { organization });
  expect(await names(typed)).toEqual([organization]);
});

it('finds nothing for what has no letter, nor what the member may not see', async () => {
  await submitted(hub, 'insurance', { organization: '示例秘密队' });
  expect(await names(' ’ ')).toEqual([]);
  expect(await names('秘密队', 'funder-reviewer')).toEqual([]);
  expect(await names('秘密队', 'insurer')).toEqual(['示例秘密队']);
});

it('cuts nothing off: where there are more than a page shows, it says where it goes on', async () => {
  await Promise.all(
    Array.from({ length: 120 }, (_, index) => submitted(hub, 'need', { organization: `长名单队${index}` })),
  );
  const found = new Set<string>();
  let pages = 0;
  for (let cursor: string | undefined; pages === 0 || cursor; pages++) {
    const page = await find('长名单', 'hub-coordinator', cursor);
    for (const { id } of page.cases) found.add(id);
    cursor = page.nextCursor ?? undefined;
  }
  expect(found.size).toBe(120);
  expect(pages).toBeGreaterThan(1);
});
