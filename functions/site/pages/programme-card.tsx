import type { Language } from '../../../shared/domain/language.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { funderNameIn } from '../../../shared/i18n/names.ts';
import type { Programme } from '../../../shared/kinds/grant/programme.ts';
import { formText } from '../../forms/texts/forms.ts';
import { yuanText } from '../../web/amounts.tsx';
import { areaText, programmeName } from '../programme-words.ts';

interface ProgrammeCardProps {
  readonly language: Language;
  readonly programme: Programme;
  /** where the name leads */
  readonly href: string;
}

/** A programme in a list: its name, who funds it, where, how much, until when. */
export function ProgrammeCard({ language, programme, href }: ProgrammeCardProps) {
  const text = formText[language];
  const facts = [
    areaText(language, programme),
    fill(text.ceiling, { amount: yuanText(language, programme.ceiling) }),
    fill(text.left, { amount: yuanText(language, programme.available) }),
    fill(text.closesOn, { date: programme.closesOn }),
  ];
  return (
    <li class="card programme">
      <h3>
        <a href={href}>{programmeName(language, programme)}</a>
      </h3>
      <p class="small">{funderNameIn(language, programme)}</p>
      <ul class="facts">
        {facts.map((fact) => (
          <li>{fact}</li>
        ))}
      </ul>
    </li>
  );
}
