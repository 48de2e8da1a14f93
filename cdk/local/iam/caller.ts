/** Who makes a call: a role in the hands of a function or a service, or the administrator, who may do everything. */
export interface Caller {
  /** What AWS would call the caller in its messages. */
  readonly principalArn: string;
  /** Undefined for the administrator, and for a service that calls in its own name. */
  readonly roleArn?: string;
  /** The service that calls in its own name, as in `cloudwatch.amazonaws.com`: the resource's policy alone lets it in. */
  readonly service?: string;
}

/** Something that a call needs leave for. */
export interface Access {
  /** Service and action, as in `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys and their values. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}
