import type { Kind } from '../domain/ids.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import type { CaseOf } from './case.ts';
import type { AnyTexts, Words } from './define.ts';
import { en as grantEn } from './grant/words.en.ts';
import { zh as grantZh } from './grant/words.zh.ts';
import type { OutcomeOf } from './index.ts';
import { en as insuranceEn } from './insurance/words.en.ts';
import { zh as insuranceZh } from './insurance/words.zh.ts';
import { en as needEn } from './need/words.en.ts';
import { zh as needZh } from './need/words.zh.ts';

/** What each kind says, by language. Apart from the kinds themselves, since most functions need no words. */
export const kindWords = {
  zh: { need: needZh, grant: grantZh, insurance: insuranceZh },
  en: { need: needEn, grant: grantEn, insurance: insuranceEn },
} as const satisfies Bilingual<{ readonly [K in Kind]: Words<CaseOf<K>['stage'], OutcomeOf<K>> }>;

interface AskingWords {
  readonly fields: AnyTexts;
  readonly steps: Readonly<Record<string, string>>;
}

/** The words of a kind's forms. */
export function askingWords(language: Language, kind: Kind): AskingWords {
  return kindWords[language][kind];
}
