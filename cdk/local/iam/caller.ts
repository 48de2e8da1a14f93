/** Who makes a call: a role in the hands of a function or a service, a service by itself, or the administrator, who may do everything. */
export interface Caller {
  /** What AWS would call the caller in its messages. */
  readonly principalArn: string;
  /** Undefined for the administrator, and for a service that has taken no role. */
  readonly roleArn?: string;
  /** A service that calls by itself: only the resource's own policy can let it in. */
  readonly service?: CallingService;
}

/** A service of AWS, for something of the account. */
interface CallingService {
  /** As in `cloudwatch.amazonaws.com`. */
  readonly name: string;
  /** For what it calls: an alarm, a rule; policies see it as `aws:SourceArn`. */
  readonly sourceArn: string;
}

/** A service that calls for something of the account. */
export function callingService(name: string, sourceArn: string): Caller {
  return { principalArn: name, service: { name, sourceArn } };
}

/** Something that a call needs leave for. */
export interface Access {
  /** Service and action, as in `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys and their values. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}
