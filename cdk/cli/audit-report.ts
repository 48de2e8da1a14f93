import * as z from 'zod';

const Report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), isDirect: z.boolean() })),
});

/** What is to be done about a report of `npm audit --json`. */
export interface Verdict {
  /** whether the registry answered at all */
  readonly known: boolean;
  /** packages with a vulnerability that must be mended before anything is deployed, as `name (severity)` */
  readonly grave: readonly string[];
  /** the others */
  readonly slight: readonly string[];
}

const GRAVE: ReadonlySet<string> = new Set(['high', 'critical']);

/** Reads what `npm audit --json` printed; whatever is no report means that the registry does not answer such questions. */
export function verdictOf(printed: string): Verdict {
  let value: unknown;
  try {
    value = JSON.parse(printed);
  } catch {
    value = undefined;
  }
  const report = Report.safeParse(value).data;
  if (!report) return { known: false, grave: [], slight: [] };
  const found = Object.entries(report.vulnerabilities);
  const named = (wanted: boolean) =>
    found
      .filter(([, { severity }]) => GRAVE.has(severity) === wanted)
      .map(([name, { severity }]) => `${name} (${severity})`);
  return { known: true, grave: named(true), slight: named(false) };
}
