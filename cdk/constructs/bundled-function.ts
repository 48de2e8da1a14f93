import type { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionName } from '../bundle.ts';
import { acknowledge } from './acknowledge.ts';
import type { Installation } from './installation.ts';
import { lifetimeOf } from './lifetime.ts';

export interface BundledFunctionProps {
  readonly name: FunctionName;
  readonly description: string;
  /** megabytes; the share of a processor grows with them, a whole one at 1,769 */
  readonly memory: number;
  readonly timeout: Duration;
  /** how many may run at once, kept for it out of the account's quota; left out, as many as the account has */
  readonly atOnce?: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** One of our functions: its bundle, a role that may write its own log and nothing more, and that log. */
export class BundledFunction extends LambdaFunction {
  declare readonly role: Role;

  constructor(scope: Construct, id: string, { bundles, options }: Installation, props: BundledFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      // long enough to look into a complaint; logs hold ids and codes, the history is in the table
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: lifetimeOf(options).removalPolicy,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    acknowledge(role, 'IAM5[Resource::*]', 'X-Ray takes segments without a resource; nothing else here is open.');
    super(scope, id, {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundles.directoryOf(props.name)),
      handler: 'index.handler',
      memorySize: props.memory,
      timeout: props.timeout,
      ...(props.atOnce !== undefined && { reservedConcurrentExecutions: props.atOnce }),
      environment: { ...props.environment },
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
    });
  }
}
