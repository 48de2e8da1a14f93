import type * as z from 'zod';
import type { Area, Named, Operation } from '../operation.ts';
import { type JsonSchema, schemasByName, variantsOf } from './json-schema.ts';

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

/** `changes-requested` as a part of a name: ChangesRequested. */
function capitalized(value: string): string {
  return value.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What several names end with, in whole words: Decision, of NeedDecision and GrantDecision. */
function commonEnd([first = '', ...others]: readonly string[]): string {
  const words = first.split(/(?=[A-Z])/);
  while (!others.every((other) => other.endsWith(words.join('')))) words.shift();
  return words.join('');
}

/**
 * The same and each variant of a union among them: NeedCaseFile of CaseFile, ChangesRequestedDecision where several
 * unions have it. Without names of their own generated clients give two variants the same one.
 */
function withVariants(named: Record<string, z.ZodType>): Record<string, z.ZodType> {
  const found = new Map<z.ZodType, { readonly value: string; readonly unions: string[] }>();
  for (const [name, union] of Object.entries(named)) {
    for (const [value, variant] of variantsOf(union)) {
      const known = found.get(variant);
      if (known) known.unions.push(name);
      else found.set(variant, { value, unions: [name] });
    }
  }
  for (const schema of Object.values(named)) found.delete(schema);
  const variants = [...found].map(([variant, { value, unions }]) => ({
    [capitalized(value) + commonEnd(unions)]: variant,
  }));
  return collect([named, ...variants]);
}

/** Every schema that operations name, those of requests as they are sent and those of answers as they are answered. */
export function componentSchemas(areas: readonly Area[], shared: Named): Record<string, JsonSchema> {
  const operations = areas.flatMap((area) => Object.values(area.operations));
  const parts = areas.flatMap((area) => (area.parts ? [area.parts] : []));
  return {
    ...schemasByName(withVariants(collect(operations.flatMap(sent))), 'input'),
    ...schemasByName(withVariants(collect([...operations.flatMap(answered), ...parts, shared])), 'output'),
  };
}
