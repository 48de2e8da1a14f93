import type { LocalDate } from '../../../domain/time.ts';

/** Completed years on a day. Who was born on 29 February completes a year on 1 March when there is no such day. */
export function age(birthDate: LocalDate, on: LocalDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
