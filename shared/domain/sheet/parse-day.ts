import { LocalDate } from '../time.ts';

/**
 * A day as people and spreadsheet programs write it with the year first: 2020-2-3, 2020/02/03, 2020.2.3, 2020年2月3日, or
 * with a time after it. Undefined for anything else: 3/2/2020 is not the same day everywhere.
 */
export function parseDay(text: string): LocalDate | undefined {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*(?:日|号)?(?:[T ]\s*\d.*)?$/.exec(
    text.normalize('NFKC').trim(),
  );
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return LocalDate.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).data;
}
