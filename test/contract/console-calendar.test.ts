import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemberId } from '../../shared/domain/ids.ts';
import { removeMember } from '../../shared/people/members.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { readTask } from '../../shared/store/tasks.ts';
import { broughtTo, person, submitted, taskOf } from '../factory/hub.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.stop());

const pageOf = '/console/sign-ins';
/** The link that the page shows: without it there is no calendar. */
async function linkShownTo(reader: Reader): Promise<string | undefined> {
  const link = /<textarea id="calendar-link"[^>]*>\s*([^<\s]+)/.exec((await reader.get(pageOf)).html)?.[1];
  return link && new URL(link).pathname;
}
async function choose(reader: Reader, what: 'make' | 'end'): Promise<void> {
  await reader.get(pageOf);
  expect((await reader.post(`${pageOf}/calendar`, { do: what })).location).toBe(`${pageOf}?done=calendar`);
}
/** What a calendar program gets, which is not signed in; its long lines put together again. */
async function fetched(link: string): Promise<{ status: number; text: string }> {
  const { status, html } = await stand.open().get(link);
  return { status, text: html.replaceAll('\r\n ', '') };
}

it('a calendar has what waits for a member by when it is due, and names nobody', async () => {
  const subject = await broughtTo(stand.hub, await submitted(stand.hub, 'need'), 'verifying');
  const task = await readTask(stand.hub.table, taskOf(subject));
  const coordinator = await stand.as('hub-coordinator');
  expect(await linkShownTo(coordinator)).toBeUndefined();
  await choose(coordinator, 'make');
  const { status, text } = await fetched((await linkShownTo(coordinator)) ?? '');
  expect(status).toBe(200);
  const event = text.split('BEGIN:VEVENT').find((one) => one.includes(subject.id));
  expect(event).toContain(`DTSTART:${task?.dueAt.replaceAll(/[-:]|\.\d+/g, '')}`);
  expect(event).toMatch(new RegExp(`SUMMARY:物资需求 ${subject.id} · 核实`));
  expect(event).toContain(`/console/cases/${subject.id}`);
  expect(text).not.toContain(subject.organization);
  expect(text).not.toContain(subject.contact?.phone);

  // of another desk nothing is in it
  const finance = await stand.as('funder-finance');
  await choose(finance, 'make');
  expect((await fetched((await linkShownTo(finance)) ?? '')).text).not.toContain(subject.id);
});

it('a link ends when its member has another one, none, or no membership any more, and nobody can make one', async () => {
  const reviewer = await stand.as('funder-reviewer');
  await choose(reviewer, 'make');
  const first = (await linkShownTo(reviewer)) ?? '';
  expect((await fetched(first)).status).toBe(200);
  await choose(reviewer, 'make');
  const second = (await linkShownTo(reviewer)) ?? '';
  expect([(await fetched(first)).status, (await fetched(second)).status]).toEqual([404, 200]);
  await choose(reviewer, 'end');
  expect((await fetched(second)).status).toBe(404);
  expect(await linkShownTo(reviewer)).toBeUndefined();

  await choose(reviewer, 'make');
  const third = (await linkShownTo(reviewer)) ?? '';
  for (const wrong of [third.replace('.ics', ''), third.replace(/.\.ics$/, '.ics'), '/console/calendar/x.ics'])
    expect((await fetched(wrong)).status).toBe(404);
  const { id } = person('funder-reviewer');
  const through = { door: 'console', once: undefined } as const;
  const [lead] = await membershipsOf(stand.hub.table, MemberId.parse('programme-manager'));
  if (!lead) throw new Error('nobody leads the funder');
  await removeMember(stand.hub.table, lead, id, { reason: '已离职' }, through);
  expect((await fetched(third)).status).toBe(404);
});
