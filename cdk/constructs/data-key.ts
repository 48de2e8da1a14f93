import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DATA_KEY_PURPOSE } from '../../shared/secrets/key-service.ts';
import type { Lifetime } from './lifetime.ts';

/**
 * The key around the data keys that personal data is sealed with. KMS changes its material every year by itself and goes
 * on opening what it closed before. Without it no personal data can be read again, so it outlives the stack like the table.
 */
export class DataKey extends Construct {
  readonly keyId: string;
  readonly #key: Key;

  constructor(scope: Construct, id: string, lifetime: Lifetime) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Personal data of Jieli: closes the data keys that lie in the table',
      enableKeyRotation: true,
      removalPolicy: lifetime.removalPolicy,
    });
    this.keyId = this.#key.keyId;
  }

  /** Lets a function read and write personal data; one that makes new data keys sees none of them open by that. */
  allow(to: IGrantable, more: { readonly makes: boolean } = { makes: false }): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', ...(more.makes ? ['kms:GenerateDataKeyWithoutPlaintext'] : [])],
        resources: [this.#key.keyArn],
        conditions: { StringEquals: { 'kms:EncryptionContext:purpose': DATA_KEY_PURPOSE } },
      }),
    );
  }

  /** Lets a function see whether the key is there to stay, and no more. */
  allowToLook(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [this.#key.keyArn] }),
    );
  }
}
