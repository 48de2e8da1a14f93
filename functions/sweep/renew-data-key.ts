import { recordTrace } from '../../shared/audit/record.ts';
import type { KeyService } from '../../shared/secrets/key-service.ts';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import type { Table } from '../../shared/store/table.ts';
import { logLine } from '../log/log-line.ts';

/**
 * Makes the data key that personal data is sealed with, when there is none yet or the last one has been used long enough.
 * Cost: one read, where nothing is due.
 */
export async function renewDataKey(table: Table, service: KeyService): Promise<void> {
  const dataKey = await ensureDataKey(table, service);
  if (dataKey === undefined) return;
  await recordTrace(table, { type: 'key-rotated', by: { type: 'workflow' }, door: 'background' });
  logLine('data-key-made', { dataKey });
}
