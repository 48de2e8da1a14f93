/** What functions log: codes and ids only, never what a person typed. */
export type LogCode =
  | 'anchor-failed'
  | 'event-failed'
  | 'mail-sent'
  | 'mail-refused'
  | 'token-gone'
  | 'nudged'
  | 'data-key-made'
  | 'erased'
  | 'erase-failed'
  | 'sweep-done'
  | 'sweep-failed'
  | 'unexpected';

/** One JSON line. */
export function logLine(code: LogCode, details: Readonly<Record<string, string | number>>): void {
  console.log(JSON.stringify({ code, ...details }));
}
