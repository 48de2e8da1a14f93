import * as z from 'zod';

/**
 * What a field is to the people it is about, and what follows from it:
 *
 * | class    | in the table | shown to           | exports, lists    | logs, events, URLs | mail    | after retention |
 * | -------- | ------------ | ------------------ | ----------------- | ------------------ | ------- | --------------- |
 * | public   | clear        | everybody          | yes               | ids and codes      | yes     | stays           |
 * | party    | clear        | parties of a case  | yes               | no                 | body    | stays           |
 * | personal | sealed       | who works on it    | where asked for   | no                 | address | erased          |
 * | secret   | see below    | nobody             | no                | no                 | no      | expires         |
 *
 * A secret is kept so that the table alone is of no use: hashed, sealed with what only its owner has, or behind a
 * permission that one function has.
 */
export type PrivacyClass = 'public' | 'party' | 'personal' | 'secret';

/** Fields that are personal are shown by group: who may see which is said in `shared/case/sight.ts`, and of one without none is. */
export const personalGroups = [
  /** whom to ask */
  'contact',
  /** where goods go */
  'delivery',
  /** names of volunteers */
  'volunteers',
  /** their numbers */
  'numbers',
  /** what an applicant wrote */
  'application',
  /** names of those who decided */
  'people',
  /** what they wrote to whoever follows the case */
  'words',
] as const;
export type PersonalGroup = (typeof personalGroups)[number];

interface Marking {
  readonly privacy: PrivacyClass;
  readonly group?: PersonalGroup | undefined;
}

const registry = z.registry<Marking>();
const masks = z.registry<{ mask: (text: string) => string }>();

/** The schema as one of its own, with a class: schemas that several fields share keep theirs. */
function withClass<S extends z.core.$ZodType>(schema: S, marking: Marking): S {
  const copy = z.clone(schema);
  registry.add(copy, marking);
  return copy;
}

/** A text that is shown masked wherever it is not shown in full: the mask goes with the schema, not with the page. */
export function masked<S extends z.core.$ZodType>(mask: (text: string) => string, schema: S): S {
  const copy = z.clone(schema);
  masks.add(copy, { mask });
  return copy;
}

/**
 * The fields of one class in an object's schema: `z.object({ ...classed('party', { … }), ...classed('personal', { … }) })`.
 * @param group by which personal ones are shown; without it nobody is shown them, see `cut.ts`
 */
export function classed<S extends z.core.$ZodLooseShape>(privacy: PrivacyClass, shape: S, group?: PersonalGroup): S {
  const copy = { ...shape };
  for (const name in shape) copy[name] = withClass(shape[name], { privacy, group });
  return copy;
}

/** The class and group that this very schema was given; those around it may have them too. */
export function markingOf(schema: z.core.$ZodType): Marking | undefined {
  return registry.get(schema);
}

/** The class that this very schema was given; those around it may have one too. */
export function classOf(schema: z.core.$ZodType): PrivacyClass | undefined {
  return registry.get(schema)?.privacy;
}

/** How a text of this schema is masked. */
export function maskOf(schema: z.core.$ZodType): ((text: string) => string) | undefined {
  return masks.get(schema)?.mask;
}

/** The schemas that a schema is made of, one step down, each with the name of the field it is where it is one. */
export function partsOf(
  schema: z.core.$ZodType,
): readonly (readonly [name: string | undefined, part: z.core.$ZodType])[] {
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape);
  if (schema instanceof z.ZodArray) return [[undefined, schema.element]];
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => [undefined, option] as const);
  if (schema instanceof z.ZodRecord) return [[undefined, schema.valueType]];
  if (schema instanceof z.ZodPipe) return [[undefined, schema.out]];
  const isAround =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly;
  return isAround ? [[undefined, schema.unwrap()]] : [];
}
