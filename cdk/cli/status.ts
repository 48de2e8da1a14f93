import './begin.ts';
import { readdirSync, statSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { momentText } from '../../shared/i18n/lookup.ts';
import { readHealth } from '../../shared/store/health.ts';
import { countUnsent, type UnsentCount } from '../../shared/store/mails.ts';
import { openTable } from '../../shared/store/table.ts';
import { freeBytes } from './health.ts';
import { lastBackup } from './last-backup.ts';
import { askAsOwner } from './owner.ts';
import { fail, settings } from './settings.ts';
import { tableNamedIn, useRunningStack } from './stack-environment.ts';

const Status = z.object({
  now: z.number(),
  memoryBytes: z.number(),
  functions: z.array(
    z.object({ name: z.string(), invocations: z.number(), errors: z.number(), throttles: z.number() }),
  ),
  queues: z.array(z.object({ name: z.string(), messages: z.number(), givenUp: z.number() })),
  failedExecutions: z.array(z.object({ machine: z.string(), count: z.number() })),
  stuckReaders: z.array(z.object({ functionName: z.string(), attempts: z.number() })),
  alarms: z.array(z.object({ name: z.string(), state: z.string(), since: z.number() })),
});

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
const unsent = (counts: readonly UnsentCount[]): string =>
  counts.length === 0 ? 'none' : counts.map(({ why, count, since }) => `${count} (${why}, since ${since})`).join(', ');
const some = (texts: readonly string[]): string => (texts.length === 0 ? 'none' : texts.join(', '));

const named = tableNamedIn(useRunningStack());
if (!named) fail('The running stack is of an older version: start it again.');
const status = Status.parse(await askAsOwner('status'));
const table = openTable(named);
const [{ sweeps, mail }, { waiting, givenUp }] = await Promise.all([readHealth(table), countUnsent(table)]);
const at = (millis: number): string => momentText(new Date(millis).toISOString());
const today = mail.find(({ day }) => day === new Date(status.now).toISOString().slice(0, 10));

const rows: readonly (readonly [what: string, how: string])[] = [
  ['time', at(status.now)],
  [
    'disk',
    `${megabytes(await freeBytes(settings.dataDir))} free, ${megabytes(sizeOf(settings.dataDir))} in ${settings.dataDir}`,
  ],
  [
    'memory',
    `${megabytes(status.memoryBytes)} of this process, ${megabytes(freemem())} of ${megabytes(totalmem())} free`,
  ],
  [
    'functions',
    some(
      status.functions
        .filter(({ errors, throttles }) => errors + throttles > 0)
        .map((one) => `${one.name}: ${one.errors} errors, ${one.throttles} throttled in ${one.invocations} calls`),
    ),
  ],
  [
    'queues',
    some(
      status.queues
        .filter(({ messages }) => messages > 0)
        .map(
          ({ name, messages, givenUp: of }) =>
            `${name}: ${messages} messages, ${of} of them given up (npm run redrive)`,
        ),
    ),
  ],
  [
    'failed executions',
    some(status.failedExecutions.filter(({ count }) => count > 0).map(({ machine, count }) => `${machine}: ${count}`)),
  ],
  [
    'streams',
    some(status.stuckReaders.map(({ functionName, attempts }) => `${functionName} is stopped after ${attempts} tries`)),
  ],
  ['mail that waits', unsent(waiting)],
  ['mail given up', `${unsent(givenUp)}${givenUp.length > 0 ? ' (npm run resend)' : ''}`],
  ['mail today', today ? `${today.refused} refused, ${today.failed} tries that failed` : 'no trouble'],
  ['last sweep', some(sweeps.map(({ hub, at: ran }) => `${hub}: ${momentText(ran)}`))],
  ['last backup', lastBackup(settings.dataDir) ?? 'none that this folder knows of (npm run backup)'],
  [
    'alarms',
    some(
      status.alarms.filter(({ state }) => state === 'ALARM').map(({ name, since }) => `${name} (since ${at(since)})`),
    ),
  ],
];
for (const [what, how] of rows) console.log(`${what.padEnd(18)} ${how}`);
