import * as z from 'zod';

/** A schema of the document. */
export type JsonSchema = Record<string, unknown>;

const settings = { target: 'draft-2020-12', unrepresentable: 'any' } as const;

/**
 * Texts are cleaned and then checked. What is checked is what the reader of the document must know, so it is shown for
 * what is sent too.
 */
function showChecksAfterCleaning({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: JsonSchema;
}): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'pipe' || jsonSchema.type !== 'string') return;
  const { $schema: _schema, ...checked } = z.toJSONSchema(def.out, { ...settings, io: 'input' });
  if (checked.type === 'string') Object.assign(jsonSchema, checked);
}

function withoutNames(schema: JsonSchema): JsonSchema {
  const { $schema: _schema, $id: _id, ...rest } = schema;
  return rest;
}

/** The schema of one thing that is sent, such as the query of a list. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return withoutNames(z.toJSONSchema(schema, { ...settings, io: 'input', override: showChecksAfterCleaning }));
}

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
    uri: (id) => `#/components/schemas/${id}`,
    override: showChecksAfterCleaning,
  });
  return Object.fromEntries(Object.entries(made).map(([id, schema]) => [id, withoutNames(schema)]));
}
