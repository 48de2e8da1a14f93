import type { Child } from 'hono/jsx';
import type { Actor, DecisionRecord } from '../../shared/domain/case-base.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { CaseId, PartyId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { happenedText, stageText } from '../../shared/i18n/kind-text.ts';
import { actingName, fill, textOf } from '../../shared/i18n/lookup.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { Moment } from './amounts.tsx';
import { webText } from './text.ts';

interface HistoryProps {
  readonly language: Language;
  readonly subject: Case;
  readonly events: readonly CaseEvent[];
  /** names of the parties that acted */
  readonly parties: ReadonlyMap<PartyId, string>;
  /** a case number as a link, where the reader may follow it */
  readonly caseLink?: (id: CaseId) => Child;
}

/** The parties that acted in a case, to look their names up. */
export function partiesIn(events: readonly CaseEvent[]): PartyId[] {
  return [
    ...new Set(
      events.flatMap((event) => [
        ...(event.by.type === 'member' ? [event.by.party] : []),
        ...(event.handedTo ? [event.handedTo.party] : []),
      ]),
    ),
  ];
}

function actorText(
  language: Language,
  by: Actor,
  decision: Pick<DecisionRecord, 'name' | 'inPlaceOf'> | undefined,
  parties: HistoryProps['parties'],
): string {
  const text = domainText[language];
  if (by.type === 'applicant') return text.applicant;
  if (by.type === 'workflow') return text.workflow;
  const name = decision?.name && actingName(language, decision.name, decision.inPlaceOf);
  const who = [parties.get(by.party) ?? by.party, name].filter(Boolean).join(' · ');
  if (by.onBehalf) return `${who} (${text.onBehalf})`;
  return by.standInFor && !name ? `${who} (${text.asStandIn})` : who;
}

/** What a newcomer to the case need not read: the workflow's own messages, and steps that follow within a second. */
function isTold(event: CaseEvent): boolean {
  if (event.handedTo) return true;
  return !(
    event.type === 'nudged' ||
    event.type === 'task-opened' ||
    (event.type === 'stage-changed' && event.on === 'screen')
  );
}

function whatText(language: Language, event: CaseEvent): string {
  const text = webText[language];
  if (event.type === 'stage-changed') return happenedText(language, event.kind, event.on);
  if (event.type === 'amended' && event.on !== 'amounts') return happenedText(language, event.kind, event.on);
  if (event.type === 'submitted' && event.parent) return fill(text.events.continued, { parent: event.parent });
  return textOf(text.events, event.type);
}

/** All that happened to a case, newest first: when, what, by whom, and the reason that person gave. */
export function History({ language, subject, events, parties, caseLink = (id) => id }: HistoryProps) {
  const text = webText[language];
  const reasons = new Map(subject.decisions.map((decision) => [decision.version, decision]));
  const [before = '', after = ''] = text.goesOn.split('{cases}');
  return (
    <ol class="history" aria-label={text.history}>
      {events
        .filter(isTold)
        .toReversed()
        .map((event) => {
          const decision = reasons.get(event.version);
          const what = whatText(language, event);
          const stage = event.type === 'stage-changed' ? stageText(language, event.kind, event.stage) : what;
          return (
            <li>
              <p class="history-what">
                {what}
                {stage !== what && <span class="history-stage"> – {stage}</span>}
              </p>
              <p class="history-who">
                <Moment at={event.at} /> · {actorText(language, event.by, decision, parties)}
              </p>
              {event.handedTo && (
                <p class="history-more">
                  {fill(
                    event.handedTo.nobody ? text.nobodyMay : event.handedTo.back ? text.handedBack : text.handedTo,
                    {
                      party: parties.get(event.handedTo.party) ?? event.handedTo.party,
                      role: domainText[language].roles[event.handedTo.role],
                    },
                  )}
                </p>
              )}
              {decision?.reason && (
                <blockquote class="history-reason">
                  <span class="unseen">{text.reason}</span>
                  {decision.reason}
                </blockquote>
              )}
              {event.type === 'stage-changed' && event.children && (
                <p class="history-more">
                  {before}
                  {event.children.map((id, index) => [index > 0 && ', ', caseLink(id)])}
                  {after}
                </p>
              )}
            </li>
          );
        })}
    </ol>
  );
}
