import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { fromLetterItem } from '../../shared/store/letters.ts';
import { type Item, openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { eachEvent } from '../stream/each-event.ts';
import { NotifyEnv, NotifyEvent } from './env.ts';
import { MailFeedback, takeFeedback } from './feedback.ts';
import { sendLetter } from './letter.ts';
import { createMailer } from './mailer.ts';
import { notify, tellAgain } from './notify.ts';
import type { Notifier } from './send-once.ts';
import { secretUrl } from './smtp-server.ts';
import { mailsAgain, measureWaiting, tryWaiting } from './try-waiting.ts';

const env = parseEnv(NotifyEnv);
const notifier: Notifier = {
  table: openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID)),
  macKeyId: env.MAC_KEY_ID,
  publicUrl: env.PUBLIC_URL.replace(/\/$/, ''),
  mailer: createMailer(env.MAIL_FROM, env.MAIL_TRANSPORT, {
    smtpUrl: env.SMTP_SECRET === undefined ? env.SMTP_URL : secretUrl(env.SMTP_SECRET),
    configurationSet: env.MAIL_CONFIGURATION_SET,
  }),
};

async function deliver(item: Item): Promise<void> {
  const letter = fromLetterItem(item);
  if (letter.type === 'mails-again') return mailsAgain(notifier, letter);
  if (letter.type === 'tell-again') return tellAgain(notifier, letter);
  await sendLetter(notifier, letter);
}

/** What the stream brings, what SES says that came back, and once an hour the mails that wait. Throws a ZodError for any other event. */
export const handler = async (
  event: DynamoDBStreamEvent | NotifyEvent | MailFeedback,
): Promise<DynamoDBBatchResponse | undefined> => {
  if ('Records' in event) return eachEvent(event, (one) => notify(notifier, one), { letter: deliver });
  if ('detail' in event) await takeFeedback(notifier, MailFeedback.parse(event));
  else if (NotifyEvent.parse(event)) {
    await tryWaiting(notifier);
    await measureWaiting(notifier);
  }
  return undefined;
};
