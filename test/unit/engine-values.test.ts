import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../cdk/local/dynamodb/engine/engine-error.ts';
import {
  type AttributeValue,
  addNumbers,
  attributeOf,
  canonicalNumber,
  compareNumbers,
  compareText,
  compareValues,
  type Item,
  itemSize,
  keyBytes,
  parseItem,
  parseValue,
  sameItem,
  sameValue,
  setLike,
  setMembers,
  typeOf,
  valueSize,
} from '../../cdk/local/dynamodb/engine/values/index.ts';

/** Numbers as DynamoDB takes them: up to 38 digits, powers of ten from -130 to 125, written in any way. */
const decimals = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    digits: fc.stringMatching(/^[1-9]\d{0,37}$/),
    power: fc.integer({ min: -130, max: 125 }),
  })
  .map(({ sign, digits, power }) => `${sign}${digits.charAt(0)}.${digits.slice(1)}E${power}`);
const numbers = fc.oneof(decimals, fc.integer().map(String), fc.constantFrom('0', '-0', '0.00', '1e2', '.5', '5.'));
const texts = fc.string({ unit: 'binary', maxLength: 12 });
const bytes = fc.uint8Array({ maxLength: 12 }).map((each) => Buffer.from(each).toString('base64'));
const sets = (members: fc.Arbitrary<string>) => fc.uniqueArray(members, { minLength: 1, maxLength: 4 });
const { value: values } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    texts.map((S) => ({ S })),
    numbers.map((N) => ({ N: canonicalNumber(N) })),
    bytes.map((B) => ({ B })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true } as const),
    sets(texts.filter((each) => each !== '')).map((SS) => ({ SS })),
    sets(numbers.map(canonicalNumber)).map((NS) => ({ NS })),
    sets(bytes.filter((each) => each !== '')).map((BS) => ({ BS })),
    fc.array(tie('value'), { maxLength: 4 }).map((L) => ({ L })),
    fc.dictionary(texts, tie('value'), { maxKeys: 4 }).map((M) => ({ M })),
  ),
}));

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no refusal';
};
/** A number as a whole one of 10^-170, to compare with what the engine reckons. */
const exact = (text: string): bigint => {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:[eE](.*))?$/.exec(text) ?? [];
  const scaled = BigInt(whole + fraction) * 10n ** BigInt(170 + Number(power) - fraction.length);
  return sign === '-' ? -scaled : scaled;
};
const order = (left: bigint, right: bigint): number => (left < right ? -1 : Number(left > right));

describe('numbers', () => {
  it('are written in one way whatever way they came in, and keep their value', () => {
    fc.assert(
      fc.property(numbers, (text) => {
        const canonical = canonicalNumber(text);
        expect(exact(canonical)).toBe(exact(text));
        expect(canonicalNumber(canonical)).toBe(canonical);
        expect(canonical).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
      }),
    );
  });

  it('are compared by value', () => {
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const compared = compareNumbers(canonicalNumber(left), canonicalNumber(right));
        expect(Math.sign(compared)).toBe(order(exact(left), exact(right)));
      }),
    );
  });

  it('are added and taken from one another exactly, or refused', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.constantFrom(1 as const, -1 as const), (left, right, sign) => {
        const told = refusal(() => {
          const sum = addNumbers(canonicalNumber(left), canonicalNumber(right), sign);
          expect(exact(sum)).toBe(exact(left) + BigInt(sign) * exact(right));
        });
        expect(told).toMatch(/^no refusal$|38 significant digits|overflow/);
      }),
    );
    expect(addNumbers('0.1', '0.2')).toBe('0.3');
    expect(addNumbers('9007199254740993', '1')).toBe('9007199254740994');
    expect(addNumbers('5', '5', -1)).toBe('0');
  });

  it('are refused in the words of AWS when they are none, too long, too large or too small', () => {
    expect(refusal(() => canonicalNumber(''))).toBe(
      'ValidationException: The parameter cannot be converted to a numeric value',
    );
    expect(refusal(() => canonicalNumber('0x1'))).toContain('cannot be converted to a numeric value: 0x1');
    expect(refusal(() => canonicalNumber('1'.repeat(39)))).toContain('more than 38 significant digits');
    expect(refusal(() => canonicalNumber('1e126'))).toContain('Number overflow');
    expect(refusal(() => canonicalNumber('-1e-131'))).toContain('Number underflow');
    expect(canonicalNumber(`${'1'.repeat(38)}000`)).toBe(`${'1'.repeat(38)}000`);
  });
});

describe('the bytes of a key', () => {
  it('have the order of numbers', () => {
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const compared = Buffer.compare(keyBytes({ N: left }), keyBytes({ N: right }));
        expect(compared).toBe(order(exact(left), exact(right)));
      }),
    );
  });

  it('have the order of texts by their UTF-8 bytes, as comparisons have', () => {
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const compared = Buffer.compare(keyBytes({ S: left }), keyBytes({ S: right }));
        expect(compared).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
        expect(Math.sign(compareText(left, right))).toBe(compared);
      }),
    );
  });

  it('are those of a binary, and no key is made of what can be none', () => {
    expect(Buffer.from(keyBytes({ B: 'AAH/' }))).toEqual(Buffer.of(0, 1, 255));
    expect(refusal(() => keyBytes({ BOOL: true }))).toContain('ValidationException');
  });
});

describe('values', () => {
  it('come out as they went in, also under names that mean something to JavaScript', () => {
    fc.assert(
      fc.property(values, (value) => {
        const read = parseValue(JSON.parse(JSON.stringify(value)));
        expect(JSON.stringify(read)).toBe(JSON.stringify(value));
        expect(sameValue(read, value)).toBe(true);
        expect(valueSize(read)).toBe(valueSize(value));
      }),
    );
    const item: Item = parseItem(JSON.parse('{"__proto__":{"S":"a"},"constructor":{"N":"1"}}'));
    expect(attributeOf(item, '__proto__')).toEqual({ S: 'a' });
    expect(attributeOf(item, 'toString')).toBeUndefined();
    expect(JSON.stringify(item)).toBe('{"__proto__":{"S":"a"},"constructor":{"N":"1"}}');
  });

  it('are the same as themselves only, and as a set in another order', () => {
    fc.assert(
      fc.property(values, values, (left, right) => {
        expect(sameValue(left, right)).toBe(sameValue(right, left));
        if (typeOf(left) !== typeOf(right)) expect(sameValue(left, right)).toBe(false);
        const members = setMembers(left);
        if (members) expect(sameValue(left, setLike(left, members.toReversed()))).toBe(true);
      }),
    );
    expect(sameItem({ a: { S: 'x' } }, { a: { S: 'x' }, b: { S: 'y' } })).toBe(false);
  });

  it('are ordered when both are text, numbers or binaries', () => {
    expect(compareValues({ N: '9' }, { N: '10' })).toBeLessThan(0);
    expect(compareValues({ S: '9' }, { S: '10' })).toBeGreaterThan(0);
    expect(compareValues({ B: 'AA==' }, { B: 'AQ==' })).toBeLessThan(0);
    expect(compareValues({ S: '1' }, { N: '1' })).toBeUndefined();
    expect(compareValues({ BOOL: true }, { BOOL: true })).toBeUndefined();
  });

  it('have the size that AWS counts', () => {
    expect(itemSize({ ab: { S: '中' }, c: { B: 'AAE=' }, d: { BOOL: true }, e: { NULL: true } })).toBe(5 + 3 + 2 + 2);
    expect(valueSize({ L: [{ S: 'ab' }, { BOOL: true }] })).toBe(3 + 3 + 2);
    expect(valueSize({ M: { ab: { S: 'c' } } })).toBe(3 + 1 + 3);
    expect(valueSize({ SS: ['a', 'bc'] })).toBe(3);
    expect([0, 1, 12, 123, 100, -12].map((each) => valueSize({ N: String(each) }))).toEqual([1, 2, 2, 3, 2, 3]);
  });

  it('are refused in the words of AWS', () => {
    expect(refusal(() => parseValue({}))).toBe(
      'ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
    expect(refusal(() => parseValue({ S: 'a', N: '1' }))).toContain('more than one datatypes set');
    expect(refusal(() => parseValue({ SS: [] }))).toContain('An string set  may not be empty');
    expect(refusal(() => parseValue({ SS: ['a', 'b', 'a'] }))).toContain('[a, b, a] contains duplicates.');
    expect(refusal(() => parseValue({ NS: ['1', '1.0'] }))).toContain('Input collection contains duplicates');
    expect(refusal(() => parseValue({ NULL: false }))).toContain(
      'Null attribute value types must have the value of true',
    );
    expect(refusal(() => parseValue({ S: 5 }))).toBe(
      'SerializationException: NUMBER_VALUE cannot be converted to String',
    );
    expect(refusal(() => parseValue({ B: 'a' }))).toContain('SerializationException');
    let deep: AttributeValue = { S: 'x' };
    for (let depth = 0; depth < 33; depth++) deep = { L: [deep] };
    expect(refusal(() => parseValue(deep))).toContain('Nesting Levels have exceeded supported limits');
  });
});
