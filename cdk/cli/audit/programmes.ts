import * as z from 'zod';
import { keys } from '../../../shared/store/keys.ts';
import { programmeDigest } from '../../../shared/store/programmes.ts';
import { type Item, queryAll, type Table } from '../../../shared/store/table.ts';
import type { Fault } from './faults.ts';
import type { KnownChains } from './known-chains.ts';

const Stored = z.object({
  data: z.looseObject({ id: z.string(), funder: z.string(), closedAt: z.string().optional() }),
});
const Told = z.looseObject({ programme: z.string(), digest: z.string().optional() });

/** Whether a programme's terms are those that were published, and whether it is closed where it was, and by whom it may be. */
function isAsPublished(item: Item, known: KnownChains): boolean {
  const { data } = Stored.safeParse(item).data ?? {};
  if (!data || keys.programme(data.id).sk !== item.sk) return false;
  const of = (type: string) =>
    known.toldOf([type]).filter((one) => Told.safeParse(one.data).data?.programme === data.id);
  const [published] = of('programme-published');
  // one from before this was kept has no entry: what it was published with nobody can tell
  if (!published) return true;
  const isClosed = of('programme-closed').some(({ party }) => party === data.funder);
  const isSame = Told.safeParse(published.data).data?.digest === programmeDigest(item);
  return isSame && published.party === data.funder && isClosed === (data.closedAt !== undefined);
}

/**
 * Holds the terms of programmes against what was published. To be called when all trails were gone through. Cost: a Query.
 */
export async function verifyProgrammes({ name, client }: Table, known: KnownChains): Promise<Fault[]> {
  const all = await queryAll({ name, client }, keys.programme('').pk);
  return all
    .filter((item) => !isAsPublished(item, known))
    .map(({ pk, sk }) => ({ what: 'programme-altered', chain: '', where: `${pk} ${sk}` }));
}
