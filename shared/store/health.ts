import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { classified } from '../aws/classified.ts';
import { PartyId } from '../domain/ids.ts';
import { classed } from '../domain/privacy/classes.ts';
import { Instant, instant } from '../domain/time.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { get, queryAll, save, type Table, toItem } from './table.ts';

/** How long a day's trouble with mail is kept, in days. */
const KEPT_DAYS = 14;

/** The sweep's last run over a hub; `upTo` is the instant before which every open case of it was seen to have what it waits for. */
export const SweepRun = z.strictObject(
  classed('public', { hub: PartyId, at: Instant, nudged: z.int().min(0), upTo: Instant }),
);
export type SweepRun = z.infer<typeof SweepRun>;

/** One day's trouble with mail: `refused` mails were not taken and are not tried again, `failed` tries came to nothing. */
export interface MailTrouble {
  readonly day: string;
  readonly refused: number;
  readonly failed: number;
  /** when there last was any */
  readonly last: string;
}

/** What the background work leaves behind for whoever runs the installation: numbers and times, nothing of a case. */
export interface Health {
  /** the last run over each hub that the sweep ever came to */
  readonly sweeps: readonly SweepRun[];
  /** days with trouble, the latest first */
  readonly mail: readonly MailTrouble[];
}

/** How the sort keys of runs begin; before each hub had its own, there was one with no hub behind this. */
const SWEEPS = 'SWEEP#';

/** Cost: one read. */
export async function lastSweep(table: Table, hub: PartyId): Promise<SweepRun | undefined> {
  const item = await get(table, keys.health(SWEEPS + hub));
  return item && SweepRun.parse(item.data);
}

/** Cost: one write. */
export async function recordSweep(table: Table, run: SweepRun): Promise<void> {
  await save(table, { ...keys.health(SWEEPS + run.hub), entity: 'sweep-run', data: SweepRun.parse(run) });
}

/** Counts a mail that could not be sent. Cost: one write. */
export async function recordMailTrouble(table: Table, what: 'refused' | 'failed'): Promise<void> {
  const at = instant(Date.now());
  try {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: toItem({ ...keys.health(`MAIL#${at.slice(0, 10)}`) }),
        UpdateExpression: 'SET entity = :entity, expires = :expires, #last = :at ADD #what :one',
        ExpressionAttributeNames: { '#what': what, '#last': 'last' },
        ExpressionAttributeValues: toItem({
          ':entity': 'mail-trouble',
          ':expires': expiresAfter(at, KEPT_DAYS),
          ':at': at,
          ':one': 1,
        }),
      }),
    );
  } catch (error) {
    throw classified(error);
  }
}

/** Cost: one Query of some items. */
export async function readHealth(table: Table): Promise<Health> {
  const items = await queryAll(table, keys.health('').pk);
  const sweeps = items.filter(({ sk }) => String(sk).startsWith(SWEEPS)).map(({ data }) => SweepRun.parse(data));
  const mail = items
    .filter((item) => item.entity === 'mail-trouble')
    .map((item) => ({
      day: String(item.sk).slice('MAIL#'.length),
      refused: Number(item.refused ?? 0),
      failed: Number(item.failed ?? 0),
      last: String(item.last),
    }));
  return { sweeps, mail: mail.reverse() };
}
