import type { Language } from '../../../shared/domain/language.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import type { Suggestion } from '../../../shared/kinds/need/matching.ts';
import { scopeOf } from '../../forms/desk-values.ts';
import { countText } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { Panel } from '../../web/panel.tsx';
import { needDeskText } from './desk-texts.ts';
import type { Giving } from './giving.ts';

interface SuggestionsProps {
  readonly language: Language;
  readonly csrf: string;
  readonly subject: NeedCase;
  /** the task of whoever matches it */
  readonly task: OpenTask;
  readonly giving: Giving;
}

/** Suggestions beyond these are in the list of donors. */
const SHOWN = 6;

/** Offers that fit, best first, each to be taken with one click. */
export function Suggestions({ language, csrf, subject, task, giving }: SuggestionsProps) {
  const text = needDeskText[language];
  const { suggestions, donors } = giving;
  const items = new Map(subject.lines.map((line) => [line.id, line.item]));
  const serves = ({ lines, pieces, offer }: Suggestion) =>
    fill(pieces === null ? text.servesUnknown : text.serves, {
      lines: lines.map((id) => items.get(id) ?? id).join(text.list),
      pieces: countText(pieces ?? 0),
      available: countText(offer.available),
    });
  return (
    <Panel title={text.suggestions}>
      {suggestions.length === 0 && <p class="small">{donors.length === 0 ? text.noDonors : text.noSuggestions}</p>}
      <ul class="offers">
        {suggestions.slice(0, SHOWN).map((suggestion) => {
          const { offer } = suggestion;
          return (
            <li class="offer-choice">
              <p>
                <strong>{partyNameIn(language, offer)}</strong> · {offer.title}
                <span class="sub">
                  {serves(suggestion)} · {offer.areas.join(text.list) || text.everywhere}
                  {offer.note && ` · ${offer.note}`}
                </span>
              </p>
              <form method="post" action={`/console/cases/${subject.id}`}>
                <Hidden name="csrf" value={csrf} />
                <Hidden name="task" value={task.id} />
                <Hidden name="outcome" value="matched" />
                <Hidden name={`${scopeOf('matched')}choice`} value={`${offer.party}/${offer.id}`} />
                <button type="submit" class="button">
                  {text.match}
                  <span class="unseen">
                    : {partyNameIn(language, offer)}, {offer.title}
                  </span>
                </button>
              </form>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
