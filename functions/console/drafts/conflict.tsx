import { type CaseId, newSlug } from '../../../shared/domain/ids.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import type { Draft } from '../../../shared/kinds/draft.ts';
import { type Answers, hiddenFields } from '../../forms/answers.ts';
import type { Application } from '../../forms/application.ts';
import { formView } from '../../web/form-view.ts';
import { Hidden } from '../../web/inputs.tsx';
import type { ConsoleContext } from '../door.ts';
import { showPage } from '../frame.tsx';
import { draftsText } from '../texts/drafts.ts';
import { pathOf, type ShownDraft } from './held.ts';

interface Conflict {
  readonly held: ShownDraft;
  readonly application: Application;
  /** what this person typed */
  readonly mine: Answers;
  /** what a colleague saved; none where the draft is gone */
  readonly theirs: Draft | undefined;
  /** the case that the draft became */
  readonly sent: CaseId | undefined;
}

/** The names of the fields in which the two differ, in the order of the form. */
function differing(mine: Answers, theirs: Draft): string[] {
  const names = new Set([...mine.keys(), ...Object.keys(theirs.answers)]);
  return [...names].filter((name) => (mine.get(name) ?? '') !== (theirs.answers[name] ?? ''));
}

/** Both texts of a draft that two edited at once, or what came too late to be sent: the person says what is kept. */
export function conflictPage(c: ConsoleContext, { held, application, mine, theirs, sent }: Conflict) {
  const { language, csrf } = c.get('visit');
  const text = draftsText[language];
  const { label } = formView({ language, labels: application.labels });
  const title = sent ? text.sentTitle : text.changedTitle;
  const Keep = ({
    as,
    button,
    second,
  }: {
    readonly as: ShownDraft;
    readonly button: string;
    readonly second?: boolean;
  }) => (
    <form method="post" action={pathOf(as)}>
      {[...as.carries(csrf), ...hiddenFields(mine, application.questions, () => false)].map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
      <button type="submit" class={second ? 'button second' : 'button'} name="action" value="save">
        {button}
      </button>
    </form>
  );
  const other = held.with({ id: newSlug(), version: 0 });
  return showPage(c, {
    title,
    room: 'requests',
    status: 409,
    children: (
      <>
        <h1>{title}</h1>
        <p class="lead">{sent ? text.sentLead : theirs ? text.changedLead : text.goneLead}</p>
        {theirs && !sent && (
          <table class="list stacked">
            <thead>
              <tr>
                <th scope="col">{text.field}</th>
                <th scope="col">{fill(text.theirs, { name: theirs.savedByName, at: momentText(theirs.savedAt) })}</th>
                <th scope="col">{text.mine}</th>
              </tr>
            </thead>
            <tbody>
              {differing(mine, theirs).map((name) => (
                <tr>
                  <td>
                    <strong>{label(name) || name}</strong>
                  </td>
                  <td data-label={theirs.savedByName}>{theirs.answers[name] || '–'}</td>
                  <td data-label={text.mine}>{mine.get(name) || '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {theirs && !sent && (
          <div class="actions">
            <Keep as={held.with({ version: theirs.version })} button={text.keepMine} />
            <a class="button second" href={pathOf(held)}>
              {text.takeTheirs}
            </a>
            <Keep as={other} button={text.keepBoth} second />
          </div>
        )}
        {sent && (
          <p>
            <a class="button" href={`/console/cases/${sent}`}>
              {text.openCase}
            </a>
          </p>
        )}
        {(sent || !theirs) && <Keep as={other} button={text.saveAsNew} second />}
      </>
    ),
  });
}
