import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SESSION_SECONDS } from '../../../functions/console/sign-in/cookies.ts';
import { keys } from '../../../shared/store/keys.ts';
import { type Item, type Table, toItem } from '../../../shared/store/table.ts';
import type { Fault } from './faults.ts';
import type { KnownChains } from './known-chains.ts';

/** So long before or after a session begins, in milliseconds, stands the entry that says so. */
const WITH_ITS_ENTRY = 60_000;

const Stored = z.object({ data: z.looseObject({ member: z.string(), startedAt: z.string(), endsAt: z.string() }) });
const Told = z.looseObject({
  at: z.string(),
  by: z.looseObject({ member: z.string().optional() }),
  member: z.string().optional(),
});

/** All sessions, a page at a time: one that was put in would stand in no list. Cost: the whole table is read once. */
async function* sessionPages({ name, client }: Table): AsyncGenerator<Item[]> {
  let after: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: name,
        FilterExpression: 'sk = :sk',
        ExpressionAttributeValues: toItem({ ':sk': keys.session('').sk }),
        ...(after && { ExclusiveStartKey: toItem(after) }),
      }),
    );
    yield (page.Items ?? []).map((item) => unmarshall(item));
    after = page.LastEvaluatedKey && unmarshall(page.LastEvaluatedKey);
  } while (after);
}

/** By member: when they signed in, and when they first became a member of anything. */
function momentsOf(known: KnownChains) {
  const signed = new Map<string, number[]>();
  const joined = new Map<string, number>();
  for (const { type, data } of known.toldOf(['signed-in', 'member-joined', 'organization-registered'])) {
    const told = Told.safeParse(data).data;
    const who = told?.member ?? told?.by.member;
    if (!told || who === undefined) continue;
    const at = Date.parse(told.at);
    if (type === 'signed-in') signed.set(who, [...(signed.get(who) ?? []), at]);
    else joined.set(who, Math.min(at, joined.get(who) ?? at));
  }
  return { signed, joined };
}

/**
 * Holds who is signed in against the entries that say so. Who became a member after they had signed in, to accept an invitation or to register
 * an organization, has none. To be called when all trails were gone through. Cost: the whole table is read once.
 * @param before who signed in later is looked at the next time: the trails were read before
 */
export async function verifySessions(table: Table, known: KnownChains, before: number): Promise<Fault[]> {
  const { signed, joined } = momentsOf(known);
  const faults: Fault[] = [];
  for await (const page of sessionPages(table)) {
    for (const item of page) {
      const session = item.entity === 'session' ? Stored.safeParse(item).data?.data : undefined;
      if (!session || Date.parse(session.endsAt) < Date.now()) continue;
      const begun = Date.parse(session.startedAt);
      if (begun > before) continue;
      const isTold = signed.get(session.member)?.some((at) => Math.abs(at - begun) < WITH_ITS_ENTRY) ?? false;
      const isTooLong = Date.parse(session.endsAt) - begun > SESSION_SECONDS * 1000;
      const isNewcomers = begun <= (joined.get(session.member) ?? Number.POSITIVE_INFINITY);
      if (isTooLong || (!isTold && !isNewcomers))
        faults.push({ what: 'session-added', chain: '', where: `${item.pk} ${item.sk}` });
    }
  }
  return faults;
}
