import type { FunctionFailure } from './runtime/messages.ts';

/** What AWS says when an invocation took longer than the function may. */
export const timedOut = (requestId: string, seconds: number): FunctionFailure => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

/** What AWS says when the process ended in the middle of an invocation. */
export const exited = (requestId: string, code: number): FunctionFailure => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited ${code === 0 ? 'without providing a reason' : `with error: exit status ${code}`}`,
});

/** What AWS says when the process was killed for its memory. */
export const outOfMemory = (requestId: string): FunctionFailure => ({
  errorType: 'Runtime.OutOfMemory',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
});
