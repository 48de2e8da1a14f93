import * as z from 'zod';
import { keys } from '../../../shared/store/keys.ts';
import { offerDigest } from '../../../shared/store/offers.ts';
import { programmeDigest } from '../../../shared/store/programmes.ts';
import { type Item, queryAll, type Table } from '../../../shared/store/table.ts';
import type { AuthorityTold } from './authority-told.ts';
import type { Fault } from './faults.ts';
import type { KnownChains } from './known-chains.ts';

/** A sort of things that a party makes with terms that nothing changes, each bound to the entry of its making. */
interface Sort {
  readonly what: Fault['what'];
  /** the entry of its making, and that of its end where there is one */
  readonly made: string;
  readonly closed?: string;
  key(id: string): { readonly pk: string; readonly sk: string };
  /** which one an entry is about */
  idIn(entry: AuthorityTold): string | undefined;
  digest(item: Item): string;
}

const Told = z.looseObject({
  programme: z.string().optional(),
  offer: z.string().optional(),
  digest: z.string().optional(),
});
const toldIn = ({ data }: AuthorityTold) => Told.safeParse(data).data;

const sorts: readonly Sort[] = [
  {
    what: 'programme-altered',
    made: 'programme-published',
    closed: 'programme-closed',
    key: keys.programme,
    idIn: (entry) => toldIn(entry)?.programme,
    digest: programmeDigest,
  },
  {
    what: 'offer-altered',
    made: 'offer-made',
    key: keys.offer,
    idIn: (entry) => toldIn(entry)?.offer,
    digest: offerDigest,
  },
];

const Stored = z.looseObject({
  id: z.string(),
  funder: z.string().optional(),
  party: z.string().optional(),
  closedAt: z.string().optional(),
});

/** Whether the terms are those that were made known, and whether it is closed where it was, and by whom it may be. */
function isAsMade(item: Item, { made, closed, key, idIn, digest }: Sort, known: KnownChains): boolean {
  const data = Stored.safeParse(item.data).data;
  if (!data || key(data.id).sk !== item.sk) return false;
  const owner = data.funder ?? data.party;
  const of = (type: string) => known.toldOf([type]).filter((entry) => idIn(entry) === data.id);
  const [first] = of(made);
  // one from before this was kept has no entry: with what terms it was made nobody can tell
  if (!first) return true;
  const isClosed = closed !== undefined && of(closed).some(({ party }) => party === owner);
  return toldIn(first)?.digest === digest(item) && first.party === owner && isClosed === (data.closedAt !== undefined);
}

/** Holds programmes and offers against the entries of their making. To be called when all trails were gone through. Cost: two Queries. */
export async function verifyTerms({ name, client, shards }: Table, known: KnownChains): Promise<Fault[]> {
  const found = sorts.map(async (sort): Promise<Fault[]> => {
    const all = await queryAll({ name, client, shards }, sort.key('').pk);
    const there = new Set(all.map(({ sk }) => sk));
    const gone = known.toldOf([sort.made]).flatMap((entry) => {
      const place = sort.key(sort.idIn(entry) ?? '');
      return there.has(place.sk) ? [] : [place];
    });
    const altered = all.filter((item) => !isAsMade(item, sort, known));
    return [...altered, ...gone].map(({ pk, sk }) => ({ what: sort.what, chain: '', where: `${pk} ${sk}` }));
  });
  return (await Promise.all(found)).flat();
}

/** Programmes and offers from before entries of their making were kept: nothing says how they were. Cost: two Queries. */
export async function termsNotComparable({ name, client, shards }: Table, known: KnownChains): Promise<string[]> {
  const places = sorts.map(async (sort): Promise<string[]> => {
    const bound = new Set(known.toldOf([sort.made]).map(sort.idIn));
    const all = await queryAll({ name, client, shards }, sort.key('').pk);
    return all.filter(({ data }) => !bound.has(Stored.safeParse(data).data?.id)).map(({ pk, sk }) => `${pk} ${sk}`);
  });
  return (await Promise.all(places)).flat();
}
