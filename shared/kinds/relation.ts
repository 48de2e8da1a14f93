import type { PartyId } from '../domain/ids.ts';
import type { Relation, Viewpoint } from '../domain/relation.ts';
import { hasMail } from './assignee.ts';
import type { Case } from './case.ts';

/** The party beside the hub that has part in the case: who funds, gives or insures. */
export function partnerOf(subject: Case): PartyId | undefined {
  switch (subject.kind) {
    case 'need':
      return 'donor' in subject ? subject.donor?.party : undefined;
    case 'grant':
      return subject.funder;
    case 'insurance':
      return subject.insurer;
  }
}

/** Stages in which a donor has promised goods and must know where they go. */
const underWay: ReadonlySet<string> = new Set(['dispatching', 'in-transit', 'confirming', 'reporting', 'closed']);

/** How a party stands to a case; in several ways at once, or in none. */
export function relationsTo({ party, below }: Viewpoint, subject: Case): ReadonlySet<Relation> {
  const isHub = subject.hub === party;
  const isPartner = partnerOf(subject) === party;
  const found: readonly (readonly [Relation, boolean])[] = [
    ['own', subject.organizationParty === party],
    ['hub', isHub],
    ['below', below.has(subject.hub)],
    ['behalf', isHub && !hasMail(subject)],
    ['partner', isPartner],
    ['giving', isPartner && subject.kind === 'need' && underWay.has(subject.stage)],
  ];
  return new Set(found.flatMap(([relation, holds]) => (holds ? [relation] : [])));
}
