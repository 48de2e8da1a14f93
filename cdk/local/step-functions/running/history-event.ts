import type { JsonObject } from '../json.ts';
import type { Variables } from './run.ts';

/** One event of an execution's history as stored and served; `timestamp` is in seconds, as the JSON protocol has it. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: number;
  type: string;
  [details: string]: unknown;
}

const WHOLE = { truncated: false };

/** An input as event details carry it: JSON text, never truncated here. */
export function inputDetails(text: string): JsonObject {
  return { input: text, inputDetails: WHOLE };
}

export function outputDetails(text: string): JsonObject {
  return { output: text, outputDetails: WHOLE };
}

/** Variables as an exit event shows them: each as JSON text. */
export function assignedDetails(assigned: Variables | undefined): JsonObject {
  if (assigned === undefined || Object.keys(assigned).length === 0) return {};
  const shown = Object.fromEntries(Object.entries(assigned).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { assignedVariables: shown, assignedVariablesDetails: WHOLE };
}

export function failureDetails(failure: { readonly error?: string; readonly cause?: string }): JsonObject {
  return {
    ...(failure.error !== undefined && { error: failure.error }),
    ...(failure.cause !== undefined && { cause: failure.cause }),
  };
}
