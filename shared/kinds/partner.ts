import type { Kind, PartyId } from '../domain/ids.ts';
import type { PartyType } from '../domain/party.ts';
import type { Case, CaseOf } from './case.ts';
import { kindsOfCase } from './index.ts';

/** The party beside the hub that has part in the case: who funds, gives or insures. */
export function partnerOf<K extends Kind>(subject: CaseOf<K>): PartyId | undefined {
  return kindsOfCase[subject.kind].partner(subject);
}

/** Whether the partner has promised goods and must know where they go. */
export function isPromised<K extends Kind>(subject: CaseOf<K>): boolean {
  return kindsOfCase[subject.kind].isPromised(subject);
}

/** The type of a party that is asked in a case: the hub, or its partner. */
export function typeOfAsked({ kind, hub }: Case, party: PartyId): PartyType {
  return party === hub ? 'hub' : kindsOfCase[kind].partnerType;
}
