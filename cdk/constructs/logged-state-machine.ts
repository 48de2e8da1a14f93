import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, QueryLanguage, type State, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface LoggedStateMachineProps {
  /** behind the stack's name */
  readonly name: string;
  /** the functions it may call */
  readonly called: readonly IFunction[];
  /** builds the states and gives the first */
  readonly states: (scope: Construct) => State;
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

/** A state machine with its log, and a role that may call the functions it uses and nothing else. */
export class LoggedStateMachine extends Construct {
  readonly machine: StateMachine;
  readonly machineName: string;
  /** any execution of the machine */
  readonly executionsArn: string;

  constructor(scope: Construct, id: string, { name, called, states }: LoggedStateMachineProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: called.map((each) => each.functionArn),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: withoutResource, resources: ['*'] }));
    acknowledge(role, 'IAM5[Resource::*]', 'Log deliveries and traces have no resource that a policy could name.');

    this.machineName = `${Stack.of(this).stackName}-${name}`;
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: this.machineName,
      definitionBody: DefinitionBody.fromChainable(states(new Construct(this, 'States'))),
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
