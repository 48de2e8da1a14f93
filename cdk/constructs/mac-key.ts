import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Lifetime } from './lifetime.ts';

/**
 * The key under all message authentication codes: private links, look-ups of personal data, sealed cookies. It never
 * leaves KMS. Without it every private link that was ever mailed is void, so it outlives the stack like the table.
 */
export class MacKey extends Construct {
  readonly keyId: string;
  readonly #key: Key;

  constructor(scope: Construct, id: string, lifetime: Lifetime) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Message authentication codes of Jieli: private links and look-ups',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: lifetime.removalPolicy,
    });
    this.keyId = this.#key.keyId;
  }

  allow(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [this.#key.keyArn] }),
    );
  }

  /** Lets a function see whether the key is there to stay, and no more. */
  allowToLook(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [this.#key.keyArn] }),
    );
  }
}
