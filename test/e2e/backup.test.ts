import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { TaskPage } from '../engine/api-stand.ts';
import { sendNeed } from './applicant.ts';
import { command, ctrlC, descendants, isAlive, type Settings, type StartedStack, startCommand } from './command.ts';
import { freePort } from './free-port.ts';
import { mailsTo } from './stand.ts';

const Stage = z.object({ stage: z.string() });

describe('What one types: start, clock, backup, Ctrl-C, restore', () => {
  let folder: string;
  let first: Settings;
  let second: Settings;
  const running: StartedStack[] = [];

  const urlOf = ({ PORT }: Settings) => `http://localhost:${PORT}`;
  const asCoordinator = async (settings: Settings) =>
    apiClient(urlOf(settings), await command(settings, 'token', 'hub-coordinator'));
  const need = (settings: Settings, organization: string) =>
    sendNeed(
      { url: urlOf(settings) },
      {
        organization,
        email: 'office@hospital.example',
        urgency: 'critical',
        lines: [{ item: '医用口罩', quantity: 100 }],
      },
    );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jieli-backup-'));
    first = { PORT: String(await freePort()), JIELI_DATA: join(folder, 'first') };
    second = { PORT: String(await freePort()), JIELI_DATA: join(folder, 'second') };
    running.push(await startCommand(first));
  }, 180_000);
  afterAll(async () => {
    for (const { child } of running) if (child.exitCode === null) await ctrlC(child);
    rmSync(folder, { recursive: true, force: true });
  }, 180_000);

  it('restores what was backed up while it ran, open cases, what they wait for and the audit, and nothing later', async () => {
    const kept = await need(first, '示例第一医院');
    await command(first, 'clock', '+20h');
    const file = join(folder, 'jieli.tar.gz');
    await command(first, 'backup', file);
    expect(existsSync(`${first.JIELI_DATA}.snapshot`)).toBe(false);
    await expect(command(first, 'backup', file)).rejects.toThrow('overwrites nothing');
    const later = await need(first, '示例第二医院');

    await expect(command(first, 'restore', file)).rejects.toThrow('is not empty');
    await command(second, 'restore', file);
    running.push(await startCommand(second));
    const api = await asCoordinator(second);
    await expect(api.get(`/cases/${later.id}`, Stage)).rejects.toThrow('404');
    await command(second, 'clock', '+5h');
    const [reminder] = await mailsTo(urlOf(second), 'hub-coordinator@example.org');
    expect(reminder?.subject).toBe(`【接力】物资需求 ${kept.id}：提醒：请尽快处理`);
    const task = (await api.get('/tasks', TaskPage)).items.find(({ caseId }) => caseId === kept.id);
    expect(await api.post(`/tasks/${task?.id}/decision`, { outcome: 'verified' }, Stage)).toMatchObject({
      stage: 'matching',
    });
    for (const stack of [first, second]) {
      await command(stack, 'clock', '+0s');
      expect(await command(stack, 'verify-audit')).toContain('Everything is as it was written.');
    }
    const link = await fetch(kept.link.replace(first.PORT, second.PORT));
    expect(link.status).toBe(200);
  }, 180_000);

  it('stops with all that it has started at Ctrl-C, leaving nothing behind but its data', async () => {
    for (const { child, complaints } of running) {
      const started = descendants(z.number().parse(child.pid));
      expect(started.length).toBeGreaterThan(0);
      expect(await ctrlC(child)).toBe(0);
      await expect.poll(() => started.filter(isAlive)).toEqual([]);
      expect(complaints()).toBe('');
    }
    expect(readdirSync(folder).sort()).toEqual(['first', 'jieli.tar.gz', 'second']);
    expect(existsSync(join(first.JIELI_DATA, 'lock'))).toBe(false);
    await expect(fetch(urlOf(first))).rejects.toThrow();
  }, 60_000);
});
