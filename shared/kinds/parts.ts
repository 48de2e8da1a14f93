import type { Finding } from '../domain/case-base.ts';
import type { ProgrammeId } from '../domain/ids.ts';
import type { Figures } from '../entities/programme/programme.ts';
import type { Case, CaseOf } from './case.ts';
import { figuresOf } from './grant/money.ts';
import { kindsOfCase } from './index.ts';
import type { RosterRef } from './insurance/case.ts';

/** Where goods of the case go, whatever its kind. */
export function deliveryOf(subject: Case) {
  return 'delivery' in subject ? subject.delivery : undefined;
}

/** Whether cases of this kind can say where goods go; who may not see it has none of it. */
export function hasDelivery(subject: Case): subject is CaseOf<'need'> {
  return subject.kind === 'need';
}

/** The people that lie beside the case as rows of their own, whatever its kind. */
export function rosterRefOf(subject: Case | undefined): RosterRef | undefined {
  return subject && 'roster' in subject ? subject.roster : undefined;
}

/** The programme that a case applies to, whatever its kind. */
export function programmeOf(subject: Case): ProgrammeId | undefined {
  return 'programme' in subject ? subject.programme : undefined;
}

/** What the case has of a programme's budget, in fen; undefined where it draws on none. */
export function drawnBy(subject: Case): { readonly programme: ProgrammeId; readonly figures: Figures } | undefined {
  return subject.kind === 'grant' ? { programme: subject.programme, figures: figuresOf(subject) } : undefined;
}

/** What the automatic checks found that who asks can mend, or should know before they wait. */
export function findingsTold({ kind, screening }: Case): readonly Finding[] {
  const told = kindsOfCase[kind].told ?? [];
  return screening.filter(({ code }) => told.includes(code));
}

/** Whether people wait for an answer whose life depends on it: whoever can give it is told at once, whatever mails they chose. */
export function isCritical(subject: Case): boolean {
  return subject.kind === 'need' && (subject.urgency === 'critical' || subject.careTier === 'severe');
}

/**
 * Whether the rule of two people holds for an outcome of the case as it is. Whoever reviewed a grant may accept its report where
 * money is owed back: finance closes it then.
 */
export function isSecondLook(subject: Case, outcome: string): boolean {
  if (subject.kind !== 'grant' || subject.stage !== 'reporting' || outcome !== 'report-accepted') return true;
  return subject.report.spent === subject.payment.amount;
}
