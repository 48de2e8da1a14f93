import { z } from 'zod';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const throughput = z.object({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() });
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
  ProvisionedThroughput: throughput.optional(),
});

const attributes = z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }));
const tags = z.array(z.object({ Key: z.string(), Value: z.string() }));

/** The parts of a definition that requests have too. */
export const definitionParts = { attributes, index, keySchema, tags, throughput };

/** What a table was made with, in the words of the API, as the file keeps it. */
const definition = z.object({
  /** AWS's id of the table. */
  uuid: z.string(),
  /** Milliseconds of the clock. */
  created: z.number(),
  keySchema,
  attributes,
  globalIndexes: z.array(index),
  localIndexes: z.array(index),
  billing: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']),
  throughput: throughput.optional(),
  /** The attribute that says when an item may go. */
  ttl: z.string().optional(),
  tags,
  isProtected: z.boolean(),
  tableClass: z.string().optional(),
  /** Whether it can be restored to a point in time. */
  recovers: z.boolean().optional(),
  /** The table that it was restored from, and to when, in milliseconds. */
  restored: z.object({ from: z.string(), at: z.number() }).optional(),
});

export type Definition = z.output<typeof definition>;
export type IndexDefinition = z.output<typeof index>;
export type KeyElement = Definition['keySchema'][number];

/** Reads a definition that the file keeps. Throws for what this engine never wrote. */
export const readDefinition = (text: string): Definition => definition.parse(JSON.parse(text));

/** Reads the key elements that the file keeps of a stream. */
export const readKeySchema = (text: string): readonly KeyElement[] => keySchema.parse(JSON.parse(text));
