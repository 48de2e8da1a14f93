import type { Language } from '../../shared/domain/language.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { stageText } from '../../shared/i18n/kind-text.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { endStages } from '../../shared/kinds/lifecycle.ts';
import type { NeedLine } from '../../shared/kinds/need/line.ts';
import { kindWords } from '../../shared/kinds/words.ts';
import { countText, yuanText } from '../web/amounts.tsx';
import { listText } from './texts/lists.ts';

/** `500 只`, or that the amount is not known: never one piece, never none. */
export function quantityText(language: Language, { quantity, unit }: Pick<NeedLine, 'quantity' | 'unit'>): string {
  return quantity === null ? domainText[language].unknownAmount : `${countText(quantity)}${unit ? ` ${unit}` : ''}`;
}

const LINES_IN_GIST = 3;

/** What a case is about, in a line. */
export function gist(language: Language, subject: Case): string {
  const text = listText[language];
  if (subject.kind === 'need') {
    const lines = subject.lines
      .slice(0, LINES_IN_GIST)
      .map((line) => `${line.item}${line.quantity === null ? '' : ` ${quantityText(language, line)}`}`);
    const rest = subject.lines.length > LINES_IN_GIST ? [fill(text.moreItems, { count: subject.lines.length })] : [];
    return [...lines, ...rest].join(language === 'zh' ? '，' : ', ');
  }
  if (subject.kind === 'grant') return `${subject.programmeName} · ${yuanText(language, subject.requested)}`;
  const people = fill(text.people, { count: subject.roster.count });
  return `${people} · ${subject.coverFrom} – ${subject.coverTo} · ${subject.activity}`;
}

export function UrgencyTag({ language, subject }: { readonly language: Language; readonly subject: Case }) {
  if (subject.kind !== 'need' || subject.urgency === 'normal') return null;
  return (
    <span class={`tag ${subject.urgency}`}>{kindWords[language].need.fields.urgency.choices[subject.urgency]}</span>
  );
}

export function StageTag({ language, subject }: { readonly language: Language; readonly subject: Case }) {
  const { kind, stage } = subject;
  const tone = stage === 'changes-requested' ? 'tag wait' : endStages.has(stage) ? 'tag end' : 'tag';
  return <span class={tone}>{stageText(language, kind, stage)}</span>;
}

/** The organization with its case number, as a link to the case. */
export function CaseLink({ id, organization }: Pick<Case, 'id' | 'organization'>) {
  return (
    <>
      <a class="case-link" href={`/console/cases/${id}`}>
        {organization}
      </a>
      <span class="sub number">{id}</span>
    </>
  );
}
