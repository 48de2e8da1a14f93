import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import * as z from 'zod';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import type { Fault } from '../../cdk/local/endpoint/faults.ts';
import { nextDigest, usualPace } from '../../shared/domain/digest.ts';
import { addDays, localDate, startOfDay } from '../../shared/domain/time.ts';
import { launchBrowser } from '../browser/browser.ts';
import { freePort } from './free-port.ts';
import { openReader, type Reader, type ReaderOptions } from './reader.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const Mails = z.object({
  items: z.array(
    z.object({
      id: z.number(),
      at: z.string(),
      messageId: z.string(),
      recipients: z.array(z.string()),
      subject: z.string(),
      text: z.string(),
      html: z.string().nullable(),
    }),
  ),
});
export type Mail = z.infer<typeof Mails>['items'][number];

/** The whole stack on this machine without demo cases, and a browser. */
export interface Stand {
  readonly url: string;
  readonly browser: Browser;
  /** A new browser session; what is wrong with its pages fails the test file when the stand is closed. */
  reader(options?: ReaderOptions): Promise<Reader>;
  /** Waits until the stack has done everything that is to be done now, what failed and is tried again within a minute too. */
  settle(): Promise<void>;
  /** Moves the stack's clock by milliseconds; returns when everything that fell due has happened. */
  advance(millis: number): Promise<void>;
  /** Makes calls within the stack fail until the function given back is called. */
  inject(fault: Fault): () => number;
  /** An access token for the API. */
  token(sub: string): Promise<string>;
  /** The day at the hub, so many days from now. */
  day(fromNow?: number): string;
  /** Moves the clock to when desks get their next digest, and waits until it has come. */
  nextDigest(): Promise<void>;
  /** Mails to an address, the newest first, when everything that is to be sent now has been. */
  mails(to: string): Promise<readonly Mail[]>;
  /** Stops the stack and starts it again with the same data on another port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Mails in a mailbox of the local cloud, the newest first. */
export async function mailsTo(url: string, to: string): Promise<readonly Mail[]> {
  const response = await fetch(`${url}/mail/api?${new URLSearchParams({ to, limit: '200' })}`);
  return Mails.parse(await response.json()).items;
}

/** The longest that something which failed waits for its next try, in milliseconds. */
const NEXT_TRY = 60_000;

/**
 * Waits until nothing is under way and no reader of a stream has news that it could not hand on: on a busy machine a try may
 * fail, and its mail comes by the next one.
 */
async function settled({ clock, status }: RunningStack['cloud']): Promise<void> {
  await clock.advance(0);
  for (let waited = 0; ; waited += 1_000) {
    const { waitingReaders, stuckReaders } = await status();
    if (waitingReaders === 0) return;
    if (waited > NEXT_TRY) throw new Error(`news are not taken: ${JSON.stringify(stuckReaders)}`);
    await clock.advance(1_000);
  }
}

/** A story that begins shortly before midnight begins after it: what it says of days holds until its end. */
async function avoidMidnight({ clock }: RunningStack['cloud']): Promise<void> {
  const midnight = Date.parse(startOfDay(addDays(localDate(clock.now()), 1)));
  const left = midnight - clock.now();
  if (left < HOUR) await clock.advance(left + 60_000);
}

/** Starts stack and browser; takes some seconds. */
export async function startStand(): Promise<Stand> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jieli-e2e-'));
  const start = async () => startStack({ port: await freePort(), dataDir, demo: false, say: () => undefined });
  const forget = () => rmSync(dataDir, { recursive: true, force: true });
  let { cloud } = await start().catch((error: unknown) => {
    forget();
    throw error;
  });
  await avoidMidnight(cloud);
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await cloud.stop();
    forget();
    throw error;
  });
  const readers: Reader[] = [];
  return {
    get url() {
      return cloud.url;
    },
    browser,
    async reader(options) {
      const reader = await openReader(browser, cloud.url, options);
      readers.push(reader);
      return reader;
    },
    settle: () => settled(cloud),
    advance: (millis) => cloud.clock.advance(millis),
    inject: (fault) => cloud.inject(fault),
    token: (sub) => cloud.token(sub),
    day: (fromNow = 0) => localDate(cloud.clock.now() + fromNow * DAY),
    async nextDigest() {
      // its hour, and the hour within which the notifier comes to it
      const due = Date.parse(nextDigest(usualPace, cloud.clock.now())) + HOUR;
      await cloud.clock.advance(due - cloud.clock.now());
    },
    async mails(to) {
      await settled(cloud);
      return mailsTo(cloud.url, to);
    },
    async restart() {
      await cloud.stop();
      ({ cloud } = await start());
    },
    async close() {
      const faults = [...new Set(readers.flatMap((reader) => reader.faults))];
      const denied = cloud.calls().filter(({ allowed }) => !allowed);
      await browser.close();
      await cloud.stop();
      forget();
      if (faults.length > 0) throw new Error(`the pages had faults:\n${faults.join('\n')}`);
      if (denied.length > 0) throw new Error(`the template's policies left out:\n${JSON.stringify(denied, null, 2)}`);
    },
  };
}
