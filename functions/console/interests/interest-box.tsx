import { interestReasons } from '../../../shared/domain/interest.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { Dossier } from '../case/dossier.ts';
import type { Visit } from '../door.ts';
import { conflictText } from '../texts/conflict.ts';

interface BoxProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
}

/** One click on a reason declares it. */
function Declare({ visit, dossier }: BoxProps) {
  const { language, csrf } = visit;
  const text = conflictText[language];
  return (
    <details class="verdict">
      <summary>{text.declare}</summary>
      <form method="post" action={`/console/cases/${dossier.subject.id}/interest`}>
        <Hidden name="csrf" value={csrf} />
        <p class="hint">{text.declareHint}</p>
        <label class="tick">
          <input type="checkbox" name="standing" value="yes" />
          {text.standing}
        </label>
        <ul class="reasons">
          {interestReasons.map((reason) => (
            <li>
              <Submit text={text.reasons[reason]} look="second" name="reason" value={reason} />
            </li>
          ))}
        </ul>
      </form>
    </details>
  );
}

/** What was declared, for those who lead: a mistake can be taken back. */
function Declared({ visit, dossier }: BoxProps) {
  const { language, csrf } = visit;
  const text = conflictText[language];
  const { subject, interests } = dossier;
  return (
    <div>
      <h3>{text.declaredTitle}</h3>
      {interests.map(({ id, name, reason, standing, declaredAt, retractable }) => (
        <div>
          <p>
            {fill(text.declaredBy, { name, reason: text.reasons[reason] })}
            <span class="sub">
              {fill(text.declaredAt, { at: momentText(declaredAt) })}
              {standing && ` · ${text.alsoOthers}`}
            </span>
          </p>
          {retractable && (
            <form method="post" action={`/console/cases/${subject.id}/interest/retraction`}>
              <Hidden name="csrf" value={csrf} />
              <Hidden name="interest" value={id} />
              <Submit text={text.retract} look="second" of={name} />
            </form>
          )}
        </div>
      ))}
    </div>
  );
}

/** Interests in the case: one's own, to declare; those of others, to see for who leads. */
export function InterestBox({ visit, dossier }: BoxProps) {
  const text = conflictText[visit.language];
  const { interested, interests, mayDeclare, kept } = dossier;
  return (
    <>
      {interested && (
        <Notice tone="info" title={text.interestedTitle}>
          <p>{text.interested}</p>
        </Notice>
      )}
      {kept && (
        <Notice tone="info">
          <p>{refusalText(visit.language, kept)}</p>
        </Notice>
      )}
      {(mayDeclare || interests.length > 0) && (
        <section class="verdicts quiet">
          {mayDeclare && <Declare visit={visit} dossier={dossier} />}
          {interests.length > 0 && <Declared visit={visit} dossier={dossier} />}
        </section>
      )}
    </>
  );
}
