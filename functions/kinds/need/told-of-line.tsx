import type { Language } from '../../../shared/domain/language.ts';
import { colon } from '../../../shared/i18n/lookup.ts';
import type { NeedLine } from '../../../shared/kinds/need/line.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { countText } from '../../web/amounts.tsx';

/** What a sheet told of a line beside its amount, as labels and words. */
export function toldOfLine(
  language: Language,
  { written, dailyUse, onHand }: Pick<NeedLine, 'written' | 'dailyUse' | 'onHand'>,
): readonly string[] {
  const { told } = kindWords[language].need;
  const counts = { dailyUse, onHand };
  return [
    ...(written === undefined ? [] : [`${told.written}${colon(language)}${written}`]),
    ...(['dailyUse', 'onHand'] as const).flatMap((field) => {
      const count = counts[field];
      return count === undefined ? [] : [`${told[field]}${colon(language)}${countText(count)}`];
    }),
  ];
}

/** The same in a line of its own below the item. */
export function ToldOfLine({ language, line }: { readonly language: Language; readonly line: NeedLine }) {
  const told = toldOfLine(language, line);
  return told.length > 0 ? <span class="sub">{told.join(' · ')}</span> : null;
}
