import type { Random } from './random.ts';
import { condition, made, placeholders, projection, update } from './random-expressions.ts';
import { type Json, keyValue, names, value } from './random-values.ts';
import { type Table, tables } from './tables.ts';

/** An operation and its input. */
export interface Call {
  readonly operation: string;
  readonly input: Json;
}

const partitions = ['p', 'q', '中', '\u{1f600}'];

function keyOf(random: Random, { pk, sk }: Table): Json {
  const key = {
    [pk.name]: keyValue(random, pk.type, partitions),
    ...(sk && { [sk.name]: keyValue(random, sk.type) }),
  };
  if (random.chance(0.01)) return random.pick([{}, { ...key, more: { S: 'x' } }, { other: { S: 'x' } }]);
  return key;
}

function itemOf(random: Random, table: Table): Json {
  const filled = random.some(0, 5, () => [random.pick(names), value(random)] as const);
  const indexed = table.indexes.length > 0 && random.chance(0.8);
  return {
    ...keyOf(random, table),
    ...Object.fromEntries(filled),
    ...(indexed && { gs: keyValue(random, 'S', partitions), gn: keyValue(random, 'N') }),
  };
}

const consumed = (random: Random): Json =>
  random.chance(0.5) ? { ReturnConsumedCapacity: random.pick(['TOTAL', 'INDEXES', 'NONE']) } : {};

/** A condition, its placeholders, and whether a failure tells the item. */
function guarded(random: Random, share: number, expressions: Json = {}, given = made()): Json {
  const text = random.chance(share) ? condition(random, given) : undefined;
  return {
    ...expressions,
    ...(text !== undefined && { ConditionExpression: text }),
    ...placeholders(random, given),
    ...(random.chance(0.3) && { ReturnValuesOnConditionCheckFailure: random.pick(['ALL_OLD', 'NONE']) }),
  };
}

function updating(random: Random, share: number): Json {
  const given = made();
  return guarded(random, share, { UpdateExpression: update(random, given) }, given);
}

function projected(random: Random): Json {
  if (random.chance(0.6)) return {};
  const given = made();
  return { ProjectionExpression: projection(random, given), ...placeholders(random, given) };
}

const returned = (random: Random, ...from: readonly string[]): Json =>
  random.chance(0.5) ? { ReturnValues: random.pick(from) } : {};

const one: Readonly<Record<string, (random: Random, table: Table) => Json>> = {
  PutItem: (random, table) => ({
    Item: itemOf(random, table),
    ...guarded(random, 0.3),
    ...returned(random, 'ALL_OLD', 'NONE', 'ALL_OLD', 'ALL_NEW'),
  }),
  DeleteItem: (random, table) => ({
    Key: keyOf(random, table),
    ...guarded(random, 0.3),
    ...returned(random, 'ALL_OLD', 'NONE'),
  }),
  UpdateItem: (random, table) => ({
    Key: keyOf(random, table),
    ...updating(random, 0.3),
    ...returned(random, 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW', 'NONE'),
  }),
  GetItem: (random, table) => ({
    Key: keyOf(random, table),
    ...projected(random),
    ...(random.chance(0.5) && { ConsistentRead: random.chance(0.5) }),
  }),
};

function transactPart(random: Random): Json {
  const table = random.pick(tables);
  const TableName = table.name;
  const kind = random.below(4);
  if (kind === 0) return { Put: { TableName, Item: itemOf(random, table), ...guarded(random, 0.3) } };
  if (kind === 1) return { Delete: { TableName, Key: keyOf(random, table), ...guarded(random, 0.2) } };
  if (kind === 2) return { Update: { TableName, Key: keyOf(random, table), ...updating(random, 0.2) } };
  return { ConditionCheck: { TableName, Key: keyOf(random, table), ...guarded(random, 1) } };
}

const many: Readonly<Record<string, (random: Random) => Json>> = {
  TransactWriteItems: (random) => ({
    TransactItems: random.some(1, 4, () => transactPart(random)),
    ...(random.chance(0.2) && { ClientRequestToken: `token-${random.below(5)}` }),
  }),
  TransactGetItems: (random) => ({
    TransactItems: random.some(1, 4, () => {
      const table = random.pick(tables);
      return { Get: { TableName: table.name, Key: keyOf(random, table), ...projected(random) } };
    }),
  }),
  BatchGetItem: (random) => ({
    RequestItems: Object.fromEntries(
      random.some(1, 2, () => {
        const table = random.pick(tables);
        return [table.name, { Keys: random.some(1, 5, () => keyOf(random, table)), ...projected(random) }] as const;
      }),
    ),
  }),
  BatchWriteItem: (random) => ({
    RequestItems: Object.fromEntries(
      random.some(1, 2, () => {
        const table = random.pick(tables);
        const requests = random.some(1, 4, () =>
          random.chance(0.7)
            ? { PutRequest: { Item: itemOf(random, table) } }
            : { DeleteRequest: { Key: keyOf(random, table) } },
        );
        return [table.name, requests] as const;
      }),
    ),
  }),
};

/** What both searches have: an index, a filter, a projection, a page's size. */
function searched(random: Random, given = made()): Json {
  const filter = random.chance(0.3) ? condition(random, given) : undefined;
  const shown = random.chance(0.2) ? projection(random, given) : undefined;
  return {
    ...(filter !== undefined && { FilterExpression: filter }),
    ...(shown !== undefined && { ProjectionExpression: shown }),
    ...(random.chance(0.3) && { Limit: 1 + random.below(5) }),
    ...(random.chance(0.1) && { Select: random.pick(['COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES']) }),
    ...placeholders(random, given),
  };
}

function query(random: Random, table: Table): Json {
  const index = table.indexes.length > 0 && random.chance(0.7) ? random.pick(table.indexes) : undefined;
  const { pk, sk } = index ?? table;
  const given = made();
  given.names['#pk'] = pk.name;
  given.values[':pk'] = keyValue(random, pk.type, partitions);
  let text = '#pk = :pk';
  if (sk && random.chance(0.7)) {
    given.names['#sk'] = sk.name;
    given.values[':one'] = keyValue(random, sk.type, partitions);
    const kind = random.below(5);
    if (kind === 0) {
      given.values[':two'] = keyValue(random, sk.type, partitions);
      text += ' AND #sk BETWEEN :one AND :two';
    } else if (kind === 1) text += ' AND begins_with(#sk, :one)';
    else text += ` AND #sk ${random.pick(['=', '<', '<=', '>', '>='])} :one`;
  }
  return {
    KeyConditionExpression: text,
    ...(index && { IndexName: index.name }),
    ...(random.chance(0.4) && { ScanIndexForward: random.chance(0.5) }),
    ...searched(random, given),
  };
}

const scan = (random: Random, table: Table): Json => ({
  ...(table.indexes.length > 0 && random.chance(0.5) && { IndexName: random.pick(table.indexes).name }),
  ...searched(random),
});

/** Any call. */
export function anyCall(random: Random): Call {
  const table = random.pick(tables);
  const TableName = table.name;
  const kind = random.below(20);
  if (kind < 11) {
    const operation = random.pick(['PutItem', 'PutItem', 'UpdateItem', 'UpdateItem', 'GetItem', 'DeleteItem']);
    return { operation, input: { TableName, ...one[operation]?.(random, table), ...consumed(random) } };
  }
  if (kind < 15) {
    const operation = random.pick(Object.keys(many));
    return { operation, input: { ...many[operation]?.(random), ...consumed(random) } };
  }
  const operation = kind < 19 ? 'Query' : 'Scan';
  const search = operation === 'Query' ? query(random, table) : scan(random, table);
  return { operation, input: { TableName, ...search, ...consumed(random) } };
}
