/** The tables that both engines have, and what their keys are. */
export interface Table {
  readonly name: string;
  readonly pk: Key;
  readonly sk?: Key;
  readonly indexes: readonly Index[];
}

interface Key {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

interface Index {
  readonly name: string;
  readonly isLocal: boolean;
  readonly pk: Key;
  readonly sk?: Key;
  readonly projection: Readonly<Record<string, unknown>>;
}

const s = (name: string): Key => ({ name, type: 'S' });
const n = (name: string): Key => ({ name, type: 'N' });
const b = (name: string): Key => ({ name, type: 'B' });
const all = { ProjectionType: 'ALL' };

export const tables: readonly Table[] = [
  { name: 'plain', pk: s('pk'), indexes: [] },
  {
    name: 'indexed',
    pk: s('pk'),
    sk: n('sk'),
    indexes: [
      { name: 'local-all', isLocal: true, pk: s('pk'), sk: s('gs'), projection: all },
      { name: 'global-all', isLocal: false, pk: s('gs'), sk: n('gn'), projection: all },
      { name: 'global-keys', isLocal: false, pk: n('gn'), projection: { ProjectionType: 'KEYS_ONLY' } },
      {
        name: 'global-some',
        isLocal: false,
        pk: s('gs'),
        sk: n('sk'),
        projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a', 'status'] },
      },
    ],
  },
  { name: 'texts', pk: b('pk'), sk: s('sk'), indexes: [] },
  { name: 'bytes', pk: n('pk'), sk: b('sk'), indexes: [] },
];

/** The request that makes a table. */
export function creation({ name, pk, sk, indexes }: Table): Readonly<Record<string, unknown>> {
  const keys = [pk, sk, ...indexes.flatMap((index) => [index.pk, index.sk])].filter((key) => key !== undefined);
  const types = new Map(keys.map(({ name: attribute, type }) => [attribute, type]));
  const described = (local: boolean): readonly object[] =>
    indexes
      .filter(({ isLocal }) => isLocal === local)
      .map((index) => ({
        IndexName: index.name,
        KeySchema: schemaOf(index),
        Projection: index.projection,
      }));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: schemaOf({ pk, ...(sk && { sk }) }),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    ...(described(true).length > 0 && { LocalSecondaryIndexes: described(true) }),
    ...(described(false).length > 0 && { GlobalSecondaryIndexes: described(false) }),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  };
}

const schemaOf = ({ pk, sk }: { readonly pk: Key; readonly sk?: Key }): readonly object[] => [
  { AttributeName: pk.name, KeyType: 'HASH' },
  ...(sk ? [{ AttributeName: sk.name, KeyType: 'RANGE' }] : []),
];
