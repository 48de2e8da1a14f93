import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { findingText, kindText, outcomeText } from '../../../shared/i18n/kind-text.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { Moment } from '../../web/amounts.tsx';
import { Panel } from '../../web/panel.tsx';
import { gist, giver, StageTag } from '../case-words.tsx';
import type { Visit } from '../door.ts';
import { caseText } from '../texts/case.ts';
import type { Dossier } from './dossier.ts';

interface ContextProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
}

/** A case number, as a link where the reader may open it. */
export function CaseNumber({ dossier, id }: { readonly dossier: Dossier; readonly id: CaseId }) {
  const other = dossier.linked.get(id);
  return other ? (
    <a class="number" href={`/console/cases/${id}`}>
      {id}
    </a>
  ) : (
    <span class="number">{id}</span>
  );
}

/** What the automatic checks noticed, with the cases they are about. */
export function Findings({ visit, dossier }: ContextProps) {
  const { language } = visit;
  const text = caseText[language];
  const { screening, stage, parent } = dossier.subject;
  // what goes on with another case's rest was screened with that case
  if (stage === 'submitted' || (parent && screening.length === 0)) return null;
  return (
    <Panel title={text.findings}>
      {screening.length === 0 ? (
        <p class="small">{text.noFindings}</p>
      ) : (
        <ul class="findings">
          {screening.map((finding) => (
            <li class={finding.severity}>
              <span class="mark" aria-hidden="true">
                {finding.severity === 'failed' ? '×' : '!'}
              </span>
              <span>
                <span class="unseen">{finding.severity === 'failed' ? text.failed : text.notice}: </span>
                {findingText(language, dossier.subject.kind, finding)}
                {finding.cases && (
                  <span class="sub">
                    {finding.cases.map((id) => (
                      <>
                        <CaseNumber dossier={dossier} id={id} />{' '}
                        <Brief language={language} subject={dossier.linked.get(id)} />
                        <br />
                      </>
                    ))}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Brief({ language, subject }: { readonly language: Language; readonly subject: Case | undefined }) {
  if (!subject) return null;
  return (
    <>
      <StageTag language={language} subject={subject} /> {gist(language, subject)}
    </>
  );
}

/** The case that this one continues, those that continue it, and the one it was merged into. */
export function LinkedCases({ visit, dossier }: ContextProps) {
  const { language } = visit;
  const text = caseText[language];
  const { subject } = dossier;
  const links: (readonly [string, CaseId])[] = [
    ...(subject.parent ? [[text.parent, subject.parent] as const] : []),
    ...subject.children.map((id) => [text.child, id] as const),
    ...(subject.stage === 'merged' ? [[text.merged, subject.mergedInto] as const] : []),
  ];
  if (links.length === 0) return null;
  return (
    <Panel title={text.linked}>
      {links.map(([label, id]) => (
        <p>
          {label}: <CaseNumber dossier={dossier} id={id} />{' '}
          <Brief language={language} subject={dossier.linked.get(id)} />
        </p>
      ))}
    </Panel>
  );
}

/** What else the organization has asked for, and who already funds it; links where the reader may open them. */
export function OtherCases({ visit, dossier, mayOpen }: ContextProps & { readonly mayOpen: (other: Case) => boolean }) {
  const { language } = visit;
  const text = caseText[language];
  if (!dossier.sight.others) return null;
  return (
    <Panel title={text.others}>
      {dossier.others.length === 0 ? (
        <p class="small">{text.noOthers}</p>
      ) : (
        <table class="stacked">
          <tbody>
            {dossier.others.map((other) => (
              <tr>
                <td>
                  {mayOpen(other) ? (
                    <a class="number" href={`/console/cases/${other.id}`}>
                      {other.id}
                    </a>
                  ) : (
                    <span class="number">{other.id}</span>
                  )}
                  <span class="sub">{kindText(language, other.kind)}</span>
                </td>
                <td>
                  <StageTag language={language} subject={other} />
                  <span class="sub">
                    <Moment at={other.submittedAt} />
                  </span>
                </td>
                <td>
                  {gist(language, other)}
                  {giver(other) && <span class="sub">{giver(other)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

/** What the funder's reviewer found: points and reason. */
export function Assessment({ visit, dossier }: ContextProps) {
  const { language } = visit;
  const text = caseText[language];
  if (!dossier.sight.assessment) return null;
  const reviews = dossier.subject.decisions.filter((decision) => decision.outcome.endsWith('recommended'));
  if (reviews.length === 0) return null;
  return (
    <Panel title={text.assessment}>
      {reviews.map((review) => (
        <>
          <p>
            <strong>{outcomeText(language, dossier.subject.kind, review.outcome)}</strong>
            {review.score !== undefined && <> · {fill(text.score, { score: review.score })}</>}
            <span class="sub">
              {review.name} · <Moment at={review.at} />
            </span>
          </p>
          {review.reason && <blockquote class="history-reason">{review.reason}</blockquote>}
        </>
      ))}
    </Panel>
  );
}
