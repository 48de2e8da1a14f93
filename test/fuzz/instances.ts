import * as fc from 'fast-check';
import * as z from 'zod';

type Schema = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, Schema>>;

const Part = z.record(z.string(), z.unknown());
const Parts = z.record(z.string(), Part);
const isSchema = (value: unknown): value is Schema => Part.safeParse(value).success;
const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** Lists are kept short: their bounds are what mutations are for. */
const LONGEST = 3;

function text(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === 'date') return fc.constantFrom('2020-02-03', '2030-01-01', '2099-12-31');
  if (schema.format === 'email') return fc.constantFrom('a@example.org', 'b.c@example.com');
  if (typeof schema.pattern === 'string') {
    try {
      return fc.stringMatching(new RegExp(schema.pattern, 'u'));
    } catch {
      // what this generator cannot read, it writes at random
    }
  }
  const minLength = number(schema.minLength, 0);
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(number(schema.maxLength, 20), 40)) });
}

function object(schema: Schema, all: Schemas, depth: number): fc.Arbitrary<unknown> {
  const properties = Parts.safeParse(schema.properties).data ?? {};
  const required = z.array(z.string()).safeParse(schema.required).data ?? [];
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, instanceOf(one, all, depth)]),
  );
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields), noNullPrototype: true });
}

/**
 * What a reader of the document would send: values that a JSON schema allows, or nearly. Only the keywords that the
 * document uses are known; what else a schema asks for is left to chance.
 * @param all the schemas that `$ref` names, by the last part of it
 */
export function instanceOf(schema: Schema, all: Schemas, depth = 8): fc.Arbitrary<unknown> {
  if (depth === 0) return fc.constant(null);
  const below = (one: Schema) => instanceOf(one, all, depth - 1);
  if (typeof schema.$ref === 'string') {
    const named = all[schema.$ref.split('/').at(-1) ?? ''];
    return named ? below(named) : fc.jsonValue();
  }
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray);
  if (choices) return fc.oneof(...choices.filter(isSchema).map(below));
  if (Array.isArray(schema.allOf))
    return fc
      .tuple(...schema.allOf.filter(isSchema).map(below))
      .map((parts) => Object.assign({}, ...parts.filter((part) => typeof part === 'object')));
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({
        min: Math.max(number(schema.minimum, -1000), -1e9),
        max: Math.min(number(schema.maximum, 1e6), 1e9),
      });
    case 'number':
      return fc.double({ min: number(schema.minimum, -1000), max: number(schema.maximum, 1e6), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const minLength = number(schema.minItems, 0);
      const items = isSchema(schema.items) ? below(schema.items) : fc.jsonValue();
      return fc.array(items, { minLength, maxLength: Math.max(minLength, LONGEST) });
    }
    case 'object':
      return object(schema, all, depth - 1);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}
