import * as z from 'zod';
import type { DecisionRecord } from '../../../shared/domain/case-base.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import type { Figures } from '../../../shared/entities/programme/programme.ts';
import { Payment } from '../../../shared/kinds/grant/case.ts';
import { figuresOf, MoneyEntry } from '../../../shared/kinds/grant/money.ts';
import { decisionDigest, digestsOf, EventLink, eventHash, genesisOf } from '../../../shared/store/case-chain.ts';
import { fromCaseItem, organizationKey } from '../../../shared/store/case-item.ts';
import { readCaseChain } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import type { Item, Table } from '../../../shared/store/table.ts';
import type { AuthorityTold } from './authority-told.ts';
import { verifyPlace } from './case-place.ts';
import type { Fault } from './faults.ts';
import { type InterestTold, interestsTold } from './interests-told.ts';
import { type Anchored, type Entry, isFiled, verifyChain } from './verify-chain.ts';

const Event = z.looseObject({ version: z.int(), at: z.string(), children: z.array(z.string()).optional() });
const Subject = z.looseObject({
  version: z.int(),
  chain: z.string().optional(),
  parent: z.string().optional(),
});

function whereOf({ pk, sk }: Item): string {
  return `${pk} ${sk}`;
}

function entryOf(item: Item): Entry & { readonly bound: EventLink | undefined } {
  const event = Event.safeParse(item.data).data;
  const bound = EventLink.safeParse(item.link).data;
  return {
    place: keys.placeOf(String(item.sk)),
    seq: event?.version,
    where: whereOf(item),
    at: event?.at ?? '',
    link: bound,
    computed: bound && eventHash(item.data, bound),
    isFiled: isFiled(item, event?.at ?? ''),
    bound,
  };
}

/** The hash of the event by which the parent was split into this case too. */
async function splitBy(table: Table, parent: CaseId, child: CaseId): Promise<string | undefined> {
  const { entries } = await readCaseChain(table, parent);
  const split = entries.find((item) => Event.safeParse(item.data).data?.children?.includes(child));
  return EventLink.safeParse(split?.link).data?.hash;
}

/** Whether the case is as its last event left it. What is personal is compared where it can be read, and then has to be there. */
function verifyState({ vault }: Table, chain: string, head: Item, link: EventLink): Fault[] {
  const now = digestsOf(head);
  const isRead = vault !== undefined || head.personal !== undefined;
  const isPersonalOther = isRead && now.personal !== link.personal;
  if (now.data === link.data && !isPersonalOther) return [];
  const what = now.data === link.data ? 'what is personal in' : 'the data of';
  return [{ what: 'case-altered', chain, where: `${what} ${whereOf(head)}` }];
}

/** The decisions of a case; none where it was altered so that it is no case any more, which is found anyway. */
function decisionsOf(head: Item): readonly DecisionRecord[] {
  try {
    return fromCaseItem(head).decisions;
  } catch {
    return [];
  }
}

function verifyDecisions(chain: string, head: Item, links: ReadonlyMap<number, EventLink>): Fault[] {
  return decisionsOf(head).flatMap((decision): Fault[] => {
    const digest = decisionDigest(decision);
    const link = links.get(decision.version);
    if (digest === undefined || link === undefined || digest === link.decision) return [];
    return [{ what: 'decision-altered', chain, seq: decision.version, where: whereOf(head) }];
  });
}

/** What a case has of a programme's budget, in fen, or of an offer, in pieces. */
export interface Holding {
  /** the sort key of the programme or the offer, behind what says which of both it is */
  readonly of: string;
  readonly figures: Figures;
}

/** What was found about one case, and how much was looked at. */
export interface Verified {
  readonly faults: readonly Fault[];
  readonly entries: number;
  /** chains that this one names, which must be there too */
  readonly names: readonly string[];
  /** what its events say of interests in it */
  readonly interests?: readonly InterestTold[];
  /** what an entry of traces says of who may do what */
  readonly authority?: readonly AuthorityTold[];
  /** what the case has of something that many draw on */
  readonly holding?: Holding | undefined;
}

const Named = z.looseObject({ organization: z.string() });

/** By what interests in all cases of an organization are kept, by the name in the case. */
export function keyOfCase(head: Item | undefined): string {
  const named = Named.safeParse(head?.data).data;
  return named ? organizationKey(named.organization) : '';
}

const Awarded = z.looseObject({
  programme: z.string(),
  award: z.looseObject({ amount: z.int() }).optional(),
  payment: Payment.optional(),
  entries: z.array(MoneyEntry).optional(),
});
const Given = z.looseObject({
  donor: z.looseObject({ offer: z.string() }),
  lines: z.array(z.looseObject({ approved: z.int().optional() })),
});

/** What a grant has of its programme's budget, by its entries; what of a donor's offer was approved for a need. */
export function holdingOf(head: Item | undefined): Holding | undefined {
  const award = Awarded.safeParse(head?.data).data;
  if (award) return { of: `PROGRAMME#${award.programme}`, figures: figuresOf(award) };
  const given = Given.safeParse(head?.data).data;
  if (!given) return undefined;
  const reserved = given.lines.reduce((sum, { approved = 0 }) => sum + approved, 0);
  return { of: `OFFER#${given.donor.offer}`, figures: { reserved, paid: 0, returned: 0 } };
}

/** Holds the changes of a case against one another, against the case as it is now, and against what was anchored. */
export async function verifyCase(table: Table, id: CaseId, anchored: Anchored, settled: string): Promise<Verified> {
  const chain = `case/${id}`;
  const raw = await readCaseChain(table, id);
  const entries = raw.entries.map(entryOf);
  const subject = Subject.safeParse(raw.head?.data).data;
  const parent = CaseId.safeParse(subject?.parent).data;
  const from = parent && (await splitBy(table, parent, id));
  const genesis = genesisOf(id, from);
  const faults = verifyChain(
    { chain, genesis, entries, head: subject && { seq: subject.version, hash: subject.chain } },
    anchored,
    settled,
  ).map(
    (fault): Fault =>
      parent && fault.what === 'unlinked' && fault.seq === 1 ? { ...fault, what: 'not-of-parent' } : fault,
  );
  const links = new Map(
    entries.flatMap(({ seq, bound }) => (seq !== undefined && bound ? [[seq, bound] as const] : [])),
  );
  const last = subject && links.get(subject.version);
  if (raw.head && last) {
    faults.push(...verifyState(table, chain, raw.head, last), ...verifyDecisions(chain, raw.head, links));
    faults.push(...(await verifyPlace(table, chain, raw)));
  }
  const organization = keyOfCase(raw.head);
  const names = raw.entries.flatMap((item) => Event.safeParse(item.data).data?.children ?? []);
  return {
    faults,
    entries: entries.length,
    names: names.map((child) => `case/${child}`),
    interests: interestsTold(raw.entries, organization),
    holding: holdingOf(raw.head),
  };
}
