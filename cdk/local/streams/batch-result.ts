import { z } from 'zod';
import type { InvokeResult } from '../types.ts';

/** Why records are given up. */
export interface BatchFailure {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly invocations: number;
  /** What the function last said; undefined when it was not called. */
  readonly response: InvokeResult | undefined;
}

const partial = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() });

/**
 * Where a batch failed: the index of the first record that is not done; undefined when all are. A function that
 * reports failed items names them; what it says wrongly fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function failedFrom(
  result: InvokeResult,
  records: readonly { readonly sequenceNumber: string }[],
  reportsItemFailures: boolean,
): number | undefined {
  if (result.functionError !== undefined) return 0;
  const identifiers = reportsItemFailures ? failedItems(result.payload) : [];
  if (identifiers === undefined) return 0;
  if (identifiers.length === 0) return undefined;
  const indexes = identifiers.map((identifier) => records.findIndex((each) => each.sequenceNumber === identifier));
  return Math.max(0, Math.min(...indexes));
}

/** The items that a function reports as failed; undefined when its answer cannot be understood. */
export function failedItems(payload: string): readonly string[] | undefined {
  try {
    const answer: unknown = JSON.parse(payload === '' ? 'null' : payload);
    if (answer === null || answer === '') return [];
    const parsed = partial.safeParse(answer);
    if (!parsed.success) return undefined;
    const identifiers = (parsed.data.batchItemFailures ?? []).map((each) => each.itemIdentifier);
    return identifiers.includes('') ? undefined : identifiers;
  } catch {
    return undefined;
  }
}
