import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { need } from '../../functions/kinds/need/api.ts';
import { TaskPage } from '../engine/api-stand.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { command, ctrlC, publicly, type Settings, type StartedStack, startCommand } from './command.ts';
import { membersOf, openToOthers } from './file-modes.ts';
import { freePort } from './free-port.ts';

const Created = z.object({ id: z.string() });
const Stage = z.object({ stage: z.string() });

describe('A server in service: public, begun empty, its clock never moved', () => {
  let folder: string;
  let server: Settings;
  let mail: MailServer;
  let restored: Settings;
  const running: StartedStack[] = [];
  /** cases that the server has acknowledged, in order */
  const acknowledged: string[] = [];

  const send = async (): Promise<void> => {
    const response = await fetch(`http://localhost:${server.PORT}/api/v1/needs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(need(Date.now()).need?.value),
    });
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
    acknowledged.push(Created.parse(await response.json()).id);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jieli-service-'));
    mail = await startMailServer();
    server = { PORT: String(await freePort()), JIELI_DATA: join(folder, 'server'), ...publicly(mail.url) };
    restored = { PORT: String(await freePort()), JIELI_DATA: join(folder, 'restored') };
    const parties = join(folder, 'parties.json');
    const hub = { id: 'hub', type: 'hub', name: '江城应急协作中心' };
    const insurer = { id: 'insurer', type: 'insurer', name: '安途财产保险' };
    writeFileSync(parties, JSON.stringify({ parties: [hub, insurer], members: [] }));
    running.push(await startCommand(server, '--parties', parties));
    rmSync(parties);
  }, 180_000);
  afterAll(async () => {
    for (const { child } of running) if (child.exitCode === null) await ctrlC(child);
    await mail.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 180_000);

  it('is backed up in its first minute, before anybody has sent anything', async () => {
    const file = join(folder, 'first-minute.tar.gz');
    expect(await command(server, 'backup', file)).toContain('holds everything');
    expect(membersOf(file).map(({ name }) => name)).toContain('credentials-secret');
    rmSync(file);
  });

  it('says why there is no clock to move and no token to have', async () => {
    await expect(command(server, 'clock', '+1d')).rejects.toThrow('has a public URL');
    await expect(command(server, 'token', 'hub-lead')).rejects.toThrow('has a public URL');
  });

  it('is backed up under steady load, and the copy has and carries on every case acknowledged before', async () => {
    const file = join(folder, 'under-load.tar.gz');
    let loading = true;
    const load = Array.from({ length: 3 }, async () => {
      while (loading) await send();
    });
    const failed = Promise.all(load);
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(15);
    const before = [...acknowledged];
    await command(server, 'backup', file).finally(() => {
      loading = false;
    });
    await failed;
    expect(acknowledged.length).toBeGreaterThan(before.length);

    await command(restored, 'restore', file);
    expect(openToOthers(restored.JIELI_DATA)).toEqual([]);
    // as a version that knew no better left it
    chmodSync(restored.JIELI_DATA, 0o755);
    chmodSync(join(restored.JIELI_DATA, 'cloud.db'), 0o644);
    // without the public URL, so that the clock can be asked to wait for whatever is carried on
    const started = await startCommand(restored);
    running.push(started);
    expect(started.complaints()).toBe(
      `${restored.JIELI_DATA}: others than its owner could read 2 files in it. Now they cannot.\n`,
    );
    await command(restored, 'clock', '+0s');
    const url = `http://localhost:${restored.PORT}`;
    const api = apiClient(url, await command(restored, 'token', 'hub-coordinator'));
    const tasks: z.infer<typeof TaskPage>['items'] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: z.infer<typeof TaskPage> = await api.get(`/tasks${cursor && `?cursor=${cursor}`}`, TaskPage);
      tasks.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(before.filter((id) => !tasks.some(({ caseId }) => caseId === id))).toEqual([]);
    for (const id of before) {
      const task = tasks.find(({ caseId }) => caseId === id);
      const decided = await api.post(`/tasks/${task?.id}/decision`, { outcome: 'verified' }, Stage);
      expect(decided.stage).toBe('matching');
    }
    await command(restored, 'clock', '+0s');
    expect(await command(restored, 'verify-audit')).toContain('Everything is as it was written.');
  }, 300_000);

  it('has no file that others than its owner may read: its folder, the archive, the restored folder, an older one after a start', () => {
    expect(openToOthers(server.JIELI_DATA)).toEqual([]);
    expect(openToOthers(restored.JIELI_DATA)).toEqual([]);
    const archive = join(folder, 'under-load.tar.gz');
    expect(statSync(archive).mode & 0o077).toBe(0);
    const members = membersOf(archive);
    expect(members.length).toBeGreaterThan(10);
    expect(members.filter(({ mode }) => !mode.endsWith('------'))).toEqual([]);
    // the folder itself as a member would give its mode to the folder that is restored into
    expect(members.filter(({ name }) => name === './' || name === '.')).toEqual([]);
  });

  it('leaves nothing behind, also where a backup fails, and tells a timer so by exit code and one line', async () => {
    const missing = join(folder, 'missing', 'x.tar.gz');
    await expect(command(server, 'backup', missing)).rejects.toMatchObject({
      code: 1,
      stderr: `There is no folder ${join(folder, 'missing')}.\n`,
    });
    const full = join(folder, `${'x'.repeat(251)}.gz`);
    await expect(command(server, 'backup', full)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^backup: there is no .*ENAMETOOLONG.*\n$/),
    });
    await expect(command({ ...server, JIELI_DATA: folder }, 'backup', join(folder, 'y.tar.gz'))).rejects.toMatchObject({
      code: 1,
      stderr: `${folder} is no data folder of a stack: JIELI_DATA names it.\n`,
    });
    expect(readdirSync(folder).toSorted()).toEqual(['restored', 'server', 'under-load.tar.gz']);
    expect(readdirSync(server.JIELI_DATA).filter((name) => name.startsWith('snapshot'))).toEqual([]);
  });

  it('names backups in a folder by their moment and keeps as many as are asked for', async () => {
    const shelf = join(folder, 'restored', '..');
    const olds = ['jieli-20250101T000000Z.tar.gz', 'jieli-20250102T000000Z.tar.gz'];
    for (const name of olds) writeFileSync(join(shelf, name), '');
    writeFileSync(join(shelf, 'notes.txt'), '');
    await command(server, 'backup', shelf, '--keep', '2');
    const names = readdirSync(shelf).filter((name) => name.startsWith('jieli-'));
    expect(names).toHaveLength(2);
    expect(names).toContain(olds[1]);
    expect(existsSync(join(shelf, 'notes.txt'))).toBe(true);
  });

  it('encrypts a backup to a public key: only its identity restores it', async () => {
    const identity = await generateX25519Identity();
    const file = join(folder, 'sealed.tar.gz.age');
    await expect(command(server, 'backup', file, '--to', 'age1nobody')).rejects.toThrow('no public key of age');
    await command(server, 'backup', file, '--to', await identityToRecipient(identity));
    expect(readFileSync(file, 'latin1')).toMatch(/^age-encryption.org\/v1\n/);

    const third = { ...restored, JIELI_DATA: join(folder, 'third') };
    await expect(command(third, 'restore', file)).rejects.toThrow('is encrypted');
    const other = join(folder, 'other.key');
    writeFileSync(other, await generateX25519Identity());
    await expect(command(third, 'restore', file, '--identity', other)).rejects.toThrow('cannot be restored');
    expect(existsSync(third.JIELI_DATA) ? readdirSync(third.JIELI_DATA) : []).toEqual([]);
    const own = join(folder, 'own.key');
    writeFileSync(own, `# created: today\n${identity}\n`);
    await command(third, 'restore', file, '--identity', own);
    expect(readdirSync(third.JIELI_DATA)).toContain('credentials-secret');
    expect(openToOthers(third.JIELI_DATA)).toEqual([]);
  });
});
