import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What the functions of a stack have been called for. */
export interface FunctionCalls {
  readonly calls: number;
  /** those by the HTTP API */
  readonly requests: number;
  /** without loading: memory that the template gives, times the time that the calls took here */
  readonly gigabyteSeconds: number;
}

const Report = z.object({
  message: z.object({
    type: z.literal('platform.report'),
    metrics: z.object({ durationMs: z.number(), memorySizeMB: z.number() }),
  }),
});

/** Adds up the reports in the logs of a local cloud's functions. */
export function functionCalls(dataDir: string): FunctionCalls {
  const folder = join(dataDir, 'lambda', 'logs');
  const total = { calls: 0, requests: 0, gigabyteSeconds: 0 };
  for (const file of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      if (!line.includes('platform.report')) continue;
      const report = Report.safeParse(JSON.parse(line));
      if (!report.success) continue;
      const { durationMs, memorySizeMB } = report.data.message.metrics;
      total.calls += 1;
      if (file.includes('Faces')) total.requests += 1;
      total.gigabyteSeconds += (durationMs / 1000) * (memorySizeMB / 1024);
    }
  }
  return total;
}
