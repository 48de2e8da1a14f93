import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Options } from '../options.ts';

/** The domain that mail comes from, as SES knows it. Its owner enters the three DKIM records that SES shows. */
export class MailIdentity extends Construct {
  readonly #arn: string;

  constructor(scope: Construct, id: string, { mailFrom, mailIdentity }: Options) {
    super(scope, id);
    const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
    if (mailIdentity === 'create') new EmailIdentity(this, 'Domain', { identity: Identity.domain(domain) });
    this.#arn = Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: domain });
  }

  /** Mail goes as one raw MIME message, so that it can carry its own Message-ID; SES checks both actions for it. */
  allow(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['ses:SendEmail', 'ses:SendRawEmail'], resources: [this.#arn] }),
    );
  }
}
