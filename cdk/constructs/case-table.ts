import { Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
} from 'aws-cdk-lib/aws-dynamodb';
import { Effect, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DATA_KEYS, indexes } from '../../shared/store/keys.ts';
import type { Options } from '../options.ts';
import { type Lifetime, lifetimeOf } from './lifetime.ts';

/** What a function does with the table: each action as IAM names it. A transaction is allowed by the writes in it. */
type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem';

export interface TableUse {
  readonly actions: readonly TableAction[];
  /** the indexes that it queries */
  readonly indexes?: readonly (keyof typeof indexes)[];
  /**
   * What it may do with the tokens by which a workflow waits. Whoever has one can answer for anybody, so only the
   * function that asks writes them and only the one that answers reads them.
   */
  readonly tokens?: 'write' | 'read';
  /** whether it makes new data keys; nobody else could make personal data unreadable by writing over them */
  readonly dataKeys?: 'write';
}

const writing = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

/** What is denied on the tokens of the workflow to a function of each kind. */
const denied = {
  none: ['*'],
  write: ['GetItem', 'BatchGetItem', 'Query', 'Scan'],
  read: writing,
};

/** The one table, its indexes and its stream. */
export class CaseTable extends Construct {
  /** the table that is worked with: the stack's own, or one restored from it */
  readonly table: Pick<ITable, 'tableArn' | 'tableName'>;
  readonly streamArn: string;
  /** how a function comes to know it */
  readonly environment: { readonly TABLE_NAME: string; readonly INDEX_SHARDS: string };
  /** the table's ARN as cdk-nag writes it */
  readonly reportedArn: string;

  /** With `restoredTable` its own table stays as it is, and nobody works with it. */
  constructor(scope: Construct, id: string, options: Options) {
    super(scope, id);
    const { restoredTable: restored, indexShards } = options;
    const own = this.makeOwn(lifetimeOf(options));
    const tableArn = restored?.replace(/\/stream\/.*$/, '');
    const streamArn = restored ?? own.tableStreamArn;
    if (!streamArn) throw new Error('the table has no stream');
    this.table = tableArn ? Table.fromTableAttributes(this, 'Restored', { tableArn, tableStreamArn: streamArn }) : own;
    this.streamArn = streamArn;
    this.reportedArn = tableArn ?? `<${Stack.of(this).resolve(own.tableArn)['Fn::GetAtt'][0]}.Arn>`;
    this.environment = { TABLE_NAME: this.table.tableName, INDEX_SHARDS: String(indexShards) };
  }

  private makeOwn(lifetime: Lifetime): Table {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const table = new Table(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // the stream is the outbox: its readers need what was written, never what was there before
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expires',
      deletionProtection: lifetime.locked,
      removalPolicy: lifetime.removalPolicy,
    });
    for (const { name, pk, sk } of Object.values(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(pk),
        sortKey: text(sk),
        // an inbox page is one Query; cases are read by key, since an index lags
        projectionType: name === indexes.inbox.name ? ProjectionType.ALL : ProjectionType.KEYS_ONLY,
      });
    }
    return table;
  }

  /**
   * Allows what is used, denies the tokens of the workflow to whoever has no business with them, and denies everybody to
   * remove or update in place what is chained. IAM knows partitions, not sort keys: that a put does not write over an
   * event is its condition's work, and a put without one is found by the anchors.
   */
  allow(to: IGrantable, use: TableUse): void {
    const grantee = to.grantPrincipal;
    const named = (actions: readonly string[]) => actions.map((action) => `dynamodb:${action}`);
    grantee.addToPrincipalPolicy(
      new PolicyStatement({ actions: named(use.actions), resources: [this.table.tableArn] }),
    );
    if (use.indexes) {
      const resources = use.indexes.map((index) => `${this.table.tableArn}/index/${indexes[index].name}`);
      grantee.addToPrincipalPolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources }));
    }
    const deny = (actions: readonly string[], ...leadingKeys: string[]) =>
      grantee.addToPrincipalPolicy(
        new PolicyStatement({
          effect: Effect.DENY,
          actions: named(actions),
          resources: [this.table.tableArn],
          conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': leadingKeys } },
        }),
      );
    deny(denied[use.tokens ?? 'none'], 'TOKEN#*');
    deny(['DeleteItem', 'UpdateItem', 'BatchWriteItem', 'PartiQLDelete', 'PartiQLUpdate'], 'CASE#*', 'TRACE#*');
    if (use.dataKeys !== 'write') deny(writing, DATA_KEYS);
  }
}
