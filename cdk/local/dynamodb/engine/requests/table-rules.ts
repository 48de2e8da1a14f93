import { invalid } from '../engine-error.ts';
import { type Input, isInput } from './check-shape.ts';
import { checkIndexes, checkKeySchema, namesIn } from './key-schema-rules.ts';

const wrong = (what: string) => invalid(`One or more parameter values were invalid: ${what}`);
const isGiven = (json: unknown): boolean => json !== undefined && json !== null;

const MOST_UNITS = 1_000_000_000_000;

function checkThroughput({ BillingMode, ProvisionedThroughput }: Input): void {
  if (BillingMode === 'PAY_PER_REQUEST') {
    if (!isGiven(ProvisionedThroughput)) return;
    throw wrong(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (!isInput(ProvisionedThroughput)) {
    throw wrong('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
  }
  checkUnits(ProvisionedThroughput);
}

function checkUnits(throughput: Input): void {
  for (const name of ['ReadCapacityUnits', 'WriteCapacityUnits']) {
    const units = throughput[name];
    if (typeof units === 'number' && units > MOST_UNITS) {
      throw invalid(`Given value ${units} for ${name} is out of bounds`);
    }
  }
}

function createTable(input: Input): void {
  checkThroughput(input);
  const defined = namesIn(input.AttributeDefinitions);
  checkKeySchema(input.KeySchema, defined);
  checkIndexes(input, defined);
}

function updateTable(input: Input): void {
  const { BillingMode, ProvisionedThroughput, GlobalSecondaryIndexUpdates } = input;
  const updates: readonly unknown[] = Array.isArray(GlobalSecondaryIndexUpdates) ? GlobalSecondaryIndexUpdates : [];
  const changes = ['ProvisionedThroughput', 'BillingMode', 'StreamSpecification', 'DeletionProtectionEnabled'];
  if (updates.length === 0 && !changes.some((name) => isGiven(input[name]))) {
    throw invalid(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  if (BillingMode === 'PROVISIONED' && !isGiven(ProvisionedThroughput)) {
    throw wrong('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  }
  if (BillingMode === 'PAY_PER_REQUEST') checkThroughput(input);
  if (isInput(ProvisionedThroughput)) checkUnits(ProvisionedThroughput);
  const seen = new Set<unknown>();
  for (const update of updates) {
    const [action] = isInput(update) ? Object.values(update).filter(isInput) : [];
    if (action === undefined) {
      throw wrong(
        'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
      );
    }
    if (seen.has(action.IndexName)) {
      const words = 'Only one global secondary index update per index is allowed simultaneously. Index: ';
      throw wrong(words + String(action.IndexName));
    }
    seen.add(action.IndexName);
  }
}

/** What must hold between the fields of requests about tables. Each throws in AWS's words. */
export const tableRules: Readonly<Record<string, (input: Input) => void>> = {
  CreateTable: createTable,
  UpdateTable: updateTable,
};
