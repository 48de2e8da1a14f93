import type { DynamoDBStreamEvent } from 'aws-lambda';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { fromLetterItem } from '../../shared/store/letters.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { eachEvent } from '../stream/each-event.ts';
import { NotifyEnv } from './env.ts';
import { sendLetter } from './letter.ts';
import { createMailer } from './mailer.ts';
import { notify } from './notify.ts';
import type { Notifier } from './send-once.ts';

const env = parseEnv(NotifyEnv);
const notifier: Notifier = {
  table: openTable(env.TABLE_NAME, kmsKeyService(env.DATA_KEY_ID)),
  macKeyId: env.MAC_KEY_ID,
  publicUrl: env.PUBLIC_URL.replace(/\/$/, ''),
  mailer: createMailer(env.MAIL_FROM, env.MAIL_TRANSPORT, env.SMTP_URL),
};

export const handler = (batch: DynamoDBStreamEvent) =>
  eachEvent(batch, (event) => notify(notifier, event), {
    letter: (item) => sendLetter(notifier, fromLetterItem(item)),
  });
