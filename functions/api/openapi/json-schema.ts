import * as z from 'zod';

/** A schema of the document. */
export type JsonSchema = Record<string, unknown>;

const settings = { target: 'draft-2020-12', unrepresentable: 'any' } as const;

type Overriding = { readonly zodSchema: z.core.$ZodTypes; readonly jsonSchema: JsonSchema };

/** What may be left empty is empty or fits its pattern. */
function orEmpty({ minLength: _shortest, format: _format, pattern, ...rest }: JsonSchema): JsonSchema {
  return { ...rest, ...(typeof pattern === 'string' && { pattern: `^$|${pattern}` }) };
}

/** What a text is checked for once it is cleaned. */
function checkedAs(schema: z.core.$ZodType): JsonSchema {
  return withoutNames(z.toJSONSchema(schema, { ...settings, io: 'input', override: showChecksAfterCleaning }));
}

/**
 * Texts are cleaned and then checked. What is checked is what the reader of the document must know, so it is shown for
 * what is sent too.
 */
function showChecksAfterCleaning({ zodSchema, jsonSchema }: Overriding): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'pipe' || jsonSchema.type !== 'string') return;
  const checked = checkedAs(def.out);
  if (checked.type === 'string')
    Object.assign(jsonSchema, def.out._zod.optin === 'optional' ? orEmpty(checked) : checked);
}

/** A query is text; a number in it is shown as the number that it must be. */
function showNumbers(overriding: Overriding): void {
  const { zodSchema, jsonSchema } = overriding;
  const { def } = zodSchema._zod;
  const number = def.type === 'pipe' && jsonSchema.type === 'string' ? checkedAs(def.out) : {};
  if (number.type === 'integer') {
    delete jsonSchema.pattern;
    Object.assign(jsonSchema, number);
  } else showChecksAfterCleaning(overriding);
}

function withoutNames(schema: JsonSchema): JsonSchema {
  const { $schema: _schema, $id: _id, ...rest } = schema;
  return rest;
}

/** The schema of what stands in a path or a query. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return withoutNames(z.toJSONSchema(schema, { ...settings, io: 'input', override: showNumbers }));
}

/** The variants of a union that has a discriminator, by its values. */
export function variantsOf(schema: unknown): (readonly [value: string, variant: z.ZodObject])[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  const { discriminator } = schema.def;
  return schema.options.flatMap((variant) => {
    if (!(variant instanceof z.ZodObject)) return [];
    const kind: unknown = variant.shape[discriminator];
    return kind instanceof z.ZodLiteral ? [...kind.values].map((value) => [String(value), variant] as const) : [];
  });
}

const referenceTo = (id: string) => `#/components/schemas/${id}`;

/** Schemas by name, which refer to one another as components of the document. */
export function schemasByName(
  schemas: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, {
    ...settings,
    io,
    uri: referenceTo,
    override(overriding) {
      showChecksAfterCleaning(overriding);
      const mapping = variantsOf(overriding.zodSchema).flatMap(([value, variant]) => {
        const id = registry.get(variant)?.id;
        return id ? [[value, referenceTo(id)]] : [];
      });
      const union: unknown = overriding.zodSchema;
      if (mapping.length > 0 && union instanceof z.ZodDiscriminatedUnion) {
        const discriminator = { propertyName: union.def.discriminator, mapping: Object.fromEntries(mapping) };
        Object.assign(overriding.jsonSchema, { discriminator });
      }
    },
  });
  return Object.fromEntries(Object.entries(made).map(([id, schema]) => [id, withoutNames(schema)]));
}
