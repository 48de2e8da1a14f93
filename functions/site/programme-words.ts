import type { Language } from '../../shared/domain/language.ts';
import type { Programme } from '../../shared/entities/programme/programme.ts';
import { textOf } from '../../shared/i18n/lookup.ts';
import { inLanguage, nameIn } from '../../shared/i18n/names.ts';
import { kindWords } from '../../shared/kinds/words.ts';
import { programmesText } from './texts/programmes.ts';

/** A programme's name in the reader's language, where it has one. */
export function programmeName(language: Language, programme: Programme): string {
  return nameIn(language, programme);
}

export function programmePurpose(language: Language, programme: Programme): string {
  return inLanguage(language, programme.purpose, programme.purposeEn);
}

const joint = { zh: '、', en: ', ' } as const;

export function areaText(language: Language, programme: Programme): string {
  return programme.areas.join(joint[language]) || programmesText[language].everywhere;
}

export function eligibleText(language: Language, programme: Programme): string {
  const names = programme.organizationTypes.map((type) =>
    textOf(kindWords[language].need.fields.organizationType.choices, type),
  );
  return names.join(joint[language]) || programmesText[language].everybody;
}

/** The day from which no more applications are taken. */
export function closedOn(programme: Programme): string {
  const closed = programme.closedAt?.slice(0, 10);
  return closed !== undefined && closed < programme.closesOn ? closed : programme.closesOn;
}
