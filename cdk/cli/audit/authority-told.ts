import * as z from 'zod';
import type { Item } from '../../../shared/store/table.ts';

/** What an entry of a trail says of who may do what. */
export interface AuthorityTold {
  readonly chain: string;
  readonly seq: number;
  readonly type: string;
  /** the party that it is about */
  readonly party: string;
  readonly data: unknown;
}

/** Traces that give or take authority. */
const types: ReadonlySet<string> = new Set([
  'organization-registered',
  'member-invited',
  'member-joined',
  'member-roles-changed',
  'member-removed',
  'address-confirmed',
  'address-released',
  'stand-in-named',
  'stand-in-ended',
  'party-entered',
  'programme-published',
  'programme-closed',
  'offer-made',
  'signed-in',
]);

/** Who signed in longer ago is not signed in any more, in milliseconds. */
const LONGEST_SESSION = 2 * 86_400_000;

const Entry = z.object({
  chain: z.string(),
  seq: z.int(),
  data: z.looseObject({
    type: z.string(),
    at: z.string(),
    party: z.string().optional(),
    by: z.looseObject({ party: z.string().optional() }).optional(),
  }),
});

/** What the entries of a chain of traces say of it. */
export function authorityTold(entries: readonly Item[]): AuthorityTold[] {
  return entries.flatMap((item): AuthorityTold[] => {
    const entry = Entry.safeParse(item).data;
    if (!entry || !types.has(entry.data.type)) return [];
    const { chain, seq, data } = entry;
    if (data.type === 'signed-in' && Date.parse(data.at) < Date.now() - LONGEST_SESSION) return [];
    return [{ chain, seq, type: data.type, party: data.party ?? data.by?.party ?? '', data }];
  });
}
