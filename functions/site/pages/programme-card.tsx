import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { funderNameIn } from '../../../shared/i18n/names.ts';
import { formText } from '../../forms/texts/forms.ts';
import { yuanText } from '../../web/amounts.tsx';
import { areaText, programmeName } from '../programme-words.ts';

interface ProgrammeCardProps {
  readonly language: Language;
  readonly programme: Programme;
  /** where the name leads */
  readonly href: string;
  /** the level below the heading that the list stands under */
  readonly heading: 'h2' | 'h3';
}

/** A programme in a list: its name, who funds it, where, how much, until when. */
export function ProgrammeCard({ language, programme, href, heading: Heading }: ProgrammeCardProps) {
  const text = formText[language];
  const facts = [
    areaText(language, programme),
    fill(text.ceiling, { amount: yuanText(language, programme.ceiling) }),
    fill(text.left, { amount: yuanText(language, programme.available) }),
    fill(text.closesOn, { date: programme.closesOn }),
  ];
  return (
    <li class="card programme">
      <Heading>
        <a href={href}>{programmeName(language, programme)}</a>
      </Heading>
      <p class="small">{funderNameIn(language, programme)}</p>
      <ul class="facts">
        {facts.map((fact) => (
          <li>{fact}</li>
        ))}
      </ul>
    </li>
  );
}
