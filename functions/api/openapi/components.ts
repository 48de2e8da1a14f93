import type * as z from 'zod';
import type { Area, Named, Operation } from '../operation.ts';
import { type JsonSchema, schemasByName } from './json-schema.ts';

/** What the operations have in common, by its name: one name means one schema. */
function collect(found: readonly Named[]): Record<string, z.ZodType> {
  const all: Record<string, z.ZodType> = {};
  for (const [name, schema] of found.flatMap((named) => Object.entries(named))) {
    if (all[name] !== undefined && all[name] !== schema) throw new Error(`two schemas are called ${name}`);
    all[name] = schema;
  }
  return all;
}

function sent({ request }: Operation): Named[] {
  return Object.values(request?.content ?? {}).flatMap(({ schemas }) => (schemas ? [schemas] : []));
}

function answered({ answer: { schema } }: Operation): Named[] {
  return typeof schema === 'string' ? [] : [schema];
}

/** Every schema that operations name, those of requests as they are sent and those of answers as they are answered. */
export function componentSchemas(areas: readonly Area[], shared: Named): Record<string, JsonSchema> {
  const operations = areas.flatMap((area) => Object.values(area.operations));
  const parts = areas.flatMap((area) => (area.parts ? [area.parts] : []));
  return {
    ...schemasByName(collect(operations.flatMap(sent)), 'input'),
    ...schemasByName(collect([...operations.flatMap(answered), ...parts, shared]), 'output'),
  };
}
