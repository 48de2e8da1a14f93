import type { Finding } from '../../domain/case-base.ts';
import type { Fen } from '../../domain/money.ts';
import { foldPlace } from '../../domain/text.ts';
import type { LocalDate } from '../../domain/time.ts';
import { isOpen, type Programme } from '../../entities/programme/programme.ts';
import type { GrantAsked } from './case.ts';

/** What the rules of a programme are held to; what an applicant has not said yet breaks none of them. */
export interface Applied extends Partial<Pick<GrantAsked, 'place' | 'organizationType'>> {
  readonly requested: Fen;
  readonly answers: Readonly<Record<string, string>>;
}

/** A rule that is not met. */
export function failed(code: string, params?: Finding['params']): Finding {
  return { code, severity: 'failed', ...(params && { params }) };
}

/** The rules of the programme that an application sent on the day `on` does not meet. They are published: whoever applies may know. */
export function unmetRules(
  { place, organizationType, requested, answers }: Applied,
  programme: Programme,
  on: LocalDate,
): Finding[] {
  const areas = programme.areas.map(foldPlace);
  const isNear = !place || [place.province, place.city, place.district].some((name) => areas.includes(foldPlace(name)));
  const isOfType = !organizationType || programme.organizationTypes.includes(organizationType);
  return [
    ...(areas.length > 0 && !isNear ? [failed('outside-area', { areas: programme.areas.join('、') })] : []),
    ...(programme.organizationTypes.length > 0 && !isOfType ? [failed('not-eligible-type')] : []),
    ...(requested > programme.ceiling ? [failed('above-ceiling', { fen: programme.ceiling })] : []),
    ...(isOpen(programme, on) ? [] : [failed('closed')]),
    ...programme.questions
      .filter(({ required, id }) => required && !answers[id])
      .map(({ text }) => failed('unanswered', { question: text })),
  ];
}

/** The findings that an applicant is told: rules that are published. What was looked up about others is not among them. */
export const rulesTold: readonly string[] = [
  'outside-area',
  'not-eligible-type',
  'above-ceiling',
  'closed',
  'unanswered',
];

/** The programmes whose rules the application meets on the day `on`, their own questions aside. */
export function fittingProgrammes(applied: Applied, programmes: readonly Programme[], on: LocalDate): Programme[] {
  return programmes.filter((programme) =>
    unmetRules(applied, programme, on).every(({ code }) => code === 'unanswered'),
  );
}
