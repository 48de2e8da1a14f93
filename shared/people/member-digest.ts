import { newSalt, saltedDigest } from '../audit/digest.ts';
import type { Member } from '../domain/party.ts';

type Named = Pick<Member, 'id' | 'party' | 'name' | 'email'>;

/** What binds the name and address of a member to the trace of their joining. */
export function memberDigest({ id, party, name, email }: Named, salt: string): string {
  return saltedDigest(salt, { id, party, name, email });
}

/** Somebody who becomes a member, with what binds their name and address to the trace that says so. */
export function bindingMember(member: Member): { readonly member: Member; readonly person: string } {
  const salt = newSalt();
  return { member: { ...member, salt }, person: memberDigest(member, salt) };
}
