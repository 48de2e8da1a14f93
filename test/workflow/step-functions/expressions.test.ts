import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindingsFor } from '../../../cdk/local/step-functions/expressions/bindings.ts';
import { compileExpression } from '../../../cdk/local/step-functions/expressions/expression.ts';
import { parseJson } from '../../../cdk/local/step-functions/json.ts';
import { parseTimestamp } from '../../../cdk/local/step-functions/states/timestamp.ts';

const evaluate = (text: string, input: unknown = null) =>
  compileExpression(`{% ${text} %}`, 'Output').evaluate(
    bindingsFor({}, { input: parseJson(JSON.stringify(input)), context: {} }, 0),
  );

describe('the functions that Step Functions adds to JSONata', () => {
  it('$partition splits a list into parts that together are the list', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { minLength: 2, maxLength: 20 }),
        fc.integer({ min: 1, max: 8 }),
        async (list, size) => {
          const parts = await evaluate('$partition($states.input.list, $states.input.size)', { list, size });
          expect([parts].flat(3)).toEqual(list);
          expect(parts).toHaveLength(Math.ceil(list.length / size));
        },
      ),
    );
    expect(await evaluate('$partition([1,2,3])')).toEqual([[1, 2, 3]]);
    expect(await evaluate("$partition('one', 2)")).toEqual([['one']]);
    await expect(evaluate('$partition(null, 2)')).rejects.toThrow(
      'T0412: Argument 1 of function "partition" must be an array of undefined',
    );
    await expect(evaluate('$partition([1], -1)')).rejects.toThrow('D3137: Second argument must be zero or greater');
  });

  it('$range counts from one end to the other, both included, in either direction', async () => {
    expect(await evaluate('$range(0, 10, 3)')).toEqual([0, 3, 6, 9]);
    expect(await evaluate('$range(5, 1, -1.5)')).toEqual([5, 4, 3, 2, 1]);
    expect(await evaluate('$range(1, 9, 9)')).toBe(1);
    await expect(evaluate('$range(1, 5, -1)')).rejects.toThrow('returned nothing');
    await expect(evaluate('$range(1, 360146, 1)')).rejects.toThrow(
      'threw an error during evaluation: Expression evaluation memory limit exceeded',
    );
  });

  it('$hash gives the digest of the UTF-8 bytes, and refuses algorithms it does not know', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'),
        async (text, algorithm) => {
          const expected = createHash(algorithm.replace('-', '')).update(text, 'utf8').digest('hex');
          expect(await evaluate('$hash($states.input.text, $states.input.algorithm)', { text, algorithm })).toBe(
            expected,
          );
        },
      ),
    );
    await expect(evaluate("$hash('a', 'md5')")).rejects.toThrow(
      "D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
    );
    await expect(evaluate('$hash()')).rejects.toThrow('T0410: Argument 1 of function "hash"');
  });

  it('$random gives for a seed what AWS gives, and without one another number each time', async () => {
    expect(await evaluate('$random(42)')).toBe(0.7275636800328681);
    expect(await evaluate('$random(7)')).toBe(0.7306990420600421);
    expect(await evaluate('$random() = $random()')).toBe(false);
  });

  it('$uuid gives a version 4 UUID', async () => {
    expect(await evaluate('$uuid()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('$base64decode undoes $base64encode, with its padding or without, and fails on what is no base64', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await evaluate('$base64decode($base64encode($states.input))', text)).toBe(text);
        expect(await evaluate('$base64decode($replace($base64encode($states.input), "=", ""))', text)).toBe(text);
      }),
    );
    await expect(evaluate('$base64decode($states.input.missing)', {})).rejects.toThrow('returned nothing');
    for (const rubbish of ['!!!', 'YWJj-', 'YWJjZ', '==', 'YQ==YQ=='])
      await expect(evaluate('$base64decode($states.input)', rubbish)).rejects.toThrow(
        /threw an internal error during evaluation\. [0-9a-f-]{36}$/,
      );
  });

  it('$parse reads any JSON, so that it undoes $string', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await evaluate('$parse($states.input)', JSON.stringify(value))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
    for (const text of ['{', '', '  ', '{"a":1}{"b":2}', '{"a":1,"a":2}', '[{"\\u0061":1,"a":2}]', '1e400'])
      await expect(evaluate('$parse($states.input)', text)).rejects.toThrow('D3137: Invalid JSON');
    expect(await evaluate('$parse($states.input)', '[{"a":{"a":"a:{,"}},{"a":1}]')).toEqual([
      { a: { a: 'a:{,' } },
      { a: 1 },
    ]);
  });

  it('$eval is taken away', async () => {
    await expect(evaluate("$eval('1')")).rejects.toThrow('T1006: Attempted to invoke a non-function');
  });
});

describe('an expression', () => {
  it('gives any JSON as it came, whatever its keys are called', async () => {
    const strange = fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      '',
      'sequence',
      'keepSingleton',
      '_jsonata_lambda',
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.jsonValue(),
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(strange, fc.string()), tie('value')),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(value, async (input) => {
        const text = JSON.stringify(input);
        expect(JSON.stringify(await evaluate('$states.input', JSON.parse(text)))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('names itself, its field and the reason when it throws', async () => {
    await expect(evaluate("1 + 'a'")).rejects.toThrow(
      "The JSONata expression '1 + 'a'' specified for the field 'Output' threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
    );
  });

  it('is stopped at the depth at which AWS stops it', async () => {
    expect(await evaluate(`1${'+1'.repeat(99)}`)).toBe(100);
    await expect(evaluate(`1${'+1'.repeat(100)}`)).rejects.toThrow('Stack overflow error');
  });

  it('is stopped when it makes a string longer than AWS lets it', async () => {
    const doubled = (times: number) =>
      `($twice := function($s, $n) { $n = 0 ? $s : $twice($s & $s, $n - 1) }; $length($twice("x", ${times})))`;
    expect(await evaluate(doubled(22))).toBe(2 ** 22);
    for (const text of [doubled(23), `$length($pad('', ${2 ** 23}))`])
      await expect(evaluate(text)).rejects.toThrow('evaluation: Expression evaluation memory limit exceeded');
  });

  it('gives numbers that JSON cannot write as their names', async () => {
    expect(await evaluate('[1/0, -1/0, 0/0]')).toEqual(['Infinity', '-Infinity', 'NaN']);
  });

  it.each(['$fn := function($x){$x}', '$sum', '/a/', '$substring(?, 1)'])(
    'is refused when what it gives is a function: %s',
    async (text) => {
      await expect(evaluate(text)).rejects.toThrow(
        `The JSONata expression '${text}' specified for the field 'Output' returned an unsupported result type.`,
      );
    },
  );
});

describe('a timestamp', () => {
  it('is read as what it says for every moment and offset', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('0001-01-02T00:00:00Z'), max: new Date('9998-12-30T00:00:00Z') }),
        (moment) => {
          expect(parseTimestamp(moment.toISOString())).toBe(moment.getTime());
        },
      ),
    );
    expect(parseTimestamp('2020-02-03T10:00:00+08:00')).toBe(Date.UTC(2020, 1, 3, 2));
    expect(parseTimestamp('2020-02-03T10:00:00.123456789Z')).toBe(Date.UTC(2020, 1, 3, 10, 0, 0, 123));
  });

  it.each([
    '2020-02-30T00:00:00Z',
    '2020-02-03 00:00:00Z',
    '2020-02-03T00:00:00',
    '2020-02-03T24:00:00Z',
    '03-02-2020T00:00:00Z',
    '',
  ])('is refused when it is none: %s', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
