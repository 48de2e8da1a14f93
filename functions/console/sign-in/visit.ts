import type { Context } from 'hono';
import { memberActing } from '../../../shared/answering/member-acting.ts';
import { membershipsOf } from '../../../shared/store/parties.ts';
import { type Session, sessionHash } from '../../../shared/store/sessions.ts';
import type { Table } from '../../../shared/store/table.ts';
import { languageOf } from '../../web/language.ts';
import type { Visit } from '../door.ts';
import { csrfToken } from './session.ts';

/** Who is signed in, as a member of the party they act for; undefined for who is a member of none. Cost: one Query, and see {@link memberActing}. */
export async function visitOf(
  c: Context,
  table: Table,
  cookie: string,
  session: Pick<Session, 'member' | 'party'>,
): Promise<Visit | undefined> {
  const memberships = await membershipsOf(table, session.member);
  const member = memberships.find(({ party }) => party === session.party) ?? memberships[0];
  if (!member) return undefined;
  return {
    member,
    acting: await memberActing(table, member),
    memberships,
    session: sessionHash(cookie),
    csrf: csrfToken(cookie, member.party),
    language: languageOf(c),
  };
}
