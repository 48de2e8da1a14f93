import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { BundledFunction } from './bundled-function.ts';
import type { CaseTable } from './case-table.ts';

export interface StreamReaderProps {
  readonly table: CaseTable;
  readonly reader: BundledFunction;
  /** by the attribute with which an item asks for this reader, the entities that carry it */
  readonly marked: Readonly<Partial<Record<'anchor' | 'relay' | 'notify', readonly string[]>>>;
  /** how many events it is given at a time */
  readonly batchSize: number;
  /** how often an event is tried again; the service waits longer each time, up to about a minute */
  readonly retries: number;
  /** how long an event may be tried at all */
  readonly patience: Duration;
}

/**
 * Gives the events that were written to one of the stream's two readers, several at once: the order of a case's events
 * is promised to neither. An event that
 * cannot be carried on is found by halving, tried for so long, and then set aside for somebody to look at.
 */
export class StreamReader extends Construct {
  /** what could not be carried on; holds keys of events, no content */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, { table, reader, marked, ...pace }: StreamReaderProps) {
    super(scope, id);
    this.failures = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // the longest there is: somebody must look
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.failures, 'SQS3', 'This is itself the queue to which failures go; an alarm watches it.');

    const { streamArn } = table;
    reader.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [streamArn],
      }),
    );
    reader.addToRolePolicy(
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [`${table.table.tableArn}/stream/*`] }),
    );
    acknowledge(
      reader.role,
      `IAM5[Resource::${table.reportedArn}/stream/*]`,
      'A stream has a new name every time it is switched on; the policy names its table.',
    );
    reader.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failures.queueArn] }));

    const source = new EventSourceMapping(this, 'Source', {
      target: reader,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: pace.batchSize,
      filters: Object.entries(marked).map(([marker, entities]) =>
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: {
            NewImage: { entity: { S: FilterRule.or(...entities) }, [marker]: { S: FilterRule.isEqual('yes') } },
          },
        }),
      ),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: pace.retries,
      maxRecordAge: pace.patience,
      // order is kept item by item, and an event is an item: those of one case may overtake one another
      parallelizationFactor: 4,
      // as SqsDlq, which would also let it ask for the queue's attributes
      onFailure: { bind: () => ({ destination: this.failures.queueArn }) },
    });
    // AWS tries the permissions when the mapping is made
    if (reader.role) source.node.addDependency(reader.role);
  }
}
