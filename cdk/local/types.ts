/** What the parts of the local cloud ask of one another. None of them knows what runs on it. */

/** A moment in milliseconds since 1970-01-01T00:00:00Z, on the local cloud's own clock. */
export type Millis = number;

export interface Timer {
  /** Forgets the timer; harmless when it has fired. */
  cancel(): void;
}

/**
 * The one clock everything on the local cloud reads. It only moves forward, its offset is persisted, and moving it
 * fires what fell due in order, each in its own time.
 */
export interface Clock {
  now(): Millis;
  /** Runs `due` once, at `at` or (when that has passed) as soon as possible. Timers do not survive a restart: who needs them sets them again. */
  at(at: Millis, due: () => void): Timer;
  /**
   * Says that something is under way which must finish before time may be moved further. Call the returned function
   * once when it has finished.
   */
  busy(what: string): () => void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** Moves time forward; resolves when everything that fell due has happened. */
  advance(by: Millis): Promise<void>;
}

/** What a synchronous invocation gave: the payload as JSON text, and whether the function failed. */
export interface InvokeResult {
  readonly payload: string;
  /** 'Unhandled' when the function threw, timed out or ended; the payload is then AWS's error object. */
  readonly functionError?: 'Unhandled' | 'Handled';
}

/** A call that the service itself refused (no such function, throttled, payload too large): AWS's code and message. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  /** What the answer says beside code and message. */
  readonly more: ErrorDetails;
  constructor(code: string, message: string, status = 400, more: ErrorDetails = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.more = more;
  }
}

interface ErrorDetails {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LambdaService {
  /** Invokes and waits. `functionName` is a name, an ARN or an ARN with qualifier. Throws {@link ServiceError}. */
  invoke(functionName: string, payload: string): Promise<InvokeResult>;
  /** Queues an asynchronous invocation: two retries, then the function's on-failure destination if it has one. */
  invokeAsync(functionName: string, payload: string): Promise<void>;
}

/** An AWS JSON-protocol service of the local cloud: one call of one operation. Throws {@link ServiceError}. */
export interface JsonService {
  call(operation: string, input: unknown): Promise<unknown>;
}
