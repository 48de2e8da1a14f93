import * as z from 'zod';
import { MemberId, PartyId } from '../domain/ids.ts';
import { classed } from '../domain/privacy/classes.ts';
import { Instant } from '../domain/time.ts';
import { secretHash } from '../secrets/secret-hash.ts';
import { keys } from './keys.ts';
import { ConditionFailed, get, put, queryAll, type Table, toItem, transact } from './table.ts';

/** Somebody signed in to the console. Kept under a hash of the cookie: the table alone lets nobody in. */
export const Session = z.strictObject({
  ...classed('party', {
    member: MemberId,
    /** the party the person acts for at present, where they are a member of several */
    party: PartyId.optional(),
    startedAt: Instant,
    /** when the session ends, whatever happens in it */
    endsAt: Instant,
    /** from when on the issuer is asked again whether it still vouches for the person */
    askAgainAt: Instant,
    /** counts the writes, so that of two at once the second notices */
    revision: z.int().min(1),
  }),
  /** the issuer's refresh token, sealed with a key that only the cookie holds */
  ...classed('secret', {
    refresh: z.string().optional(),
    /** the name and address that the issuer gave, sealed likewise */
    claims: z.string().optional(),
  }),
});
export type Session = z.infer<typeof Session>;

/** The name under which the table keeps the session of a cookie. */
export function sessionHash(cookie: string): string {
  return secretHash(cookie);
}

function sessionItem(hash: string, session: Session) {
  const expires = Math.ceil(Date.parse(session.endsAt) / 1000);
  return { ...keys.session(hash), entity: 'session', revision: session.revision, expires, data: session };
}

/**
 * Begins a session, found from its cookie, from its person, and from the issuer's own name for it, where it has one. Cost:
 * two or three items in a transaction.
 * @param sid what the issuer calls the session there
 */
export async function startSession(table: Table, hash: string, session: Session, sid?: string): Promise<void> {
  const { member, startedAt, endsAt } = session;
  const expires = Math.ceil(Date.parse(endsAt) / 1000);
  const named = { entity: 'session-of', hash, member, startedAt, endsAt, expires };
  await transact(table, [
    put(table, sessionItem(hash, Session.parse(session)), true),
    put(table, { ...keys.sessionOf(member, hash), ...named }),
    ...(sid === undefined ? [] : [put(table, { ...keys.sessionBySid(sessionHash(sid), hash), ...named })]),
  ]);
}

/** A session of a person, as they find it in the list of theirs. */
export const OwnSession = z.object(classed('party', { hash: z.string(), startedAt: Instant, endsAt: Instant }));
export type OwnSession = z.infer<typeof OwnSession>;

const NamedSession = OwnSession.extend({ member: MemberId });

/** A person's sessions that have not ended, the latest first. Cost: one Query. */
export async function listSessions(table: Table, member: MemberId, now: Instant): Promise<OwnSession[]> {
  const items = await queryAll(table, keys.sessionsOf(member));
  return items
    .map((item) => OwnSession.parse(item))
    .filter(({ endsAt }) => endsAt > now)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

/** Ends every session of a person, but for one they may want to keep. Cost: one Query, a transaction of two items each. */
export async function endSessionsOf(table: Table, member: MemberId, but?: string): Promise<void> {
  const items = await queryAll(table, keys.sessionsOf(member));
  for (const { hash, endsAt } of items.map((item) => OwnSession.parse(item))) {
    if (hash !== but) await endSession(table, hash, { member, endsAt });
  }
}

/**
 * Ends the sessions here that belong to one of the issuer's. Cost: one Query, a transaction of two items each.
 * @param of whose they must be, where the issuer says
 * @returns whose they were
 */
export async function endSessionsBySid(table: Table, sid: string, of?: MemberId): Promise<MemberId | undefined> {
  const items = await queryAll(table, keys.sessionsBySid(sessionHash(sid)));
  const all = items.map((item) => NamedSession.parse(item)).filter(({ member }) => of === undefined || member === of);
  for (const { hash, member, endsAt } of all) await endSession(table, hash, { member, endsAt });
  return all[0]?.member;
}

/** The session while it lasts. Nothing waits for the table's TTL to tidy. Cost: one consistent read. */
export async function readSession(table: Table, hash: string, now: Instant): Promise<Session | undefined> {
  const item = await get(table, keys.session(hash));
  if (item?.entity !== 'session') return undefined;
  const session = Session.parse(item.data);
  return session.endsAt > now ? session : undefined;
}

/**
 * Writes the session anew if nobody did meanwhile; a session that was ended stays ended.
 * @returns the session as it is now, or undefined when somebody else was quicker
 */
export async function changeSession(
  table: Table,
  hash: string,
  before: Session,
  change: Partial<Pick<Session, 'party' | 'askAgainAt' | 'refresh'>>,
): Promise<Session | undefined> {
  const after = Session.parse({ ...before, ...change, revision: before.revision + 1 });
  try {
    await transact(table, [
      {
        Put: {
          TableName: table.name,
          Item: toItem(sessionItem(hash, after)),
          ConditionExpression: 'revision = :read',
          ExpressionAttributeValues: toItem({ ':read': before.revision }),
        },
      },
    ]);
    return after;
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
}

/** Ends a session for good, its token gone; a mark stays until TTL so that nothing can write it back. */
export async function endSession(
  table: Table,
  hash: string,
  { member, endsAt }: Pick<Session, 'member' | 'endsAt'>,
): Promise<void> {
  const expires = Math.ceil(Date.parse(endsAt) / 1000);
  await transact(table, [
    put(table, { ...keys.session(hash), entity: 'ended-session', expires }),
    { Delete: { TableName: table.name, Key: toItem({ ...keys.sessionOf(member, hash) }) } },
  ]);
}
