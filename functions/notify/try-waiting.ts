import type { Letter } from '../../shared/domain/letter.ts';
import type { MailAbout, UnsentMail } from '../../shared/domain/mail.ts';
import { instant } from '../../shared/domain/time.ts';
import { MAIL_SHARDS } from '../../shared/store/keys.ts';
import { askForMails } from '../../shared/store/letters.ts';
import { countUnsent, takeUpAgain, waitingMails } from '../../shared/store/mails.ts';
import { logFailure } from '../log/log-line.ts';
import { logMetric } from '../log/metric-line.ts';
import { digestMail, sendDigests } from './digest.ts';
import { rewrittenLetter } from './letter.ts';
import { rewritten } from './notify.ts';
import { type Notifier, type SendOutcome, sendWaiting } from './send-once.ts';

/** Mails of one partition that are read at a time. */
const A_PAGE = 50;
/** Mails that one run takes up again at most. */
const A_RUN = 500;
/** So long a run tries mails, in milliseconds: well within the two minutes of the function, whose last mail may be slow. */
const A_WHILE = 75_000;

/** Whether a server that did not take this mail takes no other one either. */
function isAboutAll(outcome: SendOutcome | 'failed'): boolean {
  return outcome === 'sender' || outcome === 'server';
}

function rewrite(notifier: Notifier, about: MailAbout) {
  switch (about.type) {
    case 'event':
      return rewritten(notifier, about);
    case 'letter':
      return rewrittenLetter(notifier, about);
    case 'digest':
      return digestMail(notifier, about);
  }
}

interface Run {
  /** whether mails are tried before they are due: somebody says that the server is well, or a mail has shown it */
  well: boolean;
  /** by `performance.now()` */
  readonly until: number;
  /** whether the time was over before the mails were */
  cut: boolean;
}

function isDue(mail: UnsentMail, { well }: Run): boolean {
  return mail.at <= instant(Date.now()) || (well && mail.why !== 'put-off');
}

/** One that cannot even be written stops no other. */
async function tryOne(notifier: Notifier, mail: UnsentMail): Promise<SendOutcome | 'failed'> {
  try {
    return await sendWaiting(notifier, mail, await rewrite(notifier, mail.about));
  } catch (error) {
    logFailure('unexpected', error);
    return 'failed';
  }
}

/** Tries the mails of one partition, until the server takes none. */
async function tryShard(notifier: Notifier, shard: number, run: Run): Promise<void> {
  // one that is put off again lies further on, and is met once more
  const tried = new Set<string>();
  let after: UnsentMail | undefined;
  for (;;) {
    const page = await waitingMails(notifier.table, shard, A_PAGE, after);
    for (const mail of page) {
      if (tried.has(mail.name) || !isDue(mail, run)) continue;
      run.cut ||= performance.now() > run.until;
      if (run.cut) return;
      tried.add(mail.name);
      const outcome = await tryOne(notifier, mail);
      if (isAboutAll(outcome)) return;
      if (outcome === 'sent') run.well = true;
    }
    after = page.at(-1);
    if (page.length < A_PAGE) return;
  }
}

/**
 * Sends the digests whose hour has come, and tries the mails that wait and are due, all of them once one has shown that the server takes mail again. Where time is over first a letter
 * asks for the rest. Cost: a Query a partition; for each mail what writing it costs, and a transaction of two or three items.
 * @param well whether to try those too that are not due
 */
export async function tryWaiting(notifier: Notifier, well = false): Promise<void> {
  const run: Run = { well, until: performance.now() + A_WHILE, cut: false };
  run.cut = !(await sendDigests(notifier, run.until));
  const tryAll = () => Promise.all(Array.from({ length: MAIL_SHARDS }, (_, shard) => tryShard(notifier, shard, run)));
  await tryAll();
  // one partition was looked through before a mail of another showed it
  if (run.well && !well) await tryAll();
  if (run.cut) await askForMails(notifier.table, 'waiting');
}

/**
 * Measures for how long the mail that waits longest was not taken, not for its mailbox but for ours or the server; 0 where none waits. Cost: two Queries a partition, of small
 * items.
 */
export async function measureWaiting({ table }: Pick<Notifier, 'table'>): Promise<void> {
  const { waiting } = await countUnsent(table);
  const ours = waiting.filter(({ why }) => why !== 'put-off');
  const since = ours.map((each) => each.since).sort()[0];
  logMetric('MailLag', since === undefined ? 0 : Math.floor((Date.now() - Date.parse(since)) / 1_000));
}

/** Does what whoever runs the installation asked for: mails that wait are tried now, after those that were given up wait again. */
export async function mailsAgain(
  notifier: Notifier,
  { which, some }: Extract<Letter, { type: 'mails-again' }>,
): Promise<void> {
  const taken = which === 'given-up' ? await takeUpAgain(notifier.table, some ?? {}, instant(Date.now()), A_RUN) : 0;
  // of some it is not said that the server is well: the others wait on
  await tryWaiting(notifier, some === undefined);
  if (taken >= A_RUN) await askForMails(notifier.table, 'given-up', some);
}
