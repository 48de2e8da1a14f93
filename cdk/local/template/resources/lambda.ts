import { z } from 'zod';
import { compilePattern } from '../../streams/event-pattern.ts';
import type { Blueprint, CodeSpec, FunctionSpec } from '../blueprint.ts';
import { boolean, checked, document, ignored, notSupported, numeric, read, whole } from '../properties.ts';
import { arnOf, type Declared, nameOf, type Reader, uuidOf } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const functionProperties = z.strictObject({
  Code: z.strictObject({
    S3Bucket: z.string().optional(),
    S3Key: z.string().optional(),
    ZipFile: z.string().optional(),
  }),
  FunctionName: z.string().optional(),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only Node.js functions run here'),
  PackageType: z.literal('Zip').optional(),
  Timeout: numeric.default(3),
  MemorySize: numeric.default(128),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  ReservedConcurrentExecutions: whole(0, 1_000).optional(),
  Architectures: ignored,
  Description: ignored,
  EphemeralStorage: ignored,
  KmsKeyArn: ignored,
  LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional(),
  RecursiveLoop: ignored,
  RuntimeManagementConfig: ignored,
  Tags: ignored,
  TracingConfig: ignored,
});

export const readFunction: Reader = (resource, into) => {
  const properties = read(resource, functionProperties);
  const name = nameOf(resource, properties.FunctionName, 64);
  const arn = arnOf(resource, 'lambda', `function:${name}`);
  into.functions.push({
    logicalId: resource.logicalId,
    name,
    arn,
    roleArn: properties.Role,
    code: codeOf(resource, properties.Code),
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    memoryMb: properties.MemorySize,
    environment: properties.Environment?.Variables ?? {},
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
  });
  return { ref: name, attributes: { Arn: arn } };
};

function codeOf(resource: Declared, code: z.output<typeof functionProperties>['Code']): CodeSpec {
  if (code.ZipFile !== undefined) return { kind: 'inline', text: code.ZipFile };
  const path = code.S3Key === undefined ? undefined : resource.assetPath(code.S3Key);
  if (path === undefined) {
    throw new TemplateError(`${resource.logicalId}: the assembly has no asset ${code.S3Key ?? '(none named)'}.`);
  }
  return path.endsWith('.zip') ? { kind: 'zip', path } : { kind: 'folder', path };
}

/** The function that a name, an ARN or an ARN with qualifier means. */
function findFunction(functions: readonly FunctionSpec[], named: string): FunctionSpec | undefined {
  const [, name = named] = /:function:([^:]+)/.exec(named) ?? [];
  return functions.find((each) => each.name === name);
}

function functionOf(resource: Declared, functions: readonly FunctionSpec[], named: string): FunctionSpec {
  const found = findFunction(functions, named);
  if (found === undefined) throw new TemplateError(`${resource.logicalId} names a function that is not here: ${named}`);
  return found;
}

const permissionProperties = z.strictObject({
  Action: z.literal(['lambda:InvokeFunction', 'lambda:*']),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: ignored,
});

export const readPermission: Reader = (resource, into) => {
  const { FunctionName, Principal, SourceArn } = read(resource, permissionProperties);
  const { arn } = functionOf(resource, into.functions, FunctionName);
  into.permissions.push({ functionArn: arn, principal: Principal, sourceArn: SourceArn });
  return { ref: resource.logicalId };
};

const aliasProperties = z.strictObject({
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Name: z.string(),
  Description: ignored,
});

/** Versions and aliases all mean the one deployed code: a machine has no older one. */
export const readAlias: Reader = (resource, into) => {
  const { FunctionName, Name } = read(resource, aliasProperties);
  const ref = `${functionOf(resource, into.functions, FunctionName).arn}:${Name}`;
  return { ref, attributes: { AliasArn: ref } };
};

const versionProperties = z.strictObject({
  FunctionName: z.string(),
  CodeSha256: ignored,
  Description: ignored,
  RuntimePolicy: ignored,
});

export const readVersion: Reader = (resource, into) => {
  const { FunctionName } = read(resource, versionProperties);
  const ref = `${functionOf(resource, into.functions, FunctionName).arn}:1`;
  return { ref, attributes: { Version: '1', FunctionArn: ref } };
};

/** What was given up goes to queues alone here. */
const destination = z.strictObject({ Destination: z.string().regex(/:sqs:/, 'only queues can be destinations here') });
const invokeConfigProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string(),
  MaximumRetryAttempts: numeric.optional(),
  MaximumEventAgeInSeconds: numeric.optional(),
  DestinationConfig: z.strictObject({ OnFailure: destination.optional() }).optional(),
});

export const readEventInvokeConfig: Reader = (resource, into) => {
  const properties = read(resource, invokeConfigProperties);
  functionOf(resource, into.functions, properties.FunctionName).asynchronous = {
    maxRetryAttempts: properties.MaximumRetryAttempts,
    maxEventAgeSeconds: properties.MaximumEventAgeInSeconds,
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
  };
  return { ref: resource.logicalId };
};

const eventSourceProperties = z.strictObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: boolean.default(true),
  BatchSize: whole(1, 10_000).optional(),
  MaximumBatchingWindowInSeconds: whole(0, 300).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
  BisectBatchOnFunctionError: boolean.optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  MaximumRetryAttempts: z.union([z.literal(-1), whole(0, 10_000)]).optional(),
  MaximumRecordAgeInSeconds: z.union([z.literal(-1), whole(60, 604_800)]).optional(),
  ParallelizationFactor: whole(1, 10).optional(),
  DestinationConfig: z.strictObject({ OnFailure: destination.optional() }).optional(),
  ScalingConfig: ignored,
  MetricsConfig: ignored,
  Tags: ignored,
});

/** What AWS knows of streams alone, and a window, which queues have there and not here. */
const forStreams = [
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPosition',
] as const;
/** More in a batch needs a window on AWS. */
const MOST_OF_A_QUEUE = 10;

/** Refuses a mapping that AWS would not make, or that would be something else here. */
function requireSound(resource: Declared, given: z.output<typeof eventSourceProperties>, into: Blueprint): void {
  if (given.EventSourceArn.includes(':dynamodb:')) {
    if (given.StartingPosition === undefined) throw notSupported(resource, 'StartingPosition is required for streams.');
    return;
  }
  const odd = forStreams.find((name) => given[name] !== undefined && given[name] !== 0 && given[name] !== false);
  if (odd !== undefined) throw notSupported(resource, `${odd} is not supported for queues.`);
  if ((given.BatchSize ?? 0) > MOST_OF_A_QUEUE)
    throw notSupported(resource, 'BatchSize of a queue is 10 at most here.');
  const queue = into.queues.find(({ arn }) => arn === given.EventSourceArn);
  const { timeoutSeconds } = functionOf(resource, into.functions, given.FunctionName);
  if (queue !== undefined && queue.visibilitySeconds < timeoutSeconds) {
    throw notSupported(
      resource,
      `Queue visibility timeout: ${queue.visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
    );
  }
}

const bounded = (value: number | undefined): number | undefined => (value === -1 ? undefined : value);

export const readEventSource: Reader = (resource, into) => {
  const properties = read(resource, eventSourceProperties);
  const id = uuidOf(resource);
  const isStream = properties.EventSourceArn.includes(':dynamodb:');
  if (!isStream && !properties.EventSourceArn.includes(':sqs:')) {
    throw notSupported(resource, 'Only table streams and queues can be event sources here.');
  }
  requireSound(resource, properties, into);
  const patterns = (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) =>
    checked(resource, () => {
      const pattern = document.parse(JSON.parse(Pattern));
      compilePattern(pattern);
      return pattern;
    }),
  );
  into.eventSources.push({
    logicalId: resource.logicalId,
    id,
    functionArn: functionOf(resource, into.functions, properties.FunctionName).arn,
    sourceArn: properties.EventSourceArn,
    enabled: properties.Enabled,
    batchSize: properties.BatchSize ?? (isStream ? 100 : 10),
    windowSeconds: properties.MaximumBatchingWindowInSeconds ?? 0,
    startingPosition: properties.StartingPosition ?? 'LATEST',
    patterns,
    bisect: properties.BisectBatchOnFunctionError ?? false,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    maxRetryAttempts: bounded(properties.MaximumRetryAttempts),
    maxRecordAgeSeconds: bounded(properties.MaximumRecordAgeInSeconds),
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
    parallelization: properties.ParallelizationFactor ?? 1,
  });
  return { ref: id, attributes: { Id: id } };
};
