import type { FunctionFailure } from './messages.ts';

/** An error of the runtime itself, under AWS's name for it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** AWS's shape for what a handler threw, whatever that was. */
export function toFailure(thrown: unknown): FunctionFailure {
  if (thrown instanceof Error) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] };
  }
  try {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  } catch {
    return { errorType: typeof thrown, errorMessage: 'Unknown error', trace: [] };
  }
}
