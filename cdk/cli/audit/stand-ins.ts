import * as z from 'zod';
import { PartyId } from '../../../shared/domain/ids.ts';
import { isAhead, StandIns } from '../../../shared/domain/stand-in.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { keys } from '../../../shared/store/keys.ts';
import { queryAll, type Table } from '../../../shared/store/table.ts';
import type { AuthorityTold } from './authority-told.ts';
import type { Fault } from './faults.ts';

const Told = z.looseObject({
  type: z.enum(['stand-in-named', 'stand-in-ended']),
  standIn: z.string(),
  whose: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  by: z.looseObject({ member: z.string() }),
});

/** A naming, by who is away, who answers for them, and the days. */
function nameOf(whose: string, one: { standIn: string; from?: string | undefined; to?: string | undefined }): string {
  return JSON.stringify([whose, one.standIn, one.from, one.to]);
}

/** How many namings of each sort are in force by the trail; and of whom an older entry ended one without saying which. */
function inForceBy(told: readonly AuthorityTold[]) {
  const count = new Map<string, number>();
  const unsure = new Set<string>();
  for (const { data } of told) {
    const one = Told.safeParse(data).data;
    if (!one) continue;
    const isEnd = one.type === 'stand-in-ended';
    if (isEnd && one.whose === undefined) unsure.add(one.standIn);
    else {
      const name = nameOf(one.whose ?? one.by.member, one);
      count.set(name, (count.get(name) ?? 0) + (isEnd ? -1 : 1));
    }
  }
  return { count, unsure };
}

/** Holds who may answer in another's place against the entries that named them and ended it. Cost: one Query. */
export async function verifyStandIns(table: Table, id: string, told: readonly AuthorityTold[]): Promise<Fault[]> {
  const party = PartyId.parse(id);
  const { count, unsure } = inForceBy(told);
  const today = localDate(Date.now());
  const found = new Map<string, number>();
  const faults: Fault[] = [];
  const fault = (where: string): void => void faults.push({ what: 'stand-in-altered', chain: `trace/${id}`, where });
  for (const item of await queryAll(
    { name: table.name, client: table.client, shards: table.shards },
    keys.standInsOfParty(party),
  )) {
    const where = `${item.pk} ${item.sk}`;
    const all = StandIns.safeParse(item.data).data;
    if (!all || all.party !== id || keys.standIns(party, all.member).sk !== item.sk) {
      fault(where);
      continue;
    }
    for (const one of all.list.filter((each) => isAhead(each, today))) {
      const name = nameOf(all.member, one);
      found.set(name, (found.get(name) ?? 0) + 1);
      if ((found.get(name) ?? 0) > (count.get(name) ?? 0)) fault(where);
    }
  }
  for (const [name, times] of count) {
    const [whose, standIn, , to] = z.array(z.string()).parse(JSON.parse(name));
    const isOver = to === undefined || to < today || unsure.has(String(standIn));
    if (!isOver && (found.get(name) ?? 0) < times) fault(`${keys.standInsOfParty(party)} MEMBER#${whose}`);
  }
  return faults;
}
