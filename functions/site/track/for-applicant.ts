import type { CaseFile } from '../../../shared/store/cases.ts';

/** What parties tell one another before anything is decided is not for the applicant. */
const deliberations: ReadonlySet<string> = new Set(['recommended', 'matched', 'declined']);

/**
 * A case's history as its applicant reads it: by parties, without the names of their people; with the reasons of what
 * was decided, without the counsel that led to it or the workflow's own troubles.
 */
export function forApplicant({ subject, events }: CaseFile): Pick<CaseFile, 'subject' | 'events'> {
  const decisions = subject.decisions.map(({ name: _name, score: _score, reason, ...decision }) => ({
    ...decision,
    ...(reason !== undefined && !deliberations.has(decision.outcome) && { reason }),
  }));
  return {
    subject: { ...subject, decisions },
    events: events.filter((event) => event.type !== 'stuck' && event.type !== 'resumed'),
  };
}
