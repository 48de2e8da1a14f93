/** The eleven digits of a mainland mobile number, however it was typed (+86, spaces, dashes, fullwidth); undefined when it is none. */
export function normalizeMobilePhone(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s'‘’()·.‐–—-]/g, '');
  return /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(digits)?.[1];
}
