import { invalid } from '../engine-error.ts';
import { type Input, isInput } from './check-shape.ts';

const wrong = (what: string) => invalid(`One or more parameter values were invalid: ${what}`);

const inputsIn = (json: unknown): readonly Input[] => (Array.isArray(json) ? json.filter(isInput) : []);

/** The `AttributeName`s of a list. */
export const namesIn = (json: unknown): readonly string[] =>
  inputsIn(json).map(({ AttributeName }) => String(AttributeName));

function checkOrder(schema: unknown): void {
  const names = namesIn(schema);
  const [hash, range] = inputsIn(schema);
  if (names[0] === names[1]) {
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (hash?.KeyType !== 'HASH') {
    throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (range && range.KeyType !== 'RANGE') {
    throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
}

function checkDefined(names: readonly string[], defined: readonly string[]): void {
  if (names.every((name) => defined.includes(name))) return;
  throw wrong(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
  );
}

/** Throws in AWS's words for a table's key that cannot be. */
export function checkKeySchema(schema: unknown, defined: readonly string[]): void {
  const names = namesIn(schema);
  if (names.length > defined.length) {
    throw invalid('Invalid KeySchema: Some index key attribute have no definition');
  }
  checkDefined(names, defined);
  checkOrder(schema);
}

const MOST_LOCAL = 5;
const MOST_GLOBAL = 20;

/** Throws in AWS's words for indexes that cannot be, and for definitions that no key uses. */
export function checkIndexes(input: Input, defined: readonly string[]): void {
  const { KeySchema, LocalSecondaryIndexes, GlobalSecondaryIndexes } = input;
  const local = listed('LocalSecondaryIndexes', LocalSecondaryIndexes);
  const global = listed('GlobalSecondaryIndexes', GlobalSecondaryIndexes);
  const [hash, range] = namesIn(KeySchema);
  if (local.length > 0 && range === undefined) {
    throw wrong('Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex');
  }
  const seen = new Set<string>();
  for (const index of local) {
    checkIndex(index, defined, seen);
    checkLocal(index, hash);
  }
  for (const index of global) {
    checkIndex(index, defined, seen);
    if (input.BillingMode === 'PAY_PER_REQUEST' && index.ProvisionedThroughput) {
      throw wrong(
        `ProvisionedThroughput should not be specified for index: ${String(index.IndexName)} when BillingMode is PAY_PER_REQUEST`,
      );
    }
  }
  if (local.length > MOST_LOCAL) throw wrong('Number of LocalSecondaryIndexes exceeds per-table limit of 5');
  if (global.length > MOST_GLOBAL) throw wrong('GlobalSecondaryIndex count exceeds the per-table limit of 20');
  refuseUnused([KeySchema, ...[...local, ...global].map((index) => index.KeySchema)].flatMap(namesIn), defined);
}

function listed(name: string, json: unknown): readonly Input[] {
  if (Array.isArray(json) && json.length === 0) throw wrong(`List of ${name} is empty`);
  return inputsIn(json);
}

function checkIndex({ IndexName, KeySchema, Projection }: Input, defined: readonly string[], seen: Set<string>): void {
  const name = String(IndexName);
  checkDefined(namesIn(KeySchema), defined);
  checkOrder(KeySchema);
  const { ProjectionType, NonKeyAttributes } = isInput(Projection) ? Projection : {};
  if (ProjectionType === undefined || ProjectionType === null) throw wrong('Unknown ProjectionType: null');
  if (NonKeyAttributes && ProjectionType !== 'INCLUDE') {
    throw wrong(`ProjectionType is ${String(ProjectionType)}, but NonKeyAttributes is specified`);
  }
  if (seen.has(name)) throw wrong(`Duplicate index name: ${name}`);
  seen.add(name);
}

function checkLocal({ IndexName, KeySchema }: Input, tableHash: string | undefined): void {
  const [hash, range] = namesIn(KeySchema);
  const name = String(IndexName);
  if (range === undefined) throw wrong(`Index KeySchema does not have a range key for index: ${name}`);
  if (hash === tableHash) return;
  throw wrong(
    `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${hash}, table hash key: ${tableHash}`,
  );
}

function refuseUnused(used: readonly string[], defined: readonly string[]): void {
  if (new Set(used).size === new Set(defined).size) return;
  throw wrong(
    'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
  );
}
