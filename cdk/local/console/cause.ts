import { z } from 'zod';

const lambdaError = z.object({ errorMessage: z.string(), trace: z.array(z.string()).default([]) });

/** What a cause says, and the stack that Lambda adds to it. */
export interface Cause {
  readonly message: string;
  readonly trace: readonly string[];
}

/** Reads the cause of a failure: an error object of Lambda, or any text. */
export function readCause(text: string): Cause {
  try {
    const { errorMessage, trace } = lambdaError.parse(JSON.parse(text));
    return { message: errorMessage, trace };
  } catch {
    return { message: text, trace: [] };
  }
}
