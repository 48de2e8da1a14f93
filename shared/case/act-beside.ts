import * as z from 'zod';
import { type ActingMember, actorOf, assertMay, may } from '../answering/acting.ts';
import { standsInFor } from '../answering/stand-ins.ts';
import { barredFrom } from '../answering/who-is-barred.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import type { Assignee } from '../domain/task.ts';
import type { Case } from '../kinds/case.ts';
import type { Asks } from '../kinds/define.ts';
import { standsAgainst } from '../kinds/eligibility.ts';
import { besideOf, besidesOf } from '../kinds/lifecycle.ts';
import { partnerOf } from '../kinds/partner.ts';
import { accountsOf } from '../store/accounts.ts';
import type { Hub } from '../store/hub.ts';
import type { Idempotency } from '../store/idempotency.ts';
import type { Table } from '../store/table.ts';
import { actOn } from './act-on.ts';
import { changeOf } from './change-of.ts';

const Outcome = z.looseObject({ outcome: z.string() });

function isOf({ roles, party }: Member, by: Asks, subject: Case): boolean {
  return (
    party === (by.by === 'hub' ? subject.hub : partnerOf(subject)) && roles.some((role) => by.roles.includes(role))
  );
}

/** As whom a member does it: in their own role, or in the place of a colleague for whom they stand in today. */
async function asWhom(table: Table, person: ActingMember, by: Asks, subject: Case): Promise<ActingMember | undefined> {
  if (isOf(person.member, by, subject)) return person;
  const places = await standsInFor(table, person.member);
  const inPlaceOf = places.find(({ member }) => isOf(member, by, subject));
  return inPlaceOf && { ...person, inPlaceOf };
}

/**
 * What a member may do beside the question of the stage, by outcome: stop a grant, correct an entry. Decided is anew, by the
 * transaction that writes it. Cost: nothing where the stage has none; else some reads a person.
 */
export async function besidesFor(table: Table, subject: Case, person: ActingMember): Promise<readonly string[]> {
  if (!may(person, 'act-beside', subject)) return [];
  const found = await Promise.all(
    besidesOf(subject.kind, subject.stage).map(async ([outcome, by]) => {
      const acting = await asWhom(table, person, by, subject);
      if (!acting) return [];
      const people = [person.member, ...(acting.inPlaceOf ? [acting.inPlaceOf.member] : [])];
      const isBarred = await barredFrom(table, subject, people);
      if (people.some((one) => isBarred(one))) return [];
      const accounts = await accountsOf(
        table,
        people.map(({ id }) => id),
      );
      return standsAgainst(subject, outcome, actorOf(acting), accounts) ? [] : [outcome];
    }),
  );
  return found.flat();
}

/**
 * A party does something beside the question of the stage, whoever is asked: a funder stops a grant, says that a payment failed, or
 * corrects an entry of its books; a hub says that goods on their way will not arrive.
 * @param body `{ outcome, reason, … }` as the answer to a task has it, not yet checked
 * @throws {@link Rejected} as an answer to a task, and `unknown-outcome` for what is nothing of the stage
 */
export function actBeside(
  hub: Hub,
  id: CaseId,
  body: unknown,
  person: ActingMember,
  once?: Idempotency,
): Promise<Case> {
  const outcome = Outcome.safeParse(body).data?.outcome ?? '';
  const byIn = (subject: Case): Asks => {
    const by = besideOf(subject.kind, subject.stage, outcome);
    if (by) return by;
    const outcomes = besidesOf(subject.kind, subject.stage).map(([each]) => each);
    throw new Rejected('unknown-outcome', {
      fields: [{ pointer: '/outcome', code: outcome === '' ? 'required' : 'not-a-choice' }],
      params: { outcomes: outcomes.join(', ') },
    });
  };
  const deed = {
    action: 'act-beside' as const,
    outcome,
    async acting(subject: Case) {
      assertMay(person, 'act-beside', subject);
      const acting = await asWhom(hub.table, person, byIn(subject), subject);
      if (!acting) throw new Rejected('forbidden');
      return acting;
    },
    as: (subject: Case): Assignee => ({
      type: 'party',
      party: person.member.party,
      roles: [...byIn(subject).roles],
    }),
  };
  return actOn(hub, id, once, deed, ({ subject }, how) => changeOf(hub, subject, body, how));
}
