import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says of a finding of cdk-nag why it stands.
 * @param rule the rule as cdk-nag reports it, with the finding in brackets where it names one
 * @param reason for whoever reviews the stack
 */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}
