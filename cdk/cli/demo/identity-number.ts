/** Weights of ISO 7064 MOD 11-2 as GB 11643-1999 uses them. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * A made-up identity number with a right check digit.
 * @param birth yyyymmdd
 * @param sequence 0–999
 */
export function madeUpIdentityNumber(birth: string, sequence: number): string {
  const body = `110000${birth}${String(sequence).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'.charAt(sum % 11);
}
