/** AWS's error object: what a caller gets as payload when a function failed. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a worker is started with. */
export interface WorkerStart {
  readonly clock: SharedArrayBuffer;
  readonly codeDir: string;
  readonly handler: string;
}

/** An event for the handler. */
export interface RunMessage {
  readonly requestId: string;
  readonly payload: string;
  readonly timeoutMs: number;
  readonly arn: string;
}

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** What a worker says; `memoryBytes` is what its isolate holds, heap and buffers. */
export type WorkerMessage =
  | {
      readonly type: 'log';
      readonly time: string;
      readonly requestId?: string;
      readonly level: LogLevel;
      readonly message: string;
      /** It went to standard output past the console: nothing is put around it on AWS either. */
      readonly plain?: boolean;
    }
  | { readonly type: 'ready'; readonly memoryBytes: number }
  | { readonly type: 'init-failed'; readonly failure: FunctionFailure }
  | {
      readonly type: 'done';
      readonly requestId: string;
      readonly payload: string;
      readonly durationMs: number;
      readonly memoryBytes: number;
    }
  | {
      readonly type: 'failed';
      readonly requestId: string;
      readonly failure: FunctionFailure;
      readonly durationMs: number;
      readonly memoryBytes: number;
      /** The environment ends with this: what follows needs a new one. */
      readonly fatal: boolean;
    };
