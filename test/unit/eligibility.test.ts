import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../shared/domain/case-base.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/party.ts';
import {
  ableToCarryOn,
  askedFirst,
  assigneeAt,
  type Desk,
  desksFor,
  hasTakenOtherSide,
  isKeptBySecondLook,
  peopleOf,
  sideOf,
} from '../../shared/kinds/eligibility.ts';
import type { GrantCase } from '../../shared/kinds/grant/case.ts';
import { decideGrant } from '../../shared/kinds/grant/decide.ts';
import { aGrant, aMember, aNeed, aNeedInApproval, aProgramme } from '../factory/cases.ts';

const hub = PartyId.parse('hub');
const funder = PartyId.parse('river-foundation');
const now = '2020-02-02T08:00:00.000Z';
const people = ['a', 'b', 'c', 'd', 'e'].map((id) => MemberId.parse(id));

/** Who is what where, who steps aside, who stands in for whom: what may change at any moment while a case is open. */
interface World {
  readonly roles: Map<string, Role>;
  readonly interested: Set<MemberId>;
  readonly standIns: Map<MemberId, MemberId>;
  subject: GrantCase;
  /** who carried it through which stage, with those in whose place */
  readonly carried: Map<string, readonly MemberId[]>;
}

type Step =
  | { readonly do: 'role'; readonly who: MemberId; readonly party: PartyId; readonly role: Role | undefined }
  | { readonly do: 'declare' | 'retract'; readonly who: MemberId }
  | { readonly do: 'stand-in'; readonly who: MemberId; readonly other: MemberId | undefined }
  | { readonly do: 'answer'; readonly who: MemberId; readonly outcome: 'onward' | 'back' };

const person = fc.constantFrom(...people);
const answering: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('answer' as const),
  who: person,
  outcome: fc.constantFrom('onward' as const, 'onward' as const, 'back' as const),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: answering, weight: 4 },
  fc.record({
    do: fc.constant('role' as const),
    who: person,
    party: fc.constant(funder),
    role: fc.constantFrom<Role | undefined>('reviewer', 'approver', 'programme-manager', undefined),
  }),
  fc.record({
    do: fc.constant('role' as const),
    who: person,
    party: fc.constant(hub),
    role: fc.constantFrom<Role | undefined>('coordinator', 'lead', undefined),
  }),
  fc.record({ do: fc.constantFrom('declare' as const, 'retract' as const), who: person }),
  fc.record({ do: fc.constant('stand-in' as const), who: person, other: fc.option(person, { nil: undefined }) }),
);

function at(world: World, desk: Desk): MemberId[] {
  return people.filter((who) => {
    const role = world.roles.get(`${who} ${desk.party}`);
    return role !== undefined && desk.roles.includes(role);
  });
}

/** Whose the open question is: what the store does with the members it reads. */
function assigneeIn(world: World) {
  const asked = askedFirst(world.subject, { assignee: { type: 'applicant' }, outcomes: [] });
  if (asked.type === 'applicant') return undefined;
  const desks = desksFor(world.subject, asked, []);
  const isFree = (who: MemberId) => !world.interested.has(who);
  const eligible = (desk: Desk) => ableToCarryOn(world.subject, asked, false, at(world, desk)).filter(isFree);
  const place = desks.findIndex((desk) => eligible(desk).length > 0);
  const assignee = assigneeAt(world.subject, asked, desks, place);
  return { asked, desks, assignee, eligible: eligible(assignee) };
}

const reviewed = new Set(['reviewing', 'approving', 'second-approval']);

/** Answers as the doors do: at the desk oneself, or in the place of somebody there. */
function answer(world: World, who: MemberId, outcome: 'onward' | 'back'): void {
  const open = assigneeIn(world);
  const { subject } = world;
  if (!open || !reviewed.has(subject.stage)) return;
  const desk = at(world, open.assignee);
  const away = desk.find((one) => world.standIns.get(one) === who && one !== who);
  if (!desk.includes(who) && !away) return;
  const by = {
    type: 'member' as const,
    member: who,
    party: open.assignee.party,
    ...(!desk.includes(who) && away && { standInFor: away }),
  };
  if (peopleOf(by).some((one) => world.interested.has(one))) return;
  if (hasTakenOtherSide(subject, sideOf(subject, by), peopleOf(by))) return;
  const how = { actor: by, now, ...(outcome === 'back' && { reason: '请补充' }) };
  const programme = aProgramme({ secondApprovalAbove: 1 });
  try {
    if (outcome === 'back') {
      const sent = decideGrant(subject, { outcome: 'changes-requested', reason: '请补充' }, how, programme).after;
      if (sent.kind !== 'grant') return;
      const again = decideGrant(
        sent,
        { outcome: 'resubmitted' },
        { actor: { type: 'applicant' }, now },
        programme,
      ).after;
      if (again.kind === 'grant') world.subject = again;
      return;
    }
    const input =
      subject.stage === 'reviewing' ? { outcome: 'recommended' as const, score: 80 } : { outcome: 'approved' as const };
    const { after } = decideGrant(subject, input, how, programme);
    world.carried.set(subject.stage, [who, ...(by.standInFor ? [by.standInFor] : [])]);
    if (after.kind === 'grant') world.subject = after;
  } catch (error) {
    if (!(error instanceof Rejected && error.code === 'same-person')) throw error;
  }
}

function take(world: World, one: Step): void {
  if (one.do === 'role') {
    if (one.role) world.roles.set(`${one.who} ${one.party}`, one.role);
    else world.roles.delete(`${one.who} ${one.party}`);
  } else if (one.do === 'declare') world.interested.add(one.who);
  else if (one.do === 'retract') world.interested.delete(one.who);
  else if (one.do === 'answer') answer(world, one.who, one.outcome);
  else if (one.do === 'stand-in' && one.other) world.standIns.set(one.who, one.other);
  else world.standIns.delete(one.who);
}

const cast = fc.array(fc.constantFrom<Role>('reviewer', 'approver', 'approver', 'programme-manager'), {
  minLength: people.length,
  maxLength: people.length,
});

function newWorld(roles: readonly Role[] = []): World {
  return {
    roles: new Map(roles.map((role, index) => [`${people[index]} ${funder}`, role])),
    interested: new Set(),
    standIns: new Map(),
    subject: { ...aGrant('reviewing'), onBehalf: { member: MemberId.parse('a'), party: hub } },
    carried: new Map(),
  };
}

describe('whatever is declared, taken back, delegated, and whoever comes and goes', () => {
  it('nobody counts twice: review and both approvals come from different people, those stood in for included', () => {
    fc.assert(
      fc.property(cast, fc.array(step, { minLength: 20, maxLength: 60 }), (roles, steps) => {
        const world = newWorld(roles);
        for (const one of steps) take(world, one);
        const all = [...world.carried.values()].flat();
        expect(new Set(all).size).toBe(all.length);
        // who typed it in for the organization gives nothing
        expect(all).not.toContain('a');
      }),
      { numRuns: 600 },
    );
  });

  it('an open question has somebody who may answer it, or is of who leads the funder; and stays where it was put while it can', () => {
    fc.assert(
      fc.property(cast, fc.array(step, { maxLength: 60 }), (roles, steps) => {
        const world = newWorld(roles);
        for (const one of steps) {
          take(world, one);
          const open = assigneeIn(world);
          if (!open) return;
          const { assignee, asked, desks, eligible } = open;
          const isLead = assignee.party === funder && assignee.roles.join() === 'programme-manager';
          expect(eligible.length > 0 || isLead).toBe(true);
          expect(desks.every(({ party }) => party === funder)).toBe(true);
          // nobody it is put to has stepped aside or carried it here already
          for (const who of eligible) {
            expect(world.interested.has(who)).toBe(false);
            expect(isKeptBySecondLook(world.subject, 'approved', [who])).toBe(false);
          }
          expect(assignee.handedOver === true).toBe(assignee !== asked);
          expect(desks[0]).toEqual({ party: asked.party, roles: asked.roles });
        }
      }),
      { numRuns: 600 },
    );
  });

  it('does come to its end, where people enough are at hand', () => {
    const world = newWorld();
    for (const [who, role] of [
      ['b', 'reviewer'],
      ['c', 'approver'],
      ['d', 'programme-manager'],
    ] as const)
      take(world, { do: 'role', who: MemberId.parse(who), party: funder, role });
    for (const who of ['b', 'c']) take(world, { do: 'answer', who: MemberId.parse(who), outcome: 'onward' });
    // the only approver has approved already: the second approval is the programme manager's
    expect(assigneeIn(world)?.assignee).toMatchObject({
      party: funder,
      roles: ['programme-manager'],
      handedOver: true,
    });
    take(world, { do: 'answer', who: MemberId.parse('c'), outcome: 'onward' });
    expect(world.subject.stage).toBe('second-approval');
    take(world, { do: 'answer', who: MemberId.parse('d'), outcome: 'onward' });
    expect(world.subject.stage).toBe('agreement');
  });
});

describe('one person on both sides', () => {
  const typed = { onBehalf: { member: MemberId.parse('typist'), party: hub } };
  const lamp = aMember('typist', 'river-foundation');

  it('gives nothing to what they typed in for the organization, but may do the hub’s part', () => {
    const need = { ...aNeedInApproval(), ...typed };
    expect(hasTakenOtherSide(need, sideOf(need, lamp), peopleOf(lamp))).toBe(true);
    const verifying = { ...aNeed('verifying'), ...typed };
    expect(hasTakenOtherSide(verifying, sideOf(verifying, aMember('typist')), [MemberId.parse('typist')])).toBe(false);
  });

  it('does not act for the applicant of what they gave to', () => {
    const by = aMember('giver', 'river-foundation');
    const need = {
      ...aNeedInApproval(),
      decisions: [{ version: 4, stage: 'approving', outcome: 'changes-requested', at: now, by }],
    };
    const forApplicant: Actor = { type: 'member', member: MemberId.parse('giver'), party: hub, onBehalf: true };
    expect(sideOf(need, forApplicant)).toBe('applicant');
    expect(hasTakenOtherSide(need, 'applicant', peopleOf(forApplicant))).toBe(true);
  });

  it('is not on a side for having stepped aside', () => {
    const by = aMember('giver', 'river-foundation');
    const decisions = ['interest-declared', 'interest-retracted', 'resumed'].map((outcome, index) => ({
      version: 4 + index,
      stage: 'approving',
      outcome,
      at: now,
      by,
    }));
    expect(hasTakenOtherSide({ ...aNeedInApproval(), decisions }, 'applicant', peopleOf(by))).toBe(false);
  });
});
