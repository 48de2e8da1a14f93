import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lookAtKeys } from '../../functions/sweep/keys-well.ts';
import { tellOverdue } from '../../functions/sweep/overdue.ts';
import { instant } from '../../shared/domain/time.ts';
import { keptDays } from '../../shared/kinds/retention.ts';
import { isKeyWell } from '../../shared/secrets/key-service.ts';
import { saveAnchoredTo } from '../../shared/store/anchored.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { policedTable } from '../engine/policed-table.ts';
import { aCaseIn } from '../factory/hub.ts';

const DAY = 86_400_000;
let stand: HubStand;
beforeAll(async () => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'sweep-of-this-hub');
  stand = await startHub();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
afterAll(() => {
  vi.unstubAllEnvs();
  return stand.stop();
});

/** What was measured last, by name. */
const measured = new Map<string, unknown>();

/** What the log says of what is overdue. */
async function told(): Promise<unknown[]> {
  const said: unknown[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    const { _aws, FunctionName, ...values } = JSON.parse(String(line));
    expect(_aws).toMatchObject({
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [{ Namespace: 'Jieli', Dimensions: [['FunctionName']] }],
    });
    expect(FunctionName).toBe('sweep-of-this-hub');
    const [{ Name, Unit }] = _aws.CloudWatchMetrics[0].Metrics;
    expect(Unit).toBe('Seconds');
    measured.set(Name, values[Name]);
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((line) => void said.push(JSON.parse(String(line))));
  const { hub } = stand;
  await tellOverdue({ table: await policedTable(hub.table, 'sweep'), hubs: [hub.hub], keptDays });
  return said;
}
function later(days: number): void {
  vi.useFakeTimers({ now: Date.now() + days * DAY, toFake: ['Date'] });
}

describe('the keys, without which nothing can be read again', () => {
  const keys = ['data', 'mac'];
  const looked = async (isWell: (key: string) => Promise<boolean>) => {
    const written: Record<string, unknown>[] = [];
    vi.spyOn(console, 'error').mockImplementation((line) => void written.push(JSON.parse(String(line))));
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      written.push(JSON.parse(String(line)));
      return true;
    });
    await lookAtKeys(keys, isWell);
    return written;
  };

  it('are counted where one is to be deleted, and the log says so', async () => {
    expect(await looked(async () => true)).toMatchObject([{ KeysUnusable: 0 }]);
    expect(await looked(async (key) => key !== 'mac')).toMatchObject([{ KeysUnusable: 1 }, { code: 'keys-unusable' }]);
  });

  it('are well while KMS says that they are enabled, and not once they are to be deleted', async () => {
    const inState = (KeyState: string) => {
      const client = new KMSClient({ region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
      client.middlewareStack.add(
        () => async () => ({ response: {}, output: { $metadata: {}, KeyMetadata: { KeyId: 'data', KeyState } } }),
        { step: 'initialize' },
      );
      return isKeyWell('data', client);
    };
    expect(await inState('Enabled')).toBe(true);
    for (const state of ['PendingDeletion', 'Disabled']) expect(await inState(state)).toBe(false);
  });
});

describe('what is overdue', () => {
  it('is nothing in an installation that is new, or whose daily work keeps up', async () => {
    await aCaseIn(stand.hub, 'need', 'closed');
    await saveAnchoredTo(stand.hub.table, `${instant(Date.now())}#TRACE#x#ENTRY#1`);
    expect(await told()).toEqual([]);
    expect(Object.fromEntries(measured)).toEqual({ ErasureLag: 0, AnchorLag: expect.any(Number) });
    expect(measured.get('AnchorLag')).toBeLessThan(60);
    later(1);
    expect(await told()).toEqual([]);
    expect(measured.get('AnchorLag')).toBeGreaterThanOrEqual(86_400);
  });

  it('is measured for alarms, and told in the log with how long it waits: a case to be erased, an entry to be seen anchored', async () => {
    later(keptDays.need + 1);
    await saveAnchoredTo(stand.hub.table, `${instant(Date.now())}#TRACE#x#ENTRY#1`);
    expect(await told()).toEqual([]);
    later(3);
    expect(await told()).toEqual([
      { code: 'erasures-late', hours: 96 },
      { code: 'anchors-late', hours: 72 },
    ]);
    expect(measured.get('ErasureLag')).toBeGreaterThanOrEqual(4 * 86_400);
    expect(measured.get('AnchorLag')).toBeGreaterThanOrEqual(3 * 86_400);
  });
});
