import { recordTrace } from '../../../shared/audit/record.ts';
import type { KeyService } from '../../../shared/secrets/key-service.ts';
import { currentDataKey, retireDataKeys, rotateDataKey } from '../../../shared/store/data-keys.ts';
import { openTable, type TableNamed } from '../../../shared/store/table.ts';
import { resealOnce } from './reseal.ts';

/** What a rotation did. */
export interface Rotation {
  /** the data key that everything is sealed with now */
  readonly dataKey: string;
  readonly resealed: number;
  /** how many older keys are gone for good */
  readonly retired: number;
}

interface RotationOptions {
  /** goes on with the key in use, as after a rotation that was stopped, instead of making another */
  readonly goOn: boolean;
  /** milliseconds until every process that was running has taken the new key */
  readonly settle: number;
  readonly say?: (line: string) => void;
}

/**
 * Makes a new data key, seals everything with it that is sealed with an older one, and removes the older ones when nothing
 * is sealed with them any more: what somebody kept of the table before then opens with nothing that is left in it. It can be
 * stopped at any moment and gone on with. Cost: see {@link resealOnce}, twice at least.
 */
export async function rotateKeys(named: TableNamed, service: KeyService, options: RotationOptions): Promise<Rotation> {
  const { goOn, settle, say = () => undefined } = options;
  const before = openTable(named);
  const current = await currentDataKey(before);
  const dataKey = goOn && current ? current.id : await rotateDataKey(before, service, current);
  say(`Data key ${dataKey} is in use. Waiting until whatever is running has taken it.`);
  await new Promise((resolve) => setTimeout(resolve, settle));
  // opened now, so that it seals with the new key from the first item on
  const table = openTable(named, service);
  let resealed = 0;
  for (;;) {
    const walk = await resealOnce(table, dataKey);
    resealed += walk.resealed;
    say(`${resealed} items sealed anew.`);
    // the last walk found nothing: nobody seals with an older key any more
    if (walk.resealed === 0 && walk.met === 0) break;
  }
  const retired = await retireDataKeys(table, dataKey);
  await recordTrace(table, { type: 'key-rotated', by: { type: 'workflow' }, door: 'command' });
  return { dataKey, resealed, retired };
}
