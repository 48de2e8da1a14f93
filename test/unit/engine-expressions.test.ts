import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../cdk/local/dynamodb/engine/engine-error.ts';
import {
  applyUpdate,
  type Condition,
  holds,
  type KeyConditions,
  type KeyRange,
  type KeySchema,
  keysAskedFor,
  type Placeholders,
  type Projection,
  parseCondition,
  parseKeyConditions,
  parseProjection,
  parseUpdate,
  pathsOf,
  project,
  readPlaceholders,
  type Update,
} from '../../cdk/local/dynamodb/engine/expressions/index.ts';
import type { Item } from '../../cdk/local/dynamodb/engine/values/index.ts';

const names = { '#s': 'status', '#a': 'a', '#dot': 'a.b' };
const values = {
  ':one': { N: '1' },
  ':two': { N: '2' },
  ':ten': { N: '10' },
  ':a': { S: 'a' },
  ':b': { S: 'b' },
  ':type': { S: 'NS' },
  ':lst': { L: [{ S: 'x' }] },
  ':set': { SS: ['a', 'b'] },
  ':numbers': { NS: ['1', '2'] },
  ':true': { BOOL: true },
  ':map': { M: { c: { N: '3' } } },
  ':bin': { B: 'AAE=' },
};
const all = (): Placeholders => readPlaceholders(names, values);
const condition = (text: string): Condition => parseCondition('ConditionExpression', text, all());
const projection = (text: string): Projection => parseProjection(text, all());
const update = (text: string): Update => parseUpdate(text, all());
const keys = (text: string): KeyConditions => parseKeyConditions(text, all());

const item: Item = {
  id: { S: 'i1' },
  a: { M: { b: { N: '5' }, l: { L: [{ S: 'x' }, { M: { c: { S: 'deep' } } }, { S: 'z' }] } } },
  'a.b': { S: 'dotted' },
  status: { S: 'open' },
  cnt: { N: '9' },
  tags: { SS: ['b', 'a'] },
  nums: { NS: ['1', '2', '10'] },
  lst: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }] },
  txt: { S: '中文' },
  bin: { B: 'AAEC' },
  yess: { BOOL: true },
};
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
  return 'no refusal';
};

describe('a condition', () => {
  it.each([
    ['a.b = :five OR cnt > :two', true],
    ['a.b > :two AND NOT (cnt < :ten AND a.b < :ten)', false],
    ['cnt BETWEEN :two AND :ten', true],
    ['cnt between :ten and :ten', false],
    ['cnt IN (:one, :two, :a)', false],
    ['#dot = :dotted', true],
    ['(a).l[1].c = :deep', true],
    ['a.l[7] = :a', false],
    ['gone <> :a', true],
    ['gone = :a OR gone < :a OR gone = oth', false],
    ['cnt <> :a', true],
    ['cnt > :a', false],
    ['attribute_exists(a.l[0]) AND attribute_not_exists(a.l[3])', true],
    ['attribute_type(nums, :type)', true],
    ['begins_with(#s, :o)', true],
    ['begins_with(bin, :bin)', true],
    ['begins_with(cnt, :o)', false],
    ['contains(tags, :a) AND contains(nums, :ten) AND contains(lst, :two) AND contains(#s, :o)', true],
    ['contains(bin, :bin)', true],
    ['contains(tags, :one) OR contains(nums, :a) OR contains(yess, :a)', false],
    ['size(tags) = :two', true],
    ['size(txt) = :six', true],
    ['size(lst) > size(tags)', true],
    ['tags = :set', true],
    ['(size(tags)) = (:two)', true],
    ['attribute_exists(valueOf) OR attribute_exists(hasOwnProperty)', false],
  ])('%s is %s', (text, expected) => {
    const more = {
      ...values,
      ':five': { N: '5' },
      ':six': { N: '6' },
      ':o': { S: 'o' },
      ':deep': { S: 'deep' },
      ':dotted': { S: 'dotted' },
    };
    expect(holds(parseCondition('FilterExpression', text, readPlaceholders(names, more)), item)).toBe(expected);
  });

  it('holds for an item that is not there as for one without attributes', () => {
    expect(holds(condition('attribute_not_exists(id)'), undefined)).toBe(true);
    expect(holds(condition('id = :a'), undefined)).toBe(false);
  });

  it('binds AND before OR, and NOT before both, whatever the letters', () => {
    const expected = (a: boolean, b: boolean, c: boolean): boolean => a || (!b && c);
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (a, b, c) => {
        const given: Item = {
          ...(a && { a: item.yess }),
          ...(b && { b: item.yess }),
          ...(c && { c: item.yess }),
        };
        const text = 'attribute_exists(a) or not attribute_exists(b) AnD attribute_exists(c)';
        expect(holds(condition(text), given)).toBe(expected(a, b, c));
      }),
    );
  });

  it.each([
    ['', 'The expression can not be empty;'],
    ['a = = :a', 'Syntax error; token: "=", near: "= = :a"'],
    ['a', 'Syntax error; token: "<EOF>", near: "a"'],
    ['a AND b = :a', 'Syntax error; token: "AND", near: "a AND b"'],
    ['a = :a)', 'Syntax error; token: ")", near: ":a)"'],
    ['a = "x"', 'Syntax error; token: """, near: "= "x"'],
    ['((a = :a))', 'The expression has redundant parentheses;'],
    ['((a)) = :a', 'The expression has redundant parentheses;'],
    ['foo(a)', 'Invalid function name; function: foo'],
    ['size(a)', 'The function is not allowed to be used this way in an expression; function: size'],
    ['contains(a, begins_with(b, :a))', 'is not allowed to be used this way in an expression; function: begins_with'],
    ['status = :a', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['#no = :a', 'An expression attribute name used in the document path is not defined; attribute name: #no'],
    ['a = :no', 'An expression attribute value used in expression is not defined; attribute value: :no'],
    ['a = #a', 'distinct from the remaining operands for this operator or function; operator: =, first operand: [a]'],
    ['attribute_exists(:a)', 'requires a document path; operator or function: attribute_exists'],
    ['begins_with(a, :one)', 'operator or function: begins_with, operand type: N'],
    ['begins_with(a)', 'operator or function: begins_with, number of operands: 1'],
    [
      'attribute_type(a, :a)',
      'Invalid attribute type name found; type: a, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}',
    ],
    ['size(:true) = :one', 'operator or function: size, operand type: BOOL'],
    [
      'a BETWEEN :two AND :one',
      'lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}',
    ],
    ['a BETWEEN :a AND :one', 'The BETWEEN operator requires same data type for lower and upper bounds;'],
  ])('%s is refused in the words of AWS', (text, words) => {
    const told = refusal(() => condition(text));
    expect(told).toContain('Invalid ConditionExpression: ');
    expect(told).toContain(words);
  });
});

describe('placeholders', () => {
  it('that no expression uses are refused by name', () => {
    const given = readPlaceholders(names, values);
    parseCondition('ConditionExpression', '#s = :a', given);
    expect(refusal(() => given.refuseUnused())).toBe(
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #dot}',
    );
    const used = readPlaceholders({ '#s': 'status' }, { ':a': { S: 'a' }, ':b': { S: 'b' } });
    parseCondition('ConditionExpression', '#s = :a', used);
    expect(refusal(() => used.refuseUnused())).toBe(
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}',
    );
  });

  it('are refused when they are none', () => {
    expect(refusal(() => readPlaceholders({}, undefined))).toBe('ExpressionAttributeNames must not be empty');
    expect(refusal(() => readPlaceholders({ s: 'x' }, undefined))).toBe(
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "s"',
    );
    expect(refusal(() => readPlaceholders(undefined, { ':a': { N: 'x' } }))).toBe(
      'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :a',
    );
  });

  it('may change from one request to the next while the text stays', () => {
    const text = '#n = :v';
    const one = parseCondition('ConditionExpression', text, readPlaceholders({ '#n': 'id' }, { ':v': { S: 'i1' } }));
    const two = parseCondition('ConditionExpression', text, readPlaceholders({ '#n': 'cnt' }, { ':v': { N: '9.0' } }));
    expect([holds(one, item), holds(two, item)]).toEqual([true, true]);
  });
});

describe('a key condition', () => {
  const schema: KeySchema = { pk: { name: 'pk', type: 'S' }, sk: { name: 'sk', type: 'N' } };
  const asked = (text: string, of = schema) => keysAskedFor(keys(text), of);

  it('says which partition and which sort keys', () => {
    expect(asked('pk = :a')).toEqual({ pk: { S: 'a' } });
    expect(asked(':one < sk AND (pk = :a)')).toEqual({ pk: { S: 'a' }, sk: { operator: '>', value: { N: '1' } } });
    const between: KeyRange = { operator: 'between', low: { N: '1' }, high: { N: '2' } };
    expect(asked('pk = :a AND sk BETWEEN :one AND :two').sk).toEqual(between);
    const text: KeySchema = { pk: { name: 'pk', type: 'S' }, sk: { name: 'sk', type: 'S' } };
    expect(asked('begins_with(sk, :b) and pk = :a', text).sk).toEqual({ operator: 'begins_with', prefix: { S: 'b' } });
  });

  it.each([
    ['pk = :a OR sk = :one', 'Invalid operator used in KeyConditionExpression: OR'],
    ['pk = :a AND attribute_exists(sk)', 'Invalid operator used in KeyConditionExpression: attribute_exists'],
    ['pk = :a AND sk <> :one', 'Invalid operator used in KeyConditionExpression: <>'],
    ['pk = :a AND pk = :b', 'KeyConditionExpressions must only contain one condition per key'],
    ['pk.x = :a', 'KeyConditionExpressions cannot have conditions on nested attributes'],
    ['pk = sk', 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'],
    [':a = :b', 'Invalid condition in KeyConditionExpression: No key attribute specified'],
    ['size(pk) = :one', 'KeyConditionExpressions cannot contain nested operations'],
    ['sk = :one', 'Query condition missed key schema element: pk'],
    ['pk = :a AND oth1 = :one', 'Query condition missed key schema element: sk'],
    ['pk > :a', 'Query key condition not supported'],
    ['pk = :one', 'Condition parameter type does not match schema type'],
    ['pk = :a AND sk = :one AND x = :one', 'Conditions can be of length 1 or 2 only'],
  ])('%s is refused in the words of AWS', (text, words) => {
    expect(refusal(() => asked(text))).toContain(words);
  });
});

describe('a projection', () => {
  it('gives the parts of an item that are there', () => {
    expect(project(projection('id, a.b, a.l[2], a.l[0], gone, a.gone, valueOf'), item)).toEqual({
      id: { S: 'i1' },
      a: { M: { b: { N: '5' }, l: { L: [{ S: 'x' }, { S: 'z' }] } } },
    });
    expect(project(projection('#dot, lst[9], id.x'), item)).toEqual({ 'a.b': { S: 'dotted' } });
  });

  it.each([
    ['!!', 'Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"'],
    [
      'a, a.b',
      'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
    ],
    [
      'a[1], a.b',
      'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [1]], path two: [a, b]',
    ],
    ['id, name', 'Attribute name is a reserved keyword; reserved keyword: name'],
  ])('%s is refused in the words of AWS', (text, words) => {
    expect(refusal(() => projection(text))).toContain(words);
  });
});

describe('an update', () => {
  const updated = (text: string, before: Item = item): Item => applyUpdate(update(text), before).item;

  it('sets, from values as they were before it', () => {
    expect(updated('SET cnt = cnt + :one, #s = :a, twin = cnt')).toMatchObject({
      cnt: { N: '10' },
      status: { S: 'a' },
      twin: { N: '9' },
    });
    expect(updated('SET fresh = if_not_exists(fresh, :ten) - :one')).toMatchObject({ fresh: { N: '9' } });
    expect(updated('SET cnt = if_not_exists(cnt, :ten)')).toMatchObject({ cnt: { N: '9' } });
    expect(updated('SET lst = list_append(:lst, lst)').lst).toEqual({
      L: [{ S: 'x' }, { N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }],
    });
  });

  it('changes parts of documents, and only these', () => {
    const changed = updated('SET a.l[1].c = :a, a.n = :map, lst[9] = :b, lst[7] = :a');
    expect(changed.a).toEqual({
      M: {
        ...(item.a && 'M' in item.a && item.a.M),
        n: { M: { c: { N: '3' } } },
        l: { L: [{ S: 'x' }, { M: { c: { S: 'a' } } }, { S: 'z' }] },
      },
    });
    expect(changed.lst).toEqual({ L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }, { S: 'a' }, { S: 'b' }] });
    expect(item.lst).toEqual({ L: [{ N: '0' }, { N: '1' }, { N: '2' }, { N: '3' }] });
  });

  it('removes lst members by the positions that they had', () => {
    expect(updated('REMOVE lst[0], lst[2], lst[50], a.b, gone').lst).toEqual({ L: [{ N: '1' }, { N: '3' }] });
  });

  it('adds numbers and members of sets, and takes members away until no set is left', () => {
    expect(updated('ADD cnt :ten, fresh :one, tags :set').cnt).toEqual({ N: '19' });
    expect(updated('ADD fresh :one, fresh2 :set')).toMatchObject({ fresh: { N: '1' }, fresh2: { SS: ['a', 'b'] } });
    expect(updated('DELETE nums :numbers').nums).toEqual({ NS: ['10'] });
    expect(updated('DELETE tags :set')).not.toHaveProperty('tags');
    expect(updated('DELETE gone :set')).not.toHaveProperty('gone');
  });

  it('tells the changed parts as they were and as they are', () => {
    const { updatedOld, updatedNew } = applyUpdate(update('SET a.b = :a, lst[1] = :two REMOVE #s'), item);
    expect(updatedOld()).toEqual({ a: { M: { b: { N: '5' } } }, lst: { L: [{ N: '1' }] }, status: { S: 'open' } });
    expect(updatedNew()).toEqual({ a: { M: { b: { S: 'a' } } }, lst: { L: [{ N: '2' }] } });
    expect(pathsOf(update('SET a.b = :a REMOVE #s'))).toEqual([['a', 'b'], ['status']]);
  });

  it.each([
    ['SET gone.x = :a', 'The document path provided in the update expression is invalid for update'],
    ['REMOVE gone.x', 'The document path provided in the update expression is invalid for update'],
    ['SET cnt.x = :a', 'The document path provided in the update expression is invalid for update'],
    ['SET x = gone', 'The provided expression refers to an attribute that does not exist in the item'],
    ['SET x = id + :one', 'An operand in the update expression has an incorrect data type'],
    ['SET x = list_append(id, :lst)', 'An operand in the update expression has an incorrect data type'],
    ['ADD id :one', 'An operand in the update expression has an incorrect data type'],
    ['DELETE nums :set', 'An operand in the update expression has an incorrect data type'],
  ])('%s is refused by the item', (text, words) => {
    expect(refusal(() => updated(text))).toBe(words);
  });

  it.each([
    ['INVALID SYNTAX', 'Syntax error; token: "INVALID", near: "INVALID SYNTAX"'],
    ['SET x = :a SET y = :b', 'The "SET" section can only be used once in an update expression;'],
    ['SET x = :a, x.y = :b', 'Two document paths overlap with each other;'],
    ['SET x = foo(y)', 'Invalid function name; function: foo'],
    ['SET x = y + :a', 'operator or function: +, operand type: S'],
    ['SET x = list_append(y, :one)', 'operator or function: list_append, operand type: N'],
    ['SET x = if_not_exists(:a, :b)', 'requires a document path; operator or function: if_not_exists'],
    ['SET x = if_not_exists(y)', 'operator or function: if_not_exists, number of operands: 1'],
    ['ADD x :a', 'operator: ADD, operand type: STRING'],
    ['DELETE x :one', 'operator: DELETE, operand type: NUMBER'],
    ['SET status = :a', 'reserved keyword: status'],
    ['SET #no = :no', 'attribute name: #no'],
    ['SET x = :no', 'attribute value: :no'],
    ['REMOVE', 'Syntax error; token: "<EOF>", near: "REMOVE"'],
  ])('%s is refused in the words of AWS', (text, words) => {
    const told = refusal(() => update(text));
    expect(told).toContain('Invalid UpdateExpression: ');
    expect(told).toContain(words);
  });
});

describe('any text', () => {
  const words =
    'a #s :a :one = <> < >= ( ) , . [0] [ ] + - SET REMOVE ADD DELETE AND OR NOT BETWEEN IN size( contains( if_not_exists( status ! é'.split(
      ' ',
    );
  const soups = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((each) => each.join(' '));

  it('is read or refused in words, and nothing else happens', () => {
    fc.assert(
      fc.property(soups, (text) => {
        for (const read of [condition, projection, update, keys]) refusal(() => read(text));
        refusal(() => applyUpdate(update(text), item));
        refusal(() => holds(condition(text), item));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused when it is too long, and is no danger when it is deep', () => {
    expect(refusal(() => condition(`a = :a${' '.repeat(4_100)}`))).toContain('Expression size has exceeded');
    for (const text of [
      '('.repeat(4_000),
      `${'NOT '.repeat(1_000)}a = :a`,
      `a${'.a'.repeat(2_000)} = :a`,
      `a = ${'size('.repeat(800)}`,
    ]) {
      for (const read of [condition, projection, update, keys]) refusal(() => read(text));
    }
    const many = Array.from({ length: 350 }, () => 'a = :a').join(' AND ');
    expect(refusal(() => holds(condition(many), item))).toBe('no refusal');
  });
});
