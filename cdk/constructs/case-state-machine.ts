import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, QueryLanguage, type State, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Kind } from '../../shared/domain/ids.ts';
import type { StageFunctions } from '../../workflows/stage-functions.ts';
import { acknowledge } from './acknowledge.ts';

export interface CaseStateMachineProps {
  readonly kind: Kind;
  readonly functions: StageFunctions;
  /** builds the states and gives the first */
  readonly workflow: (scope: Construct, functions: StageFunctions) => State;
}

/** What Step Functions needs to set up its log and to send traces; AWS knows no resources for either. */
const withoutResource = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** The state machine of a kind of case, with a role that may call the stage functions it uses and nothing else. */
export class CaseStateMachine extends Construct {
  readonly machine: StateMachine;
  readonly machineName: string;
  /** any execution of the machine */
  readonly executionsArn: string;

  constructor(scope: Construct, id: string, { kind, functions, workflow }: CaseStateMachineProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const { screen, openTask, advance, cover } = functions;
    const called = [screen, openTask, advance, ...(kind === 'insurance' ? [cover] : [])];
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: called.map((each) => each.functionArn),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: withoutResource, resources: ['*'] }));
    acknowledge(role, 'IAM5[Resource::*]', 'Log deliveries and traces have no resource that a policy could name.');

    this.machineName = `${Stack.of(this).stackName}-${kind}`;
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: this.machineName,
      definitionBody: DefinitionBody.fromChainable(workflow(new Construct(this, 'States'), functions)),
      queryLanguage: QueryLanguage.JSONATA,
      // without the states' own additions: they would also allow every version of each function
      role: role.withoutPolicyUpdates(),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Log', {
          // Step Functions writes to groups under this prefix without changing the account's log policy, which is short
          logGroupName: `/aws/vendedlogs/states/${this.machineName}`,
          retention: RetentionDays.THREE_MONTHS,
          // goes with the stack, or its fixed name would stand in the way of the next; the history is in the table
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    this.machine.node.addDependency(role);
    this.executionsArn = Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.machineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
