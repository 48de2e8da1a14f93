import * as z from 'zod';
import { CaseId, kinds } from '../../../shared/domain/ids.ts';
import { caseIdsOf } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import { listParties } from '../../../shared/store/parties.ts';
import { batchGet, type Item, queryAll, type Table } from '../../../shared/store/table.ts';
import { type Holding, holdingOf } from './case-chain.ts';
import type { Fault } from './faults.ts';
import type { KnownChains } from './known-chains.ts';

/** What is changed while it is read looks wrong: it is read again before that is told. */
const TRIES = 3;

const Stored = z.object({
  available: z.int(),
  paid: z.int().optional(),
  returned: z.int().optional(),
  data: z.union([
    z
      .looseObject({ id: z.string(), budget: z.int() })
      .transform(({ id, budget }) => ({ of: `PROGRAMME#${id}`, whole: budget })),
    z
      .looseObject({ id: z.string(), amount: z.int() })
      .transform(({ id, amount }) => ({ of: `OFFER#${id}`, whole: amount })),
  ]),
});

/** Programmes and offers: of which many cases have a part. */
async function items({ name, client, shards }: Table): Promise<Item[]> {
  const pages = [keys.programme('').pk, keys.offer('').pk].map((pk) => queryAll({ name, client, shards }, pk));
  return (await Promise.all(pages)).flat();
}

/** Reads anew what all cases have of them. Cost: a Query of keys a megabyte, and a read a case. */
async function holdAnew({ name, client, shards }: Table, known: KnownChains): Promise<void> {
  const plain = { name, client, shards };
  const hold = (head: Item): void => {
    const holding: Holding | undefined = holdingOf(head);
    const caseId = CaseId.safeParse(String(head.pk).slice(keys.casePrefix.length)).data;
    if (holding && caseId) known.holds(caseId, holding);
  };
  for (const { id, type } of await listParties(plain)) {
    for (const kind of type === 'hub' ? kinds : []) {
      for await (const ids of caseIdsOf(plain, id, kind)) (await batchGet(plain, ids.map(keys.case))).forEach(hold);
    }
  }
}

function unbalanced(all: readonly Item[], known: KnownChains): Item[] {
  return all.filter((item) => {
    const { available, paid, returned, data } = Stored.safeParse(item).data ?? {};
    if (data === undefined) return true;
    const held = known.held(data.of);
    if (available !== data.whole - held.reserved - held.paid + held.returned) return true;
    // of offers, and of programmes of 0.1.0 until they were counted, only what is available is kept
    return paid !== undefined && (paid !== held.paid || returned !== held.returned);
  });
}

/**
 * Holds what programmes and offers have left against what cases have of them. To be called when all cases were gone through. Cost: two
 * Queries; where a balance does not fit, every case is read again.
 */
export async function verifyBalances(table: Table, known: KnownChains): Promise<Fault[]> {
  let off = unbalanced(await items(table), known);
  for (let tries = 1; off.length > 0 && tries < TRIES; tries++) {
    await holdAnew(table, known);
    off = unbalanced(await items(table), known);
  }
  return off.map(({ pk, sk }) => ({ what: 'balance-altered', chain: '', where: `${pk} ${sk}` }));
}
