import type { CaseEvent } from '../../shared/domain/event.ts';
import type { Language } from '../../shared/domain/language.ts';
import { stageText } from '../../shared/i18n/kind-text.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { endStages, stageOf, wayOf } from '../../shared/kinds/lifecycle.ts';
import { webText } from './text.ts';

interface Leg {
  readonly stage: string;
  readonly state: 'done' | 'now' | 'ahead' | 'ended';
  /** the case waits here for changes */
  readonly detour?: boolean;
}

/** The legs of the way as this case runs it: those behind it, where it is, and those ahead. */
export function legsOf(subject: Case, events: readonly CaseEvent[]): Leg[] {
  const way = wayOf(subject.kind);
  const visited = new Set(events.flatMap((event) => ('from' in event ? [event.from, event.stage] : [event.stage])));
  const at = subject.stage === 'changes-requested' ? subject.returnTo : subject.stage;
  const ended = endStages.has(at) && at !== 'closed';
  const position = ended ? way.length : way.indexOf(at);
  const legs = way.flatMap((stage, index): Leg[] => {
    if (ended) return visited.has(stage) ? [{ stage, state: 'done' }] : [];
    if (index < position) return visited.has(stage) ? [{ stage, state: 'done' }] : [];
    if (index > position) return stageOf(subject.kind, stage)?.way === 'sometimes' ? [] : [{ stage, state: 'ahead' }];
    if (stage === 'closed') return [{ stage, state: 'done' }];
    return [{ stage, state: 'now', ...(subject.stage === 'changes-requested' && { detour: true }) }];
  });
  return ended ? [...legs, { stage: at, state: 'ended' }] : legs;
}

interface StagePictureProps {
  readonly language: Language;
  readonly subject: Case;
  readonly events: readonly CaseEvent[];
}

/** Where the case stands, as a relay: the legs that are run, who holds the baton now, and the legs to come. */
export function StagePicture({ language, subject, events }: StagePictureProps) {
  const text = webText[language];
  const said = { done: text.done, now: text.now, ahead: text.ahead, ended: '' };
  return (
    <ol class="legs" aria-label={text.stages}>
      {legsOf(subject, events).map((leg) => (
        <li class={`leg ${leg.state}`} {...(leg.state === 'now' && { 'aria-current': 'step' })}>
          <span class="leg-mark" aria-hidden="true" />
          <span class="leg-name">
            {stageText(language, subject.kind, leg.stage)}
            {said[leg.state] && (
              <span class={leg.state === 'now' ? 'leg-state' : 'unseen'}>
                {leg.state === 'now' ? '' : ' – '}
                {leg.detour ? text.detour : said[leg.state]}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
