import * as z from 'zod';
import { CaseId, kinds } from '../../../shared/domain/ids.ts';
import { caseIdsOf } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import { listParties } from '../../../shared/store/parties.ts';
import { programmeDigest } from '../../../shared/store/programmes.ts';
import { batchGet, type Item, queryAll, type Table } from '../../../shared/store/table.ts';
import { awardOf } from './case-chain.ts';
import type { Fault } from './faults.ts';
import type { KnownChains } from './known-chains.ts';

/** What is changed while it is read looks wrong: it is read again before that is told. */
const TRIES = 3;

const Stored = z.object({
  available: z.int(),
  data: z.looseObject({ id: z.string(), funder: z.string(), budget: z.int(), closedAt: z.string().optional() }),
});
const Told = z.looseObject({ programme: z.string(), digest: z.string().optional() });

function items({ name, client }: Table): Promise<Item[]> {
  return queryAll({ name, client }, keys.programme('').pk);
}

/** Reads anew what all grants have of budgets. Cost: a Query of keys a megabyte, and a read a grant. */
async function holdAnew({ name, client }: Table, known: KnownChains): Promise<void> {
  const plain = { name, client };
  for (const { id, type } of await listParties(plain)) {
    if (type !== 'hub') continue;
    for (const kind of kinds.filter((one) => one === 'grant')) {
      for await (const ids of caseIdsOf(plain, id, kind)) {
        for (const head of await batchGet(plain, ids.map(keys.case))) {
          const award = awardOf(head);
          const caseId = CaseId.safeParse(String(head.pk).slice(keys.casePrefix.length)).data;
          if (award && caseId) known.holds(caseId, award.programme, award.fen);
        }
      }
    }
  }
}

function unbalanced(all: readonly Item[], known: KnownChains): Item[] {
  return all.filter((item) => {
    const { available, data } = Stored.safeParse(item).data ?? {};
    return data === undefined || available !== data.budget - known.held(data.id);
  });
}

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
 * Holds the terms of programmes against what was published, and what they have left against what their cases have. To be called when
 * all cases and trails were gone through. Cost: a Query; where a balance does not fit, every grant is read again.
 */
export async function verifyProgrammes(table: Table, known: KnownChains): Promise<Fault[]> {
  let all = await items(table);
  let off = unbalanced(all, known);
  for (let tries = 1; off.length > 0 && tries < TRIES; tries++) {
    await holdAnew(table, known);
    all = await items(table);
    off = unbalanced(all, known);
  }
  const fault = (what: Fault['what'], { pk, sk }: Item): Fault => ({ what, chain: '', where: `${pk} ${sk}` });
  return [
    ...all.filter((item) => !isAsPublished(item, known)).map((item) => fault('programme-altered', item)),
    ...off.map((item) => fault('balance-altered', item)),
  ];
}
