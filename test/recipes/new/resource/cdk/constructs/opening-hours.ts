import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/** When the hub answers, for those who look it up in the account. */
export class OpeningHours extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new StringParameter(this, 'Hours', { stringValue: '8:00–20:00' });
  }
}
