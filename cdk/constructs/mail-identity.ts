import { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination, EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Options } from '../options.ts';
import type { BundledFunction } from './bundled-function.ts';

/**
 * The domain that mail comes from, as SES knows it. Its owner enters the three DKIM records that SES shows. What comes back of the mails,
 * and who complains, is told by the default bus of EventBridge.
 */
export class MailIdentity extends Construct {
  readonly #arns: readonly string[];
  readonly #set: CfnConfigurationSet;

  constructor(scope: Construct, id: string, { mailFrom, mailIdentity }: Options) {
    super(scope, id);
    const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
    if (mailIdentity !== 'existing') new EmailIdentity(this, 'Domain', { identity: Identity.domain(domain) });
    this.#set = new CfnConfigurationSet(this, 'Set', {
      reputationOptions: { reputationMetricsEnabled: true },
      // the table has the list: SES's own would go on refusing an address that a coordinator found to be right
      suppressionOptions: { suppressedReasons: [] },
    });
    const arnOf = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    new CfnConfigurationSetEventDestination(this, 'CameBack', {
      configurationSetName: this.#set.ref,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ['BOUNCE', 'COMPLAINT'],
        eventBridgeDestination: {
          eventBusArn: Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
        },
      },
    });
    this.#arns = [arnOf('identity', domain), arnOf('configuration-set', this.#set.ref)];
  }

  get configurationSet(): string {
    return this.#set.ref;
  }

  /**
   * Mail goes as one raw MIME message, so that it can carry its own Message-ID; SES checks both actions for it. What comes back
   * of it goes to the same function.
   */
  connect(to: BundledFunction): void {
    to.addEnvironment('MAIL_CONFIGURATION_SET', this.configurationSet);
    to.addToRolePolicy(
      new PolicyStatement({ actions: ['ses:SendEmail', 'ses:SendRawEmail'], resources: [...this.#arns] }),
    );
    new Rule(this, 'Feedback', {
      description: 'Tells the notifier of mails that came back, and of complaints',
      eventPattern: {
        source: ['aws.ses'],
        detailType: ['Email Bounced', 'Email Complaint Received'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet] } } },
      },
      targets: [new LambdaFunction(to)],
    });
  }
}
