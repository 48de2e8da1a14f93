import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ANCHORS } from '../../shared/audit/anchor.ts';
import { acknowledge } from './acknowledge.ts';
import type { BundledFunction } from './bundled-function.ts';
import type { Lifetime } from './lifetime.ts';

/**
 * Where the audit's chains are anchored outside the table: objects that nobody, not even the account's owner, can change
 * or remove for ten years. They hold hashes, nothing personal. The bucket outlives the stack.
 */
export class Anchors extends Construct {
  readonly bucketName: string;
  readonly #bucket: Bucket;
  /** the bucket's name within the template */
  readonly #logicalId: string;

  constructor(scope: Construct, id: string, lifetime: Lifetime) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: lifetime.kept
        ? ObjectLockRetention.compliance(Duration.days(3_650))
        : ObjectLockRetention.governance(Duration.days(1)),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // what is locked could not be removed with the stack anyway; a failed first deployment leaves nothing in it
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(
      this.#bucket,
      'S1',
      'Two functions write it and an auditor reads it; objects say by themselves what was written.',
    );
    this.bucketName = this.#bucket.bucketName;
    this.#logicalId = Stack.of(this).resolve(this.#bucket.bucketArn)['Fn::GetAtt'][0];
  }

  /** Lets a function add anchors: never over one that is there. */
  allow(to: BundledFunction): void {
    const resources = [this.#bucket.arnForObjects(`${ANCHORS}*`)];
    to.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources }));
    to.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['s3:PutObject'],
        resources,
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
    acknowledge(
      to.role,
      `IAM5[Resource::<${this.#logicalId}.Arn>/${ANCHORS}*]`,
      'An anchor is named after what is in it.',
    );
  }
}
