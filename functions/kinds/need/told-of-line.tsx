import type { Language } from '../../../shared/domain/language.ts';
import type { NeedLine } from '../../../shared/kinds/need/line.ts';
import { toldOfLine } from '../../web/line-text.ts';

/** What a sheet told of a line, in a line of its own below the item. */
export function ToldOfLine({ language, line }: { readonly language: Language; readonly line: NeedLine }) {
  const told = toldOfLine(language, line);
  return told.length > 0 ? <span class="sub">{told.join(' · ')}</span> : null;
}
