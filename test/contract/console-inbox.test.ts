import { afterAll, beforeAll, expect, it } from 'vitest';
import { newCaseId, TaskId } from '../../shared/domain/ids.ts';
import type { OpenTask } from '../../shared/domain/task.ts';
import { instant } from '../../shared/domain/time.ts';
import { transact } from '../../shared/store/table.ts';
import { opening, readTask } from '../../shared/store/tasks.ts';
import { broughtTo, submitted, taskOf } from '../factory/hub.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
  const subject = await broughtTo(stand.hub, await submitted(stand.hub, 'need'), 'verifying');
  const task = await readTask(stand.hub.table, taskOf(subject));
  if (task?.status !== 'open') throw new Error('nobody is asked');
  for (let count = 0; count < 260; count++) await open(task, { dueAt: dueIn(count) });
  await open(task, { stage: 'matching', dueAt: dueIn(10_000), organization: '最后一家医院' });
});
afterAll(() => stand.stop());

const dueIn = (minutes: number) => instant(Date.now() + minutes * 60_000);

/** Puts another question to the desk that the task is put to. */
async function open(task: OpenTask, changes: Pick<OpenTask, 'dueAt'> & Partial<OpenTask>): Promise<void> {
  const caseId = newCaseId('need');
  const id = TaskId.parse(task.id.replace(task.caseId, caseId));
  await transact(stand.hub.table, [opening(stand.hub.table, { ...task, ...changes, id, caseId })]);
}

it('an inbox of hundreds finds on its first page what its filter asks for, however far behind the others it is due', async () => {
  const lead = await stand.as('hub-lead', 'en');
  for (const query of ['stage=matching', `text=${encodeURIComponent('最后')}`]) {
    const { html } = await lead.get(`/console?${query}`);
    expect(html).toContain('最后一家医院');
    expect(html).not.toContain('rel="next"');
  }
  const { html } = await lead.get('/console?text=nowhere');
  expect(html).toContain('Of the 262 tasks that were looked through none matches.');
});

it('an inbox counts all that it looked through, and says where there is more', async () => {
  const lead = await stand.as('hub-lead', 'en');
  expect((await lead.get('/console?text=nowhere')).html).toMatch(/<strong>262<\/strong>/);
  expect((await lead.get('/console')).html).toMatch(/<strong>100\+<\/strong>/);
});
