import type { Actor, DecisionRecord } from '../domain/case-base.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseEvent } from '../domain/event.ts';
import { type OfferId, type ProgrammeId, stagesUntil, type TaskId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Moves } from '../entities/programme/programme.ts';
import type { Case } from './case.ts';
import { isKeptBySecondLook, peopleOf } from './eligibility.ts';
import { beginsAnew, isLegal } from './lifecycle.ts';

/** What one decision does to the table, all of it or nothing. */
export interface Change {
  readonly before: Case;
  readonly after: Case;
  readonly event: CaseEvent;
  /** linked needs that go on with what was not given */
  readonly children: readonly Case[];
  /** what moves between the figures of a programme, in fen */
  readonly budget?: { readonly programme: ProgrammeId; readonly moves: Moves };
  /** what an offer's `available` changes by, in pieces */
  readonly offer?: { readonly offer: OfferId; readonly by: number };
}

export interface Decided {
  readonly actor: Actor;
  /** the acting member's name */
  readonly name?: string | undefined;
  /** the name of the member in whose place they act */
  readonly inPlaceOf?: string | undefined;
  readonly now: Instant;
  readonly task?: TaskId;
  readonly reason?: string | undefined;
  readonly score?: number | undefined;
}

/**
 * Refuses what the lifecycle does not know. Everything that changes a stage passes here, whoever asks.
 * @throws {@link Rejected} `unknown-outcome`
 */
export function assertLegal(before: Case, on: string, to: string): void {
  if (!isLegal(before.kind, before.stage, on, to)) {
    throw new Rejected('unknown-outcome', {
      fields: [{ pointer: '/outcome', code: 'not-a-choice' }],
      params: { outcome: on },
    });
  }
}

/** The fields that every change of stage sets, to be spread into the case in its new stage. */
export function moved(before: Case, on: string, how: Decided) {
  const version = before.version + 1;
  const decision: DecisionRecord = {
    version,
    stage: before.stage,
    outcome: on,
    at: how.now,
    by: how.actor,
    ...(how.name !== undefined && { name: how.name }),
    ...(how.inPlaceOf !== undefined && { inPlaceOf: how.inPlaceOf }),
    ...(how.reason !== undefined && { reason: how.reason }),
    ...(how.score !== undefined && { score: how.score }),
  };
  return {
    version,
    entered: { at: how.now, version, stages: stagesUntil(before.entered) + 1 },
    decisions: how.actor.type === 'workflow' ? before.decisions : [...before.decisions, decision],
  };
}

/** The event of a change of stage. */
export function stageChanged(
  before: Case,
  after: Case,
  on: string,
  how: Decided,
  children: readonly Case[] = [],
): CaseEvent {
  return {
    type: 'stage-changed',
    caseId: after.id,
    kind: after.kind,
    version: after.version,
    at: how.now,
    by: how.actor,
    hub: after.hub,
    stage: after.stage,
    from: before.stage,
    on,
    ...(how.task !== undefined && { closedTask: how.task }),
    ...(children.length > 0 && { children: children.map((child) => child.id) }),
  };
}

/**
 * A change of stage without side effects on other items; checks it against the lifecycle, and that nobody answers twice.
 * @throws {@link Rejected} `unknown-outcome`, `same-person`
 */
export function change(before: Case, to: Case, on: string, how: Decided, children: readonly Case[] = []): Change {
  assertAnotherPerson(before, on, how.actor);
  assertLegal(before, on, to.stage);
  const after = beginsAnew(before.kind, before.stage, to.stage) ? { ...to, run: before.run + 1 } : to;
  return { before, after, event: stageChanged(before, after, on, how, children), children };
}

/**
 * What somebody does beside the question of a stage: the case stays where it is, and the question open.
 * @throws {@link Rejected} `same-person`
 */
export function noted(before: Case, to: Case, on: string, how: Decided): Change {
  assertAnotherPerson(before, on, how.actor);
  const { version: next, decisions } = moved(before, on, how);
  const after = { ...to, version: next, decisions };
  const { id: caseId, kind, version, hub, stage } = after;
  return {
    before,
    after,
    children: [],
    event: { type: 'amended', on, caseId, kind, version, hub, stage, at: how.now, by: how.actor },
  };
}

/** What was there, with what a change says; what a change leaves out stays. */
export function withChanges<B extends object>(before: B, changes: { readonly [K in keyof B]?: B[K] | undefined }): B {
  return { ...before, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) };
}

/**
 * Nobody answers twice where two are needed, nor approves what they themselves reviewed, also in another's place.
 * @throws {@link Rejected} `same-person`
 */
export function assertAnotherPerson(subject: Case, on: string, actor: Actor): void {
  if (isKeptBySecondLook(subject, on, peopleOf(actor))) throw new Rejected('same-person');
}
