const DAY_SECONDS = 86_400;

/**
 * When the table may remove an item, as its TTL attribute has it: in seconds since 1970, so many days after a moment.
 * @param from an instant, a date, or milliseconds since 1970
 */
export function expiresAfter(from: string | number, days: number): number {
  return Math.floor((typeof from === 'number' ? from : Date.parse(from)) / 1000) + days * DAY_SECONDS;
}
