import { kinds } from '../../../shared/domain/ids.ts';
import { kindText } from '../../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { DRAFT_DAYS, type Draft } from '../../../shared/kinds/draft.ts';
import { kindForms } from '../../kinds/index.ts';
import { Hidden } from '../../web/inputs.tsx';
import type { Visit } from '../door.ts';
import { draftsText } from '../texts/drafts.ts';

/** What a draft is about, in a few of the words that were typed. */
function gistOf({ kind, answers }: Draft): string {
  const words = answers[kindForms[kind].tells] || answers.organization || '…';
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}

/** The drafts of an organization, with the forms that begin others. */
export function Drafts({ visit, all }: { readonly visit: Visit; readonly all: readonly Draft[] }) {
  const { language, csrf } = visit;
  const text = draftsText[language];
  return (
    <section class="panel" id="drafts">
      <h2>{text.drafts}</h2>
      <p class="small">{fill(text.lead, { days: DRAFT_DAYS })}</p>
      {all.length === 0 && <p class="empty">{text.none}</p>}
      <ul class="plain">
        {all.map((draft) => (
          <li>
            <a href={`/console/drafts/${draft.id}`}>
              {kindText(language, draft.kind)} · {gistOf(draft)}
            </a>{' '}
            <span class="sub">{fill(text.savedBy, { name: draft.savedByName, at: momentText(draft.savedAt) })}</span>
            <form method="post" action={`/console/drafts/${draft.id}/removal`}>
              <Hidden name="csrf" value={csrf} />
              <Hidden name="version" value={String(draft.version)} />
              <button type="submit" class="link-button" aria-label={fill(text.removeOf, { what: gistOf(draft) })}>
                {text.remove}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <p>{text.begin}</p>
      <div class="actions">
        {kinds.map((kind) => (
          <a class="button second" href={`/console/drafts/new/${kind}`}>
            {kindForms[kind].texts[language].title}
          </a>
        ))}
      </div>
    </section>
  );
}
