const HOUR = 3_600;
const DAY = 24 * HOUR;

/** What functions measure for alarms: its unit, and from when on somebody is told. */
export const metrics = {
  /**
   * For how long the case that waits longest is due to be erased: the daily job has two days for what fell due, since the first may fail, and
   * of the second somebody is told.
   */
  ErasureLag: { unit: 'Seconds', late: 2 * DAY },
  /** For how long it was not seen that all is anchored, which it is once a day, up to a quarter of an hour ago. */
  AnchorLag: { unit: 'Seconds', late: 30 * HOUR },
  /** For how long the mail that waits longest is not taken, and not for its own mailbox: a server that is away for an hour or two needs nobody. */
  MailLag: { unit: 'Seconds', late: 2 * HOUR },
  /** Keys in KMS that are to be deleted, or may not be used. */
  KeysUnusable: { unit: 'Count', late: 1 },
} as const satisfies Readonly<Record<string, { readonly unit: 'Seconds' | 'Count'; readonly late: number }>>;
export type MetricName = keyof typeof metrics;

/** CloudWatch's name for all of them; the function's name tells one installation from another. */
export const METRIC_NAMESPACE = 'Jieli';
