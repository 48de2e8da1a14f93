import type { Expression } from '../alarms/expression.ts';
import type { CorsDefinition, JwtAuthorizer, RouteDefinition, Throttling } from '../http-api/definition.ts';
import type { JsonObject } from './json.ts';

/** What a stack's template asks for, with every reference worked out: plain data for whoever sets it up. */
export interface Blueprint {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly tables: TableSpec[];
  readonly functions: FunctionSpec[];
  readonly permissions: PermissionSpec[];
  readonly eventSources: EventSourceSpec[];
  readonly roles: RoleSpec[];
  /** The stack's own managed policies. */
  readonly managedPolicies: (PolicySpec & { readonly arn: string })[];
  readonly apis: ApiSpec[];
  readonly stateMachines: StateMachineSpec[];
  readonly queues: QueueSpec[];
  readonly topics: TopicSpec[];
  readonly schedules: ScheduleSpec[];
  readonly keys: KeySpec[];
  readonly identities: IdentitySpec[];
  readonly configurationSets: ConfigurationSetSpec[];
  readonly alarms: AlarmSpec[];
  readonly metricFilters: MetricFilterSpec[];
  /** Rules of the default bus that wait for events; those with a schedule are among the schedules. */
  readonly eventRules: EventRuleSpec[];
  /** Resources that change nothing on one machine. */
  readonly idle: { readonly logicalId: string; readonly type: string }[];
  readonly buckets: BucketSpec[];
  /** Texts by output name. */
  readonly outputs: Record<string, string>;
}

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexSpec {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] | undefined };
}

export interface TableSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
  readonly streamViewType?: string | undefined;
  readonly keySchema: readonly KeyElement[];
  readonly attributes: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly globalIndexes: readonly IndexSpec[];
  readonly localIndexes: readonly IndexSpec[];
  /** Whether it can be restored to a point in time; left out, as it is. */
  readonly recovers?: boolean | undefined;
  readonly ttlAttribute?: string | undefined;
}

/** Where the code of a function is: a folder, a zip file, or the text of its only file. */
export type CodeSpec =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'zip'; readonly path: string }
  | { readonly kind: 'inline'; readonly text: string };

export interface FunctionSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly code: CodeSpec;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number | undefined;
  readonly logGroup: string;
  /** For events that were queued; set by an EventInvokeConfig. */
  asynchronous?: {
    readonly maxRetryAttempts?: number | undefined;
    readonly maxEventAgeSeconds?: number | undefined;
    readonly onFailureArn?: string | undefined;
  };
}

/** Another service's right to invoke a function. */
export interface PermissionSpec {
  readonly functionArn: string;
  readonly principal: string;
  readonly sourceArn?: string | undefined;
}

export interface EventSourceSpec {
  readonly logicalId: string;
  readonly id: string;
  readonly functionArn: string;
  /** A table's stream or a queue. */
  readonly sourceArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** EventBridge patterns; a record passes when one matches. None: all pass. */
  readonly patterns: readonly JsonObject[];
  readonly bisect: boolean;
  readonly reportsItemFailures: boolean;
  /** Undefined: until the record is too old. */
  readonly maxRetryAttempts?: number | undefined;
  /** Undefined: as long as the stream keeps it. */
  readonly maxRecordAgeSeconds?: number | undefined;
  readonly onFailureArn?: string | undefined;
  readonly parallelization: number;
}

export interface PolicySpec {
  readonly name: string;
  readonly document: JsonObject;
}

export interface RoleSpec {
  readonly name: string;
  readonly arn: string;
  readonly assumedBy: JsonObject;
  readonly policies: PolicySpec[];
}

/** An HTTP API; what the template tells in several resources is gathered here. */
export interface ApiSpec {
  readonly logicalId: string;
  readonly id: string;
  readonly arn: string;
  readonly integrations: Map<string, { readonly functionArn: string; readonly timeoutMs?: number }>;
  readonly authorizers: Map<string, JwtAuthorizer>;
  readonly routes: RouteDefinition[];
  readonly cors?: CorsDefinition | undefined;
  throttling?: Throttling;
  stageVariables?: Readonly<Record<string, string>> | undefined;
  readonly routeThrottling: Map<string, Throttling>;
}

export interface StateMachineSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly definition: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly logging?: JsonObject | undefined;
  readonly tracing: boolean;
}

export interface QueueSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly retentionSeconds: number;
  readonly visibilitySeconds: number;
  readonly delaySeconds: number;
  readonly maxBytes: number;
  readonly redrive?: { readonly targetArn: string; readonly maxReceiveCount: number } | undefined;
  /** Set by a QueuePolicy. */
  policy?: JsonObject;
}

export interface TopicSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Set by a TopicPolicy; without one the account's own may publish. */
  policy?: JsonObject;
}

export interface ScheduleSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly timezone: string;
  readonly enabled: boolean;
  /** A function or a state machine. */
  readonly targetArn: string;
  /** The role that a Scheduler schedule assumes; a rule invokes a function by its permission. */
  readonly roleArn?: string | undefined;
  readonly input?: string | undefined;
  readonly maxRetryAttempts: number;
  readonly maxEventAgeSeconds: number;
  readonly deadLetterArn?: string | undefined;
  readonly source: 'scheduler' | 'rule';
}

export interface KeySpec {
  readonly logicalId: string;
  readonly id: string;
  readonly arn: string;
  readonly spec: 'SYMMETRIC_DEFAULT' | 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512';
  readonly enabled: boolean;
  /** How often it gets new material by itself; undefined when it does not. */
  readonly rotationDays?: number | undefined;
  readonly policy: JsonObject;
  readonly aliases: string[];
}

export interface IdentitySpec {
  /** A domain or an address that mail may come from. */
  readonly name: string;
  readonly arn: string;
}

export interface ConfigurationSetSpec {
  readonly name: string;
  readonly arn: string;
  /** Which events of its mails go to the default bus. */
  readonly events: Set<string>;
}

export interface EventRuleSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly pattern: JsonObject;
  readonly targetArns: readonly string[];
}

export interface MetricSpec {
  /** Namespace, name and `Name=Value` of each dimension, with blanks between. */
  readonly key: string;
  readonly seconds: number;
  readonly stat: 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'SampleCount';
}

/** What is measured each time that a line of a log has the terms of a pattern. */
export interface MetricFilterSpec {
  readonly logGroup: string;
  readonly matches: (line: string) => boolean;
  /** As in {@link MetricSpec}. */
  readonly key: string;
  readonly value: number;
}

export interface AlarmSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly description: string;
  readonly metrics: ReadonlyMap<string, MetricSpec>;
  readonly seconds: number;
  readonly evaluate: Expression;
  readonly threshold: number;
  readonly comparison:
    | 'GreaterThanOrEqualToThreshold'
    | 'GreaterThanThreshold'
    | 'LessThanThreshold'
    | 'LessThanOrEqualToThreshold';
  readonly periods: number;
  /** How many of the periods have to breach. */
  readonly toAlarm: number;
  readonly missing: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

export interface BucketSpec {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly versioned: boolean;
  readonly objectLock: boolean;
  /** How long a new version is locked by default. */
  readonly retention?: { readonly mode: 'COMPLIANCE' | 'GOVERNANCE'; readonly millis: number } | undefined;
  /** Objects whose key begins so are removed so many milliseconds after they were written. */
  readonly expires?: readonly { readonly prefix: string; readonly millis: number }[];
  /** Set by a BucketPolicy. */
  policy?: JsonObject;
}
