/** A Lambda function as a template describes it, with what the deployment found for it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** The folder with the bundle: what would be /var/task. */
  readonly codeDir: string;
  /** File and export, as in `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** How many calls may run at once; 0 refuses all. Without it the account's limit counts. */
  readonly reservedConcurrency?: number;
  /** Those of the function's role. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  /** Where the record of an asynchronous event goes that was given up. */
  readonly onFailureDestinationArn?: string;
  /** Retries of an asynchronous event after a function error, 0 to 2; 2 unless told. */
  readonly maxRetryAttempts?: number;
  /** How long an asynchronous event is kept, 60 to 21,600 seconds; 21,600 unless told. */
  readonly maxEventAgeSeconds?: number;
}
