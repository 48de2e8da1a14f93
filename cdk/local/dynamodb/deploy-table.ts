import { z } from 'zod';
import type { TableSpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import type { EngineClient } from './engine-client.ts';

const described = z.object({
  Table: z.object({
    KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
    GlobalSecondaryIndexes: z
      .array(z.object({ IndexName: z.string(), KeySchema: z.json(), Projection: z.json() }))
      .default([]),
    StreamSpecification: z.object({ StreamEnabled: z.boolean(), StreamViewType: z.string().optional() }).optional(),
  }),
});
const lifetime = z.object({
  TimeToLiveDescription: z.object({ AttributeName: z.string().optional(), TimeToLiveStatus: z.string() }),
});

const target = (operation: string): string => `DynamoDB_20120810.${operation}`;

async function describe(engine: EngineClient, name: string) {
  try {
    return described.parse(await engine.call(target('DescribeTable'), { TableName: name })).Table;
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/**
 * Makes a table as the template has it, or changes the one that is there: indexes come and go, the stream is turned on.
 * Throws when the table's own key has changed: a deployment would replace the table and its data.
 */
export async function deployTable(engine: EngineClient, table: TableSpec): Promise<void> {
  const existing = await describe(engine, table.name);
  const stream = table.streamViewType && { StreamEnabled: true, StreamViewType: table.streamViewType };
  if (existing === undefined) {
    await engine.call(target('CreateTable'), {
      TableName: table.name,
      KeySchema: table.keySchema,
      AttributeDefinitions: table.attributes,
      BillingMode: 'PAY_PER_REQUEST',
      ...(table.globalIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalIndexes }),
      ...(table.localIndexes.length > 0 && { LocalSecondaryIndexes: table.localIndexes }),
      ...(stream && { StreamSpecification: stream }),
    });
  } else {
    if (canonical(existing.KeySchema) !== canonical(table.keySchema)) {
      throw new Error(
        `The key of ${table.logicalId} has changed: that would be another table, without this one's data.`,
      );
    }
    if (stream && existing.StreamSpecification?.StreamEnabled !== true) {
      await engine.call(target('UpdateTable'), { TableName: table.name, StreamSpecification: stream });
    }
    await deployIndexes(engine, table, existing.GlobalSecondaryIndexes);
  }
  await deployLifetime(engine, table);
  if (table.recovers !== undefined) {
    await engine.call(target('UpdateContinuousBackups'), {
      TableName: table.name,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: table.recovers },
    });
  }
}

async function deployIndexes(
  engine: EngineClient,
  table: TableSpec,
  existing: z.output<typeof described>['Table']['GlobalSecondaryIndexes'],
): Promise<void> {
  const update = (change: object): Promise<unknown> =>
    engine.call(target('UpdateTable'), {
      TableName: table.name,
      AttributeDefinitions: table.attributes,
      GlobalSecondaryIndexUpdates: [change],
    });
  const same = (left: { KeySchema: unknown; Projection: unknown }, right: typeof left): boolean =>
    canonical([left.KeySchema, left.Projection]) === canonical([right.KeySchema, right.Projection]);
  for (const index of existing) {
    const wanted = table.globalIndexes.find((each) => each.IndexName === index.IndexName);
    if (wanted === undefined || !same(wanted, index)) await update({ Delete: { IndexName: index.IndexName } });
  }
  for (const index of table.globalIndexes) {
    const there = existing.find((each) => each.IndexName === index.IndexName);
    if (there === undefined || !same(there, index)) await update({ Create: index });
  }
}

async function deployLifetime(engine: EngineClient, table: TableSpec): Promise<void> {
  const { TimeToLiveDescription: now } = lifetime.parse(
    await engine.call(target('DescribeTimeToLive'), { TableName: table.name }),
  );
  const enabled = now.TimeToLiveStatus === 'ENABLED' ? now.AttributeName : undefined;
  if (enabled === table.ttlAttribute) return;
  const AttributeName = table.ttlAttribute ?? enabled;
  await engine.call(target('UpdateTimeToLive'), {
    TableName: table.name,
    TimeToLiveSpecification: { AttributeName, Enabled: table.ttlAttribute !== undefined },
  });
}

/** JSON that is the same whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );
}
