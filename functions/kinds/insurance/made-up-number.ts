import { checkCharacter } from '../../../shared/kinds/insurance/roster/identity-number.ts';

const DAY = 86_400_000;
/** Days of birth that examples are spread over: from 1970 on, so that everybody is of insurable age for decades. */
const DAYS = 10_000;

/**
 * A made-up identity number with a right check character, of a district that does not exist. Other seconds and other
 * rows give other numbers, so that an example can be sent again after its people are insured.
 * @param now milliseconds
 */
export function madeUpIdentityNumber(now: number, row: number): string {
  const second = Math.floor(now / 1000) + row;
  const born = new Date((second % DAYS) * DAY).toISOString().slice(0, 10).replaceAll('-', '');
  const body = `429900${born}${String(Math.floor(second / DAYS) % 1000).padStart(3, '0')}`;
  return body + checkCharacter(body);
}
