import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createMailer } from '../../functions/notify/mailer.ts';
import type { Notifier } from '../../functions/notify/send-once.ts';
import type { Letter } from '../../shared/domain/letter.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { fromLetterItem } from '../../shared/store/letters.ts';
import { toItem } from '../../shared/store/table.ts';
import type { MailServer } from '../fake/mail-server.ts';
import { policedTable } from './policed-table.ts';

/** The notifier with the permissions of its function, whose mails a server takes. */
export async function aNotifier(hub: Hub, server: MailServer): Promise<Notifier> {
  return {
    table: await policedTable(hub.table, 'notify'),
    macKeyId: hub.macKeyId,
    publicUrl: 'https://hub.example.org',
    mailer: createMailer('接力 <hub@example.org>', 'smtp', { smtpUrl: server.url }),
  };
}

/** The address that a mail went to. */
export function toOf({ to }: MailServer['mails'][number]): string {
  return (Array.isArray(to) ? to : [to]).map((one) => one?.text).join();
}

/** The letters that lie in the table. */
export async function lettersOf({ table: { client, name } }: Hub): Promise<Letter[]> {
  const letters: Letter[] = [];
  let last: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({
        TableName: name,
        ConsistentRead: true,
        FilterExpression: 'entity = :letter',
        ExpressionAttributeValues: toItem({ ':letter': 'letter' }),
        ...(last && { ExclusiveStartKey: last }),
      }),
    );
    letters.push(...(page.Items ?? []).map((item) => fromLetterItem(unmarshall(item))));
    last = page.LastEvaluatedKey;
  } while (last);
  return letters;
}
