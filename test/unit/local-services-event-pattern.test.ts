import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../cdk/local/streams/event-pattern.ts';

const insert = {
  eventName: 'INSERT',
  dynamodb: {
    NewImage: { kind: { S: 'event' }, n: { N: '5' } },
    size: 7,
    tags: ['a', 'b'],
    lines: [{ S: 'mask' }, { S: 'gown' }],
  },
};

describe('a filter pattern lets pass what AWS would', () => {
  test.each([
    [{ eventName: ['INSERT', 'MODIFY'] }, true],
    [{ eventName: ['REMOVE'] }, false],
    [{ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['case'] } } } }, false],
    [{ dynamodb: { NewImage: { kind: { S: [{ prefix: 'ev' }] } } } }, true],
    [{ dynamodb: { NewImage: { kind: { S: [{ suffix: 'nt' }] } } } }, true],
    [{ dynamodb: { NewImage: { kind: { S: [{ 'equals-ignore-case': 'EVENT' }] } } } }, true],
    [{ dynamodb: { NewImage: { kind: { S: [{ 'anything-but': ['event', 'x'] }] } } } }, false],
    [{ dynamodb: { NewImage: { kind: { S: [{ 'anything-but': { prefix: 'ca' } }] } } } }, true],
    [{ dynamodb: { NewImage: { gone: { S: [{ exists: false }] } } } }, true],
    [{ dynamodb: { NewImage: { kind: { S: [{ exists: true }] } } } }, true],
    [{ dynamodb: { size: [{ numeric: ['>', 5, '<=', 7] }] } }, true],
    [{ dynamodb: { size: [{ numeric: ['<', 7] }] } }, false],
    [{ dynamodb: { tags: ['b'] } }, true],
    [{ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { size: [7] } }] }, true],
    [{ eventName: [null] }, false],
    [{ dynamodb: { lines: { S: ['gown'] } } }, true],
    [{ dynamodb: { lines: { S: ['cap'] } } }, false],
  ])('%j: %s', (pattern, passes) => {
    expect(compilePattern(pattern)(insert)).toBe(passes);
  });

  test('a rule that is not supported is refused when the stack starts, not when a record comes', () => {
    expect(() => compilePattern({ a: [{ wildcard: '*x' }] })).toThrow(RangeError);
    expect(() => compilePattern({ a: [{ numeric: ['~', 1] }] })).toThrow(RangeError);
    expect(() => compilePattern({ a: 'x' })).toThrow(RangeError);
    expect(() => compilePattern({ a: [] })).toThrow('an empty list');
    expect(() => compilePattern({ a: [{ exists: 'yes' }] })).toThrow('exists');
    expect(() => compilePattern({ a: [{ cidr: '10.0.0.0/8' }] })).toThrow('cidr');
  });

  test('every event passes the pattern of its own values', () => {
    const flat = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.string(), fc.integer(), fc.boolean()));
    fc.assert(
      fc.property(flat, (event) => {
        const pattern = Object.fromEntries(Object.entries(event).map(([key, value]) => [key, [value]]));
        expect(compilePattern(pattern)(event)).toBe(true);
      }),
    );
  });
});
