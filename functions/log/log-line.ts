import * as z from 'zod';
import { CaseId, Slug, TaskId } from '../../shared/domain/ids.ts';
import { classed } from '../../shared/domain/privacy/classes.ts';
import { cut, waysOut } from '../../shared/domain/privacy/cut.ts';

/** Every code that functions log, and how grave it is: an operator looks for WARN and ERROR. Ids beside it, never what a person typed. */
export const logLevels = {
  anchored: 'INFO',
  'brought-along': 'INFO',
  'anchor-failed': 'ERROR',
  'data-key-made': 'INFO',
  erased: 'INFO',
  'erase-failed': 'ERROR',
  /** a record of the stream was not carried on: it is tried again, and set aside after so many tries */
  'event-failed': 'ERROR',
  /** a mail is given up: it is kept, and an operator may send it again */
  'mail-refused': 'ERROR',
  /** a mailbox that confirmed nothing had its mails for this hour or day; what a hub has to say is kept, to be sent again */
  'mail-over-allowance': 'WARN',
  /** a mail went out and was not delivered, or was called junk */
  'mail-came-back': 'WARN',
  'mail-sent': 'INFO',
  /** a mail is not taken yet, and is tried again later */
  'mail-waits': 'WARN',
  /** an open question waits for somebody to be found: the operator sees the case's number here and nothing of it */
  'nobody-may-answer': 'WARN',
  /** what is due to be erased, or was to be anchored, waits longer than it may, see `env/measures.ts` */
  'erasures-late': 'ERROR',
  'anchors-late': 'ERROR',
  /** a row or a step of work on many came to nothing, and nobody could have mended it */
  'job-row-failed': 'ERROR',
  /** a job's run ended too early and another was asked for */
  'job-asked-again': 'WARN',
  /** a part of the daily work could not be begun: an alarm looks for this line */
  'daily-failed': 'ERROR',
  /** a key in KMS is to be deleted, or may not be used */
  'keys-unusable': 'ERROR',
  nudged: 'WARN',
  /** a visitor was told to send again what took too long */
  'out-of-time': 'WARN',
  'sweep-done': 'INFO',
  'sweep-failed': 'ERROR',
  'token-gone': 'INFO',
  unexpected: 'ERROR',
} as const satisfies Readonly<Record<string, 'INFO' | 'WARN' | 'ERROR'>>;
export type LogCode = keyof typeof logLevels;

/** A line has its level by how it is written: Lambda's JSON log, on AWS and here, takes it from there. */
const writers = {
  INFO: (line: string) => console.log(line),
  WARN: (line: string) => console.warn(line),
  ERROR: (line: string) => console.error(line),
};

/** Everything that a line may say. What is not here, or is not public, is in no log. */
const LogDetails = z
  .object(
    classed('public', {
      caseId: CaseId,
      version: z.int(),
      stage: z.string(),
      task: TaskId,
      letter: Slug,
      job: Slug,
      /** which part of the work in the background */
      part: z.string(),
      /** how long it has been waiting */
      hours: z.int(),
      eventId: z.string(),
      dataKey: z.string(),
      /** how many heads, cases, or executions it was about */
      heads: z.int(),
      cases: z.int(),
      reasons: z.int(),
      nudged: z.int(),
      /** what a mail server's refusal is about */
      why: z.string(),
      /** an error's class; its message may repeat what a person typed */
      error: z.string(),
      /** where in the code it came from, innermost first: files and functions */
      origin: z.string(),
      /** by which a person who saw an error can ask about it */
      reference: z.string(),
    }),
  )
  .partial();
export type LogDetails = Readonly<z.infer<typeof LogDetails>>;

/** One JSON line, in the level of its code. */
export function logLine(code: LogCode, details: LogDetails): void {
  writers[logLevels[code]](JSON.stringify(Object.assign({ code }, cut(LogDetails, details, waysOut.log))));
}

/** A line about what was thrown: its class and where it came from. Its message may repeat what a person typed. */
export function logFailure(code: LogCode, thrown: unknown, details: LogDetails = {}): void {
  const error = thrown instanceof Error ? thrown.name : typeof thrown;
  logLine(code, { ...details, error, origin: originOf(thrown) });
}

/** Frames that a line names: enough to see which door and which rule it was. */
const MOST_FRAMES = 6;

function originOf(thrown: unknown): string {
  const frames = thrown instanceof Error ? (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return frames
    .slice(0, MOST_FRAMES)
    .map((frame) => frame.trim())
    .join(' < ');
}
