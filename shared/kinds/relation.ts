import type { Relation, Viewpoint } from '../domain/relation.ts';
import { hasMail } from './assignee.ts';
import type { Case } from './case.ts';
import { isPromised, partnerOf } from './partner.ts';

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
    ['giving', isPartner && isPromised(subject)],
  ];
  return new Set(found.flatMap(([relation, holds]) => (holds ? [relation] : [])));
}
