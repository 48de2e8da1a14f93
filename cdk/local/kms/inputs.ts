import { z } from 'zod';
import { ServiceError } from '../types.ts';

const blob = z.base64().transform((text) => Buffer.from(text, 'base64'));
const context = z.record(z.string(), z.string()).default({});
const algorithm = z.literal('SYMMETRIC_DEFAULT').optional();
const unrehearsed = { DryRun: z.literal(false).optional() };
const named = { KeyId: z.string().min(1).max(2_048), ...unrehearsed };
/** KMS encrypts at most this many bytes itself. */
const plaintext = blob.refine(({ length }) => length >= 1 && length <= 4_096, 'A plaintext has 1 to 4096 bytes.');
const ciphertext = blob.refine(({ length }) => length >= 1 && length <= 6_144, 'A ciphertext has 1 to 6144 bytes.');
const page = { Limit: z.int().min(1).max(1_000).optional(), Marker: z.string().optional() };

/** What each operation takes; anything else is refused, since it would not be done. */
export const inputs = {
  GenerateMac: z.strictObject({ ...named, Message: blob, MacAlgorithm: z.string() }),
  VerifyMac: z.strictObject({ ...named, Message: blob, MacAlgorithm: z.string(), Mac: blob }),
  Encrypt: z.strictObject({
    ...named,
    Plaintext: plaintext,
    EncryptionContext: context,
    EncryptionAlgorithm: algorithm,
  }),
  Decrypt: z.strictObject({
    ...unrehearsed,
    KeyId: named.KeyId.optional(),
    CiphertextBlob: ciphertext,
    EncryptionContext: context,
    EncryptionAlgorithm: algorithm,
  }),
  ReEncrypt: z.strictObject({
    ...unrehearsed,
    CiphertextBlob: ciphertext,
    SourceKeyId: named.KeyId.optional(),
    SourceEncryptionContext: context,
    SourceEncryptionAlgorithm: algorithm,
    DestinationKeyId: named.KeyId,
    DestinationEncryptionContext: context,
    DestinationEncryptionAlgorithm: algorithm,
  }),
  GenerateDataKey: z
    .strictObject({
      ...named,
      KeySpec: z.enum(['AES_128', 'AES_256']).optional(),
      NumberOfBytes: z.int().min(1).max(1_024).optional(),
      EncryptionContext: context,
    })
    .refine(
      ({ KeySpec, NumberOfBytes }) => (KeySpec === undefined) !== (NumberOfBytes === undefined),
      'Please specify either number of bytes or key spec.',
    ),
  GenerateRandom: z.strictObject({ NumberOfBytes: z.int().min(1).max(1_024) }),
  named: z.strictObject(named),
  ListKeys: z.strictObject(page),
  ListAliases: z.strictObject({ ...page, KeyId: named.KeyId.optional() }),
};

/** Reads an operation's input. Throws ValidationException. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ServiceError('ValidationException', z.prettifyError(parsed.error));
}
