import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { NotifyEnv, NotifyEvent } from '../../functions/notify/env.ts';
import type { RelayEnv } from '../../functions/relay/env.ts';
import type { Options } from '../options.ts';
import { BundledFunction } from './bundled-function.ts';
import type { Installation } from './installation.ts';
import type { Jobs } from './jobs.ts';
import { MailIdentity } from './mail-identity.ts';
import { StreamReader } from './stream-reader.ts';
import type { Workflows } from './workflows.ts';

export interface OutboxProps {
  readonly workflows: Workflows;
  readonly jobs: Jobs;
  /** where mails say that people reach the hub */
  readonly publicUrl: string;
}

function transport({ mail, smtpUrl, smtpSecret }: Options) {
  return {
    MAIL_TRANSPORT: mail,
    ...(smtpUrl !== undefined && { SMTP_URL: smtpUrl }),
    // its name alone: whoever may look at the function must not see the password
    ...(smtpSecret !== undefined && { SMTP_SECRET: smtpSecret }),
  };
}

/** Lets a function read one secret; AWS ends its ARN with six characters that nobody knows beforehand. */
function allowSecret(to: BundledFunction, name: string): void {
  const resource = Stack.of(to).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${name}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  to.addToRolePolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [resource] }));
}

/**
 * What carries on what was written: the relay to the workflows and to where chains are anchored, the notifier to people.
 * A stream serves these two readers. */
export class Outbox extends Construct {
  readonly relay: BundledFunction;
  readonly notify: BundledFunction;
  readonly relaying: StreamReader;
  readonly notifying: StreamReader;

  constructor(scope: Construct, id: string, installation: Installation, { workflows, jobs, publicUrl }: OutboxProps) {
    super(scope, id);
    const { table, macKey, dataKey, anchors, options } = installation;

    this.relay = new BundledFunction(this, 'Relay', installation, {
      name: 'relay',
      description: 'Starts the workflow of a new case, gives it the answers of people, anchors what was written',
      memory: 512,
      timeout: Duration.seconds(60),
      environment: {
        ...table.environment,
        ANCHOR_BUCKET: anchors.bucketName,
        JOBS_MACHINE_ARN: jobs.machine.machine.stateMachineArn,
        ...workflows.environment,
      } satisfies z.input<typeof RelayEnv>,
    });
    table.allow(this.relay, { actions: ['GetItem'], tokens: 'read' });
    const arnsOf = (...machines: readonly { readonly machine: StateMachine }[]): string[] =>
      machines.map(({ machine }) => machine.stateMachineArn);
    const ofCases = Object.values(workflows.machines);
    for (const { actions, resources } of [
      { actions: ['states:StartExecution'], resources: arnsOf(...ofCases, jobs.machine) },
      // a job asks nobody
      { actions: ['states:SendTaskSuccess'], resources: arnsOf(...ofCases) },
    ])
      this.relay.addToRolePolicy(new PolicyStatement({ actions, resources }));
    anchors.allow(this.relay);
    this.relaying = new StreamReader(this, 'Relaying', {
      table,
      reader: this.relay,
      marked: { anchor: ['event', 'trace'], relay: ['job-run'] },
      batchSize: 25,
      // some minutes; what is set aside then, the sweep asks for again
      retries: 20,
      patience: Duration.hours(1),
    });

    this.notify = new BundledFunction(this, 'Notify', installation, {
      name: 'notify',
      description: 'Mails what happened to those it concerns',
      memory: 512,
      // ten events of some mails each, to a slow server
      timeout: Duration.minutes(2),
      environment: {
        ...table.environment,
        MAC_KEY_ID: macKey.keyId,
        DATA_KEY_ID: dataKey.keyId,
        PUBLIC_URL: publicUrl,
        MAIL_FROM: options.mailFrom,
        ...transport(options),
      } satisfies z.input<typeof NotifyEnv>,
    });
    // PutItem remembers what was sent, UpdateItem counts links that are mailed, DeleteItem ends the waiting of a mail
    table.allow(this.notify, { actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'] });
    macKey.allow(this.notify);
    dataKey.allow(this.notify);
    if (options.mail === 'ses') new MailIdentity(this, 'MailIdentity', options).connect(this.notify);
    if (options.smtpSecret !== undefined) allowSecret(this.notify, options.smtpSecret);
    this.notifying = new StreamReader(this, 'Notifying', {
      table,
      reader: this.notify,
      marked: { notify: ['event', 'letter'] },
      batchSize: 10,
      // for a table that is away: what a mail server does not take is put aside, and holds up no others
      retries: 500,
      patience: Duration.hours(6),
    });
    new Rule(this, 'HourlyMails', {
      description: 'Tries mails again that were not taken yet',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [
        new LambdaFunction(this.notify, {
          event: RuleTargetInput.fromObject({ mails: 'waiting' } satisfies NotifyEvent),
          // the next one comes anyway
          retryAttempts: 1,
          maxEventAge: Duration.minutes(30),
        }),
      ],
    });
  }
}
