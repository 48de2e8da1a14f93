import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError, invalid } from '../engine-error.ts';
import type { Definition } from '../storage/definition.ts';
import type { Table } from '../storage/table.ts';
import { tableNameIn } from './asked-table.ts';
import { shaped } from './create-table.ts';
import { tableDescription } from './describe-table.ts';
import { fillIndex } from './fill-index.ts';
import type { Context, Input } from './operation.ts';

/** Days for which AWS keeps what a table held. */
const KEPT_DAYS = 35;

const turned = z.object({ PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }) });
const request = z.strictObject({
  SourceTableName: z.string().optional(),
  SourceTableArn: z.string().optional(),
  TargetTableName: z.string(),
  UseLatestRestorableTime: z.boolean().default(false),
  /** seconds */
  RestoreDateTime: z.number().optional(),
});

/** A table by its name. Throws TableNotFoundException, as calls about backups do. */
function kept({ store }: Context, asked: unknown): Table {
  const table = store.catalogue.find(tableNameIn(asked));
  if (table !== undefined) return table;
  throw new EngineError('TableNotFoundException', `Table not found: ${tableNameIn(asked)}`);
}

/** No history is kept: of all times between which AWS restores there is one, which is now. */
function description(now: number, { recovers }: Definition): string {
  const status = recovers === true ? 'ENABLED' : 'DISABLED';
  return JSON.stringify({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: status,
        ...(recovers === true && {
          RecoveryPeriodInDays: KEPT_DAYS,
          EarliestRestorableDateTime: now / 1_000,
          LatestRestorableDateTime: now / 1_000,
        }),
      },
    },
  });
}

export function describeBackups(context: Context, { TableName }: Input): string {
  return description(context.store.now(), kept(context, TableName).definition);
}

export function updateBackups(context: Context, input: Input): string {
  const { PointInTimeRecoveryEnabled: recovers } = shaped(turned, input).PointInTimeRecoverySpecification;
  const table = kept(context, input.TableName);
  const { definition } = context.store.catalogue.change(table, { ...table.definition, recovers });
  return description(context.store.now(), definition);
}

function checkTime(asked: z.output<typeof request>, now: number): void {
  const { UseLatestRestorableTime: isLatest, RestoreDateTime: at } = asked;
  if (isLatest === (at !== undefined)) {
    throw invalid('One of RestoreDateTime and UseLatestRestorableTime must be specified, and not both');
  }
  if (isLatest || at === now / 1_000) return;
  throw new EngineError(
    'InvalidRestoreTimeException',
    `An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime: no history is kept here, and both are ${new Date(now).toISOString()}`,
  );
}

/**
 * Makes another table with the items and indexes of one as it is now; stream, expiry, tags, protection and recovery do not come along.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html
 */
export function restoreTable(context: Context, input: Input): string {
  const asked = shaped(request, input);
  const { store, names } = context;
  const source = kept(context, asked.SourceTableName ?? asked.SourceTableArn);
  const name = tableNameIn(asked.TargetTableName);
  if (store.catalogue.find(name)) {
    throw new EngineError('TableAlreadyExistsException', `Table already exists: ${name}`);
  }
  if (source.definition.recovers !== true) {
    throw new EngineError(
      'PointInTimeRecoveryUnavailableException',
      `Point in time recovery is not enabled for table '${source.name}'`,
    );
  }
  const now = store.now();
  checkTime(asked, now);
  const { keySchema, attributes, globalIndexes, localIndexes, billing, throughput } = source.definition;
  const table = store.catalogue.add(name, {
    ...{ uuid: randomUUID(), created: now, keySchema, attributes, globalIndexes, localIndexes, billing, throughput },
    ...{ tags: [], isProtected: false, restored: { from: source.name, at: now } },
  });
  store.items.copy(source.id, table.id);
  [table.items, table.bytes] = [source.items, source.bytes];
  for (const index of table.indexes) fillIndex(store, table, index);
  return JSON.stringify({ TableDescription: tableDescription(names, table, 'CREATING', 'CREATING') });
}
