import type { Finding } from '../domain/case-base.ts';
import { byKind, type Kind, kinds } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { OutcomeWords, Words } from '../kinds/define.ts';
import { kindWords } from '../kinds/words.ts';
import { domainText } from './domain.ts';
import { fill, textOf } from './lookup.ts';

/** What a kind of case is called. */
export function kindText(language: Language, kind: Kind): string {
  return kindWords[language][kind].name;
}

/** The kinds with their names, to choose from. */
export function kindNames(language: Language): Readonly<Record<Kind, string>> {
  return byKind((kind) => kindText(language, kind));
}

/** What becomes of a request after it was sent, step by step. */
export function nextText(language: Language, kind: Kind): readonly string[] {
  return kindWords[language][kind].next;
}

/** What a stage is called; without a kind, as the first kind that has it calls it. */
export function stageText(language: Language, kind: Kind | undefined, stage: string): string {
  const asked = kind ? [kind] : kinds;
  const found = asked.find((each) => Object.hasOwn(kindWords[language][each].stages, stage));
  return found ? textOf(kindWords[language][found].stages, stage) : stage;
}

function outcomeWords(language: Language, kind: Kind | undefined, outcome: string): OutcomeWords | undefined {
  const asked = kind ? [kind] : kinds;
  const found = asked.find((each) => Object.hasOwn(kindWords[language][each].outcomes, outcome));
  const words: Readonly<Record<string, OutcomeWords>> = found ? kindWords[language][found].outcomes : {};
  return words[outcome];
}

/** What the button of an outcome says; without a kind, as the first kind that has it says it. */
export function outcomeText(language: Language, kind: Kind | undefined, outcome: string): string {
  return outcomeWords(language, kind, outcome)?.button ?? textOf(domainText[language].answers, outcome);
}

/** What an outcome is called once it has happened. */
export function happenedText(language: Language, kind: Kind, outcome: string): string {
  return outcomeWords(language, kind, outcome)?.happened ?? textOf(domainText[language].answers, outcome);
}

/** What an outcome that led to `stage` means to the applicant, as a subject and a body; undefined where it is no news to them. */
export function newsText(language: Language, kind: Kind, outcome: string, stage: string): OutcomeWords['news'] {
  const words = outcomeWords(language, kind, outcome);
  return words?.newsAt?.[stage] ?? words?.news;
}

/** What each mail about a case of the kind says besides, where the case has all that it names. */
export function remarksText(language: Language, kind: Kind): readonly string[] {
  const words: Words = kindWords[language][kind];
  return words.remarks ?? [];
}

/** What the automatic checks noticed. */
export function findingText(language: Language, kind: Kind, finding: Finding): string {
  return fill(textOf(kindWords[language][kind].findings, finding.code), finding.params);
}
