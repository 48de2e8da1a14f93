import type { Finding } from '../../domain/case-base.ts';
import { Permanent, Rejected } from '../../domain/errors.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Offer, Party } from '../../domain/party.ts';
import { fold } from '../../domain/same/fold.ts';
import { addDays, localDate } from '../../domain/time.ts';
import { assertDay } from '../../domain/typed-day.ts';
import type { WorkflowOutcome } from '../advance.ts';
import { type Change, change, type Decided, moved, withChanges } from '../change.ts';
import type { NeedCase } from './case.ts';
import type { NeedDecision } from './decision.ts';
import type { NeedLine, NeedLineInput, ToldOfLine } from './line.ts';
import { continuation, remainderOf } from './remainder.ts';

/** Days after which goods that are sent today are expected at the latest: a later day is a slip of the pen, and nobody would be asked before it. */
const LONGEST_WAY = 90;

/** What a decision on a need may rest on beside the case. */
export interface NeedContext {
  /** the id for a linked need, should one come of it */
  readonly childId: CaseId;
  /** the party named by `matched` */
  readonly donor?: Party | undefined;
  /** the offer named by `matched`, or the one the case was matched to */
  readonly offer?: Offer | undefined;
  /** the case named by `merged` */
  readonly into?: NeedCase | undefined;
}

/** Finds each answered line; a line that the case does not have is the answerer's mistake. */
function byLine<T extends { line: string }>(subject: NeedCase, answers: readonly T[] | undefined): Map<string, T> {
  const known = new Set(subject.lines.map((line) => line.id));
  const problems = (answers ?? []).flatMap((answer, index) =>
    known.has(answer.line) ? [] : [{ pointer: `/lines/${index}/line`, code: 'not-a-choice' }],
  );
  if (problems.length > 0) throw new Rejected('invalid', { fields: problems });
  return new Map((answers ?? []).map((answer) => [answer.line, answer]));
}

function splitOff(
  subject: NeedCase,
  rests: readonly (NeedLine | undefined)[],
  context: NeedContext,
  now: string,
): NeedCase[] {
  const lines = rests.filter((rest) => rest !== undefined);
  return lines.length > 0 ? [continuation(subject, context.childId, lines, now)] : [];
}

/** What a donor gives, line by line; the rest goes on as a linked need in the same transaction. */
function approve(
  before: Extract<NeedCase, { stage: 'approving' | 'dispatching' }>,
  input: NeedDecision & { outcome: 'approved' },
  how: Decided,
  context: NeedContext,
): Change {
  const answers = byLine(before, input.lines);
  const lines = before.lines.map((line) => {
    const approved = input.lines ? (answers.get(line.id)?.quantity ?? 0) : line.enough ? 0 : (line.quantity ?? 0);
    return { ...line, approved };
  });
  const tooMuch = (input.lines ?? []).flatMap((answer, index) => {
    const asked = before.lines.find((line) => line.id === answer.line)?.quantity;
    return typeof asked === 'number' && answer.quantity > asked
      ? [{ pointer: `/lines/${index}/quantity`, code: 'too-big', params: { maximum: asked } }]
      : [];
  });
  if (tooMuch.length > 0) throw new Rejected('invalid', { fields: tooMuch });
  const given = lines.reduce((sum, line) => sum + line.approved, 0);
  if (given === 0) throw new Rejected('invalid', { fields: [{ pointer: '/lines', code: 'nothing-given' }] });
  const next = moved(before, 'approved', how);
  const children = splitOff(
    { ...before, decisions: next.decisions },
    lines.map((line) => remainderOf(line, line.approved)),
    context,
    how.now,
  );
  const kept = lines.filter((line) => line.approved > 0);
  const after: NeedCase = {
    ...before,
    ...next,
    stage: 'dispatching',
    lines: kept,
    children: [...before.children, ...children.map((child) => child.id)],
  };
  const result = change(before, after, 'approved', how, children);
  if (!before.donor.offer) return result;
  if (context.offer && context.offer.available < given) {
    throw new Rejected('invalid', {
      fields: [{ pointer: '/lines', code: 'offer-exceeded', params: { maximum: context.offer.available } }],
    });
  }
  return { ...result, offer: { offer: before.donor.offer, by: -given } };
}

/** What arrived, line by line; what did not goes on as a linked need unless the applicant says it is enough. */
function confirm(
  before: Extract<NeedCase, { stage: 'in-transit' | 'confirming' }>,
  input: NeedDecision & { outcome: 'confirmed' },
  how: Decided,
  context: NeedContext,
): Change {
  const answers = byLine(before, input.lines);
  const lines = before.lines.map((line) => {
    const answer = answers.get(line.id);
    const due = line.approved ?? 0;
    return { ...line, received: answer?.received ?? due, ...(answer?.enough && { enough: true }) };
  });
  const missing = lines.map((line) => {
    const short = (line.approved ?? 0) - line.received;
    return short > 0 ? remainderOf({ ...line, quantity: short }, 0) : undefined;
  });
  const next = moved(before, 'confirmed', how);
  const children = splitOff({ ...before, decisions: next.decisions }, missing, context, how.now);
  const after: NeedCase = {
    ...before,
    ...next,
    stage: 'reporting',
    lines,
    receivedAt: how.now,
    children: [...before.children, ...children.map((child) => child.id)],
  };
  return change(before, after, 'confirmed', how, children);
}

/** What was to be given of each line, asked for again. */
function askedAgain(lines: readonly NeedLine[]): NeedLine[] {
  return lines.flatMap((line) => remainderOf({ ...line, quantity: line.approved ?? line.quantity }, 0) ?? []);
}

/** Goods that were promised to an offer's need are the offer's again. */
function givenBack(before: Extract<NeedCase, { stage: 'approving' | 'dispatching' }>): Pick<Change, 'offer'> {
  if (before.stage !== 'dispatching' || !before.donor.offer) return {};
  return {
    offer: { offer: before.donor.offer, by: before.lines.reduce((sum, line) => sum + (line.approved ?? 0), 0) },
  };
}

/** Nothing was sent: the goods stay the donor's, and the need looks for another. */
function callOff(before: Extract<NeedCase, { stage: 'approving' | 'dispatching' }>, how: Decided): Change {
  const { donor: _donor, ...rest } = before;
  const after: NeedCase = {
    ...rest,
    ...moved(before, 'called-off', how),
    stage: 'matching',
    lines: askedAgain(before.lines),
  };
  return { ...change(before, after, 'called-off', how), ...givenBack(before) };
}

/** What was sent does not come: the case ends with what is known of it, and all that was to come goes on as a linked need. */
function endUndelivered(
  before: Extract<NeedCase, { stage: 'in-transit' | 'confirming' }>,
  outcome: 'called-off' | 'not-arrived',
  how: Decided,
  context: NeedContext,
): Change {
  const next = moved(before, outcome, how);
  const children = splitOff({ ...before, decisions: next.decisions }, askedAgain(before.lines), context, how.now);
  const after: NeedCase = {
    ...before,
    ...next,
    stage: 'undelivered',
    closedAt: how.now,
    children: [...before.children, ...children.map((child) => child.id)],
  };
  return change(before, after, outcome, how, children);
}

function verify(
  before: Extract<NeedCase, { stage: 'submitted' | 'screening' | 'verifying' | 'matching' }>,
  input: NeedDecision & { outcome: 'verified' },
  how: Decided,
): Change {
  const found = byLine(before, input.lines);
  const after: NeedCase = {
    ...before,
    ...moved(before, 'verified', how),
    stage: 'matching',
    lines: before.lines.map((line) => ({ ...line, quantity: found.get(line.id)?.quantity ?? line.quantity })),
    urgency: input.urgency ?? before.urgency,
    careTier: input.careTier ?? before.careTier,
    delivery: input.delivery ?? before.delivery,
    contact: input.contact ? { ...before.contact, ...input.contact } : before.contact,
  };
  return change(before, after, 'verified', how);
}

/** What a sheet told of a line stays with it while it asks for the same; its words of an amount, until there is another. */
function toldBefore(
  lines: readonly NeedLine[],
  { item, quantity, unit }: NeedLineInput,
): Pick<NeedLine, keyof typeof ToldOfLine> {
  const same = lines.find((line) => fold(line.item) === fold(item) && line.unit === unit);
  const { written, dailyUse, onHand } = same ?? {};
  return { dailyUse, onHand, ...(same?.quantity === quantity && { written }) };
}

function resubmit(
  before: Extract<NeedCase, { stage: 'changes-requested' }>,
  input: NeedDecision & { outcome: 'resubmitted' },
  how: Decided,
): Change {
  const { returnTo, donor, ...rest } = before;
  const { lines, ...changes } = input.changes ?? {};
  const next = {
    ...withChanges(rest, changes),
    lines: lines
      ? lines.map((line, index) => ({ ...toldBefore(before.lines, line), ...line, id: `L${index + 1}` }))
      : before.lines,
    ...moved(before, 'resubmitted', how),
  };
  const after: NeedCase =
    returnTo === 'approving' && donor
      ? { ...next, stage: 'approving', donor }
      : { ...next, stage: returnTo === 'verifying' ? 'verifying' : 'matching' };
  return change(before, after, 'resubmitted', how);
}

/**
 * What a person's answer makes of a need.
 * @throws {@link Rejected} when the answer does not fit the stage or the lines
 */
export function decideNeed(before: NeedCase, input: NeedDecision, how: Decided, context: NeedContext): Change {
  const { outcome } = input;
  if (outcome === 'verified' && before.stage === 'verifying') return verify(before, input, how);
  if (outcome === 'matched' && before.stage === 'matching') {
    if (!context.donor) throw new Rejected('invalid', { fields: [{ pointer: '/donor', code: 'not-found' }] });
    const { id, name } = context.donor;
    const donor = { party: id, name, ...(input.offer && { offer: input.offer }) };
    return change(before, { ...before, ...moved(before, outcome, how), stage: 'approving', donor }, outcome, how);
  }
  if (outcome === 'approved' && before.stage === 'approving') return approve(before, input, how, context);
  if (outcome === 'declined' && before.stage === 'approving') {
    const { donor: _donor, ...rest } = before;
    return change(before, { ...rest, ...moved(before, outcome, how), stage: 'matching' }, outcome, how);
  }
  if (outcome === 'dispatched' && before.stage === 'dispatching') {
    const { outcome: _outcome, reason: _reason, ...consignment } = input;
    const today = localDate(Date.parse(how.now));
    assertDay('/expectedOn', consignment.expectedOn, { from: today, to: addDays(today, LONGEST_WAY) }, today);
    byLine(before, consignment.lots);
    const lines = before.lines.map((line) => ({ ...line, dispatched: line.approved ?? 0 }));
    const after: NeedCase = {
      ...before,
      ...moved(before, outcome, how),
      stage: 'in-transit',
      lines,
      consignment: { ...consignment, dispatchedAt: how.now },
    };
    return change(before, after, outcome, how);
  }
  if (outcome === 'called-off' && before.stage === 'dispatching') return callOff(before, how);
  if (
    (outcome === 'called-off' || outcome === 'not-arrived') &&
    (before.stage === 'in-transit' || before.stage === 'confirming')
  )
    return endUndelivered(before, outcome, how, context);
  if (outcome === 'confirmed' && (before.stage === 'in-transit' || before.stage === 'confirming')) {
    return confirm(before, input, how, context);
  }
  if (outcome === 'reported' && before.stage === 'reporting') {
    const after: NeedCase = {
      ...before,
      ...moved(before, outcome, how),
      stage: 'closed',
      report: input.report,
      closedAt: how.now,
    };
    return change(before, after, outcome, how);
  }
  if (outcome === 'resubmitted' && before.stage === 'changes-requested') return resubmit(before, input, how);
  if (
    outcome === 'changes-requested' &&
    (before.stage === 'verifying' || before.stage === 'matching' || before.stage === 'approving')
  ) {
    const after: NeedCase = {
      ...before,
      ...moved(before, outcome, how),
      stage: 'changes-requested',
      returnTo: before.stage,
    };
    return change(before, after, outcome, how);
  }
  if (outcome === 'rejected' && (before.stage === 'verifying' || before.stage === 'matching')) {
    return change(
      before,
      { ...before, ...moved(before, outcome, how), stage: 'rejected', closedAt: how.now },
      outcome,
      how,
    );
  }
  if (outcome === 'merged' && before.stage === 'verifying') {
    if (!context.into || context.into.id === before.id) {
      throw new Rejected('invalid', { fields: [{ pointer: '/into', code: 'not-found' }] });
    }
    const after: NeedCase = {
      ...before,
      ...moved(before, outcome, how),
      stage: 'merged',
      closedAt: how.now,
      mergedInto: context.into.id,
    };
    return change(before, after, outcome, how);
  }
  throw new Rejected('unknown-outcome', {
    fields: [{ pointer: '/outcome', code: 'not-a-choice' }],
    params: { outcome },
  });
}

/** What the workflow makes of a need that stands where its edge begins. @throws {@link Permanent} where none does */
export function advanceNeed(before: NeedCase, on: WorkflowOutcome, how: Decided, screening: Finding[]): Change {
  const fields = moved(before, on, how);
  switch (before.stage) {
    case 'submitted':
      return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
    case 'screening':
      return change(before, { ...before, ...fields, stage: 'verifying' }, on, how);
    case 'matching':
    case 'changes-requested':
      return change(before, { ...before, ...fields, stage: 'expired', closedAt: how.now }, on, how);
    case 'in-transit':
      return change(before, { ...before, ...fields, stage: 'confirming' }, on, how);
    default:
      throw new Permanent(`the workflow takes no edge ${on} from ${before.stage}`);
  }
}

/** The applicant takes a need back. */
export function withdrawNeed(before: NeedCase, how: Decided): Change {
  const fields = moved(before, 'withdrawn', how);
  const after: NeedCase = { ...before, ...fields, stage: 'withdrawn', closedAt: how.now };
  if (before.stage !== 'dispatching') return change(before, after, 'withdrawn', how);
  // nothing of an offer is this need's any more
  const result = change(before, { ...after, lines: askedAgain(before.lines) }, 'withdrawn', how);
  return { ...result, ...givenBack(before) };
}
