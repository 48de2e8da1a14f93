import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { INCOMING } from '../../functions/env/incoming.ts';
import type { Options } from '../options.ts';
import { acknowledge } from './acknowledge.ts';
import type { BundledFunction } from './bundled-function.ts';

/**
 * Where browsers send files that are too large for the gateway, by forms that a function signed. A page reads and removes them within seconds;
 * what nobody comes for is gone after a day.
 */
export class Incoming extends Construct {
  /** what a function must know to sign forms and to read what came */
  readonly environment: { readonly INCOMING_BUCKET: string; readonly INCOMING_URL: string };
  readonly #bucket: Bucket;
  /** the bucket's name within the template */
  readonly #logicalId: string;

  constructor(scope: Construct, id: string, { incomingUrl }: Options) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ id: 'nobody came for it', prefix: INCOMING, expiration: Duration.days(1) }],
      // a bucket that is not empty cannot be removed; a day later there is nothing in it
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(
      this.#bucket,
      'S1',
      'Files stay for seconds, and the function that signs, reads and removes them logs what it did.',
    );
    const { bucketName, bucketRegionalDomainName } = this.#bucket;
    this.environment = {
      INCOMING_BUCKET: bucketName,
      INCOMING_URL: incomingUrl === undefined ? `https://${bucketRegionalDomainName}/` : `${incomingUrl}/${bucketName}`,
    };
    this.#logicalId = Stack.of(this).resolve(this.#bucket.bucketArn)['Fn::GetAtt'][0];
  }

  /** Lets a function sign forms, and read and remove what came by them. */
  allow(to: BundledFunction): void {
    to.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
        resources: [this.#bucket.arnForObjects(`${INCOMING}*`)],
      }),
    );
    acknowledge(
      to.role,
      `IAM5[Resource::<${this.#logicalId}.Arn>/${INCOMING}*]`,
      'A file has a name that nobody can guess, made when its form is.',
    );
  }
}
