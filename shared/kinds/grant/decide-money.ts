import { Rejected } from '../../domain/errors.ts';
import { addDays, type Instant, type LocalDate, localDate } from '../../domain/time.ts';
import { assertDay } from '../../domain/typed-day.ts';
import type { Programme } from '../../entities/programme/programme.ts';
import { type Change, change, type Decided, moved, noted } from '../change.ts';
import type { GrantCase } from './case.ts';
import type { GrantDecision } from './decision.ts';
import { entered, entriesOf, type MoneyEntry, outstanding, standing } from './money.ts';

type Answer<O extends GrantDecision['outcome']> = Extract<GrantDecision, { outcome: O }>;
type In<S extends GrantCase['stage']> = Extract<GrantCase, { stage: S }>;
type Owing = In<'returning' | 'waiving'>;
/** Why what was paid must come back. */
export type Because = Owing['owed']['because'];

const dayOf = (at: string): LocalDate => localDate(Date.parse(at));

/** Holds a day of the books to what happened before it, and to today. @throws {@link Rejected} `invalid` at the field */
function assertBooked(field: string, day: LocalDate, from: LocalDate, now: Instant): void {
  assertDay(`/${field}`, day, { from, to: dayOf(now) }, dayOf(now));
}

/** Finance has paid, as its books say: all of the award, between the agreement and today. */
function pay(before: In<'disbursing' | 'stopping'>, input: Answer<'paid'>, how: Decided, programme: Programme): Change {
  const amount = input.amount ?? before.award.amount;
  if (amount !== before.award.amount) {
    throw new Rejected('invalid', {
      fields: [{ pointer: '/amount', code: 'not-as-approved', params: { fen: before.award.amount } }],
    });
  }
  assertBooked('paidOn', input.paidOn, dayOf(before.agreedAt), how.now);
  const { paidOn, reference } = input;
  const paid = {
    ...before,
    ...moved(before, 'paid', how),
    payment: { amount, paidOn, reference, recordedAt: how.now },
    entries: entered(before, { what: 'payment', amount, on: paidOn, reference, recordedAt: how.now }),
    reportDueOn: addDays(dayOf(how.now), programme.reportDueDays),
  };
  if (before.stage === 'disbursing') return change(before, { ...paid, stage: 'delivering' }, 'paid', how);
  const last = before.decisions.findLast(({ outcome }) => outcome === 'stopped' || outcome === 'given-up');
  const because = last?.outcome === 'given-up' ? 'given-up' : 'stopped';
  return change(before, { ...paid, stage: 'returning', owed: { amount, because } }, 'paid', how);
}

/** The payment did not arrive: the grantee is asked where it should go. One that was recorded is corrected by an entry. */
function fail(before: In<'disbursing' | 'delivering'>, how: Decided): Change {
  const fields = moved(before, 'payment-failed', how);
  if (before.stage === 'disbursing')
    return change(before, { ...before, ...fields, stage: 'payment-failed' }, 'payment-failed', how);
  const { payment: _payment, reportDueOn: _due, report: _report, ...rest } = before;
  const entries = standing(before, 'payment').reduce<MoneyEntry[]>(
    (all, { id, amount }) =>
      entered({ entries: all }, { what: 'failed', amount, on: dayOf(how.now), recordedAt: how.now, corrects: id }),
    [...entriesOf(before)],
  );
  return change(before, { ...rest, ...fields, stage: 'payment-failed', entries }, 'payment-failed', how);
}

/** All of a payment is owed back. */
export function owedBack(before: In<'delivering' | 'reporting'>, because: Because, how: Decided): Change {
  const owed = { amount: before.payment.amount, because };
  return change(before, { ...before, ...moved(before, because, how), stage: 'returning', owed }, because, how);
}

/** Where a case goes of which something had to come back: on waiting for the rest, or to the end that it has. */
function settled(before: Owing, entries: MoneyEntry[], on: string, how: Decided): Change {
  const after = { ...before, ...moved(before, on, how), entries };
  if (outstanding(after) > 0) return change(before, { ...after, stage: 'returning' }, on, how);
  const { report, owed } = before;
  if (owed.because === 'unspent' && report)
    return change(before, { ...after, report, stage: 'closed', closedAt: how.now }, on, how);
  return change(before, { ...after, stage: 'terminated', closedAt: how.now }, on, how);
}

/** @throws {@link Rejected} `invalid` for more than is owed */
function assertOwed(before: Owing, amount: number, more = 0): void {
  const maximum = outstanding(before) + more;
  if (amount > maximum)
    throw new Rejected('invalid', { fields: [{ pointer: '/amount', code: 'too-big', params: { maximum } }] });
}

function comeBack(before: In<'returning'>, input: Answer<'returned'>, how: Decided): Change {
  const { amount, returnedOn, reference } = input;
  assertOwed(before, amount);
  assertBooked('returnedOn', returnedOn, before.payment.paidOn, how.now);
  const entry = { what: 'return' as const, amount, on: returnedOn, reference, recordedAt: how.now };
  return settled(before, entered(before, entry), 'returned', how);
}

/** A second entry in the place of a wrong one: another day or reference; of a return, another amount too. */
function correct(
  before: In<'delivering' | 'reporting' | 'returning'>,
  input: Answer<'entry-corrected'>,
  how: Decided,
): Change {
  const { entry: id, on, reference } = input;
  const wrong = [...standing(before, 'payment'), ...standing(before, 'return')].find((one) => one.id === id);
  if (!wrong) throw new Rejected('invalid', { fields: [{ pointer: '/entry', code: 'not-found' }] });
  const amount = input.amount ?? wrong.amount;
  const isPayment = wrong.what === 'payment';
  if (isPayment && amount !== wrong.amount) {
    throw new Rejected('invalid', {
      fields: [{ pointer: '/amount', code: 'not-as-approved', params: { fen: wrong.amount } }],
    });
  }
  if (!isPayment && before.stage === 'returning') assertOwed(before, amount, wrong.amount);
  assertBooked('on', on, isPayment ? dayOf(before.agreedAt) : before.payment.paidOn, how.now);
  const entry = { what: wrong.what, amount, on, reference, recordedAt: how.now, corrects: id };
  const entries = entered(before, entry);
  const payment = isPayment ? { ...before.payment, paidOn: on, reference, recordedAt: how.now } : before.payment;
  if (before.stage === 'returning') return settled({ ...before, payment }, entries, 'entry-corrected', how);
  return noted(before, { ...before, payment, entries }, 'entry-corrected', how);
}

function askWaiver(before: In<'returning'>, input: Answer<'waiver-asked'>, how: Decided): Change {
  const waiver = input.amount ?? outstanding(before);
  assertOwed(before, waiver);
  return change(
    before,
    { ...before, ...moved(before, 'waiver-asked', how), stage: 'waiving', waiver },
    'waiver-asked',
    how,
  );
}

function waive(before: In<'waiving'>, how: Decided): Change {
  const entry = { what: 'waiver' as const, amount: before.waiver, on: dayOf(how.now), recordedAt: how.now };
  return settled(before, entered(before, entry), 'waived', how);
}

/** Finance says that nothing went out: the award is the programme's again. */
function endUnpaid(before: In<'stopping'>, how: Decided): Change {
  const { award: _award, ...rest } = before;
  const after: GrantCase = {
    ...rest,
    ...moved(before, 'nothing-paid', how),
    stage: 'terminated',
    closedAt: how.now,
  };
  return change(before, after, 'nothing-paid', how);
}

/** What an answer about the money makes of a grant, from its payment on; undefined for what is none. */
export function decideMoney(
  before: GrantCase,
  input: GrantDecision,
  how: Decided,
  programme: Programme,
): Change | undefined {
  const { stage } = before;
  switch (input.outcome) {
    case 'paid':
      return stage === 'disbursing' || stage === 'stopping' ? pay(before, input, how, programme) : undefined;
    case 'payment-failed':
      return stage === 'disbursing' || stage === 'delivering' ? fail(before, how) : undefined;
    case 'account-corrected':
      if (stage !== 'payment-failed') return undefined;
      return change(
        before,
        { ...before, ...moved(before, input.outcome, how), stage: 'disbursing' },
        input.outcome,
        how,
      );
    case 'stopped':
      if (stage === 'delivering' || stage === 'reporting') return owedBack(before, 'stopped', how);
      if (stage !== 'disbursing' && stage !== 'payment-failed') return undefined;
      return change(before, { ...before, ...moved(before, 'stopped', how), stage: 'stopping' }, 'stopped', how);
    case 'nothing-paid':
      return stage === 'stopping' ? endUnpaid(before, how) : undefined;
    case 'returned':
      return stage === 'returning' ? comeBack(before, input, how) : undefined;
    case 'entry-corrected':
      return stage === 'delivering' || stage === 'reporting' || stage === 'returning'
        ? correct(before, input, how)
        : undefined;
    case 'waiver-asked':
      return stage === 'returning' ? askWaiver(before, input, how) : undefined;
    case 'waived':
      return stage === 'waiving' ? waive(before, how) : undefined;
    case 'still-owed':
      if (stage !== 'waiving') return undefined;
      return change(before, { ...before, ...moved(before, 'still-owed', how), stage: 'returning' }, 'still-owed', how);
    default:
      return undefined;
  }
}
